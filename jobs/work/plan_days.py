"""plan_days — whose morning is it, and what are the three things to do today?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import morning


def plan_days(session: Session, slot: Slot, now: datetime) -> Counts:
    """Plan the day of everybody whose clock shows six, and tell them."""
    del slot
    return morning.tell_mornings(session, now)


JOB: Final = Job(
    name="plan_days",
    does="Makes everybody's plan of the day at six on their own clock and tells them the three things to do, once; not on days off.",
    schedule=Every(step=timedelta(minutes=15)),
    catch_up=1,
    work=plan_days,
)
"""A quarter of an hour, because some zones are 45 minutes apart. A missed slot needs nothing made up for: until ten the next one tells."""
