"""find_patterns — what goes together with what in the work of each team?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import patterns


def find_patterns(session: Session, slot: Slot, now: datetime) -> Counts:
    """Look at the facts up to the day before the slot's."""
    return patterns.find_patterns(session, slot.day, now)


JOB: Final = Job(
    name="find_patterns",
    does="Looks for patterns in the work of every team, and of agents who want it, keeps and announces them, marks those gone.",
    schedule=Daily(at=time(3, 40)),
    catch_up=1,
    work=find_patterns,
    first_pause=timedelta(seconds=30),
)
"""A missed night needs nothing made up for: the next one looks at the same half year."""
