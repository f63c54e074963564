"""snapshot_deals — how did every open deal stand at the end of the day?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import deal_snapshots

STILL_TRUE: Final = timedelta(hours=20)
"""A machine that is switched off at night still keeps the evening's state in the morning; a day later it would be another day's."""


def snapshot_deals(session: Session, slot: Slot, now: datetime) -> Counts:
    """Keep the state at the end of the day before the slot's."""
    del now
    return {"deals": deal_snapshots.snapshot_deals(session, slot.day - timedelta(days=1))}


JOB: Final = Job(
    name="snapshot_deals",
    does="Keeps how every open deal, and every one closed that day, stood at the end of the company's day.",
    schedule=Daily(at=time(0, 5)),
    catch_up=1,
    useful_for=STILL_TRUE,
    work=snapshot_deals,
    first_pause=timedelta(seconds=30),
)
