"""end_days — whose working day is over, and how did it go?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import day_end


def end_days(session: Session, slot: Slot, now: datetime) -> Counts:
    """Tell everybody whose day is over."""
    del slot
    return day_end.tell_evenings(session, now)


JOB: Final = Job(
    name="end_days",
    does="Tells agents, once, at the end of their working day how it went, its best moment, and what comes first tomorrow.",
    schedule=Every(step=timedelta(minutes=30)),
    catch_up=1,
    work=end_days,
)
"""A missed slot needs nothing made up for: until half past eight the next one tells."""
