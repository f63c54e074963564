"""nudge — who is behind their own usual at this hour, and acts on hearing it?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import nudges


def nudge(session: Session, slot: Slot, now: datetime) -> Counts:
    """Nudge those it is worth it for at this hour."""
    del slot
    return nudges.nudge_everybody(session, now)


JOB: Final = Job(
    name="nudge",
    does="Nudges agents who are behind their own usual for the hour and weekday, at most three times a day; one day in ten is held out.",
    schedule=Every(step=timedelta(minutes=15)),
    catch_up=1,
    useful_for=timedelta(minutes=15),
    work=nudge,
)
"""The first quarter of an hour on somebody's clock is the one that counts; the others find the hour taken."""
