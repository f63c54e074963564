"""assess_levels — which level is everybody on today?"""

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Daily, Slot
from services import assessments


def assess_levels(session: Session, slot: Slot, now: datetime) -> Counts:
    """Keep everybody's assessment of the day with what it was made from, and tell who rose."""
    del slot
    return assessments.assess_everybody(session, now)


JOB: Final = Job(
    name="assess_levels",
    does="Assesses everybody's level and skills, keeps it with what it was made from, and tells who rose or is at risk.",
    schedule=Daily(at=time(6, 20)),
    catch_up=1,
    work=assess_levels,
    first_pause=timedelta(seconds=30),
)
"""A missed day needs nothing made up for: the next assessment finds the same facts."""
