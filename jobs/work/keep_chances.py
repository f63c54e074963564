"""keep_chances — how likely was every running goal when the day ended?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import goal_chances


def keep_chances(session: Session, slot: Slot, now: datetime) -> Counts:
    """Keep what the facts up to the day before the slot's said."""
    del now
    return goal_chances.keep_chances(session, slot.day)


JOB: Final = Job(
    name="keep_chances",
    does="Keeps how likely every running goal was at the end of the day, and how those that ended came out.",
    schedule=Daily(at=time(1, 10)),
    catch_up=1,
    work=keep_chances,
    first_pause=timedelta(seconds=30),
)
"""A day without a run leaves a gap in a line: what is known today is not what was known then."""
