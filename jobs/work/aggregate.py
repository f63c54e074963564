"""aggregate — are the daily numbers still what the facts say?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import job_alerts, roll_up


def aggregate(session: Session, slot: Slot, now: datetime) -> Counts:
    """Count the last days and a few older ones again, correct what differs and report it."""
    found = roll_up.recount(session, slot.day, seed=slot.name)
    if found.corrected_rows:
        job_alerts.tell_drift(session, slot.name, found.corrected_rows, found.drifted_on, now)
    return {"days": len(found.days), "corrected_rows": found.corrected_rows, "drifted_on": list(found.drifted_on)}


JOB: Final = Job(
    name="aggregate",
    does="Counts the daily numbers of the last days, and of a few older ones, again from the facts; corrects and reports what differs.",
    schedule=Daily(at=time(2, 30)),
    work=aggregate,
    first_pause=timedelta(seconds=30),
)
