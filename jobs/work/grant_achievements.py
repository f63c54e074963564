"""grant_achievements — who earned something that is not granted yet?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import achievements


def grant_achievements(session: Session, slot: Slot, now: datetime) -> Counts:
    """Grant what the facts stored by now earn."""
    del slot
    return achievements.grant_everything(session, now)


JOB: Final = Job(
    name="grant_achievements",
    does="Grants achievements whose facts are stored, says it in the inbox, and puts those whose facts were corrected under review.",
    schedule=Every(step=timedelta(minutes=30)),
    catch_up=1,
    work=grant_achievements,
)
"""A missed slot needs nothing made up for: the next one finds the same facts."""
