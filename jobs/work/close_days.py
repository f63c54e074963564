"""close_days — what came of the day that just ended, for everybody where it has?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import streaks


def close_days(session: Session, slot: Slot, now: datetime) -> Counts:
    """Close the days that are over on their agents' clocks."""
    del slot
    return streaks.close_days(session, now)


JOB: Final = Job(
    name="close_days",
    does="Closes each agent's day once it is over on their own clock: streak and points; the two weeks before it again.",
    schedule=Every(step=timedelta(hours=1)),
    catch_up=1,
    work=close_days,
)
"""Hourly, because days end around the clock; an agent whose day is closed already is left alone.
A missed slot needs nothing made up for."""
