"""rank — where does everybody stand in their team for the month so far?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import rankings


def rank(session: Session, slot: Slot, now: datetime) -> Counts:
    """Keep the places as the day before the slot's left them."""
    return rankings.refresh_rankings(session, slot.day - timedelta(days=1), now)


JOB: Final = Job(
    name="rank",
    does="Keeps everybody's place in their team for the month up to the day that just ended, and for missing days of the week before.",
    schedule=Daily(at=time(0, 40)),
    catch_up=1,
    work=rank,
    first_pause=timedelta(seconds=30),
)
"""One slot makes up for the days without one by itself."""
