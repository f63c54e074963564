"""prune — what has been kept long enough?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import retention


def prune(session: Session, slot: Slot, now: datetime) -> Counts:
    """Delete what nobody reads any more."""
    del slot
    return retention.prune(session, now)


JOB: Final = Job(
    name="prune",
    does="Deletes what nobody reads any more: old runs, deliveries, read notifications, ended sessions, spent keys, expired recordings.",
    schedule=Daily(at=time(3, 10)),
    catch_up=1,
    work=prune,
    first_pause=timedelta(seconds=30),
)
