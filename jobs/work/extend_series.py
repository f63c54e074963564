"""extend_series — is what repeats written far enough ahead?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import series_entries


def extend_series(session: Session, slot: Slot, now: datetime) -> Counts:
    """Write the entries of the next weeks that are not there yet."""
    del now
    return series_entries.extend(session, slot.day)


JOB: Final = Job(
    name="extend_series",
    does="Writes the entries of what repeats in the calendar for the next 60 days; what was moved or called off stays so.",
    schedule=Daily(at=time(1, 10)),
    catch_up=1,
    work=extend_series,
    first_pause=timedelta(seconds=30),
)
"""One slot makes up for the nights without one by itself."""
