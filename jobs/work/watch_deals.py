"""watch_deals — which open deals may need help, and which of them do no longer?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import deal_watch


def watch_deals(session: Session, slot: Slot, now: datetime) -> Counts:
    """Look at every open deal by the facts of now."""
    del slot
    return deal_watch.watch(session, now)


JOB: Final = Job(
    name="watch_deals",
    does="Looks at every open deal: silence, days in its stage, tasks past their time, closing days put off.",
    schedule=Every(step=timedelta(hours=1)),
    catch_up=1,
    useful_for=timedelta(minutes=50),
    work=watch_deals,
)
"""A missed hour is not made up for: the next one looks at the same facts."""
