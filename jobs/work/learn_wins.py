"""learn_wins — how likely are open deals to be won, by what became of others?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import win_learning


def learn_wins(session: Session, slot: Slot, now: datetime) -> Counts:
    """Learn from the facts up to the day before the slot's."""
    return win_learning.learn(session, slot.day - timedelta(days=1), now)


JOB: Final = Job(
    name="learn_wins",
    does="Learns from each pipeline's deals as they stood on past days how likely open ones are to be won, and whether that may be said.",
    schedule=Daily(at=time(3, 50)),
    catch_up=1,
    work=learn_wins,
    longest=timedelta(hours=1),
    first_pause=timedelta(seconds=30),
)
"""A missed night needs nothing made up for: the next one learns from the same two years. A pipeline takes up to a minute."""
