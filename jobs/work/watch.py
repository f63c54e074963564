"""watch — what needs doing now in which team, and has its team been told?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import alert_watch


def watch(session: Session, slot: Slot, now: datetime) -> Counts:
    """Evaluate every team's alerts and tell what changed."""
    return alert_watch.watch(session, (slot.due_at,), now)


JOB: Final = Job(
    name="watch",
    does="Looks for what needs doing now in every team, and tells its managers and channels what is new and what is over.",
    schedule=Every(step=timedelta(hours=1)),
    catch_up=1,
    useful_for=timedelta(minutes=50),
    work=watch,
)
"""A missed hour is not made up for: the next one looks at the same facts."""
