"""watch_goals — who reached a goal, or is about to miss one, and has not been told yet?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import goal_news


def watch_goals(session: Session, slot: Slot, now: datetime) -> Counts:
    """Tell everybody what they reached and what is at risk since the slot before."""
    del slot
    return goal_news.tell_news(session, now)


JOB: Final = Job(
    name="watch_goals",
    does="Tells people that they reached a goal, once, and that one is at risk, once a week at most.",
    schedule=Every(step=timedelta(minutes=10)),
    catch_up=1,
    work=watch_goals,
)
"""A missed slot needs nothing made up for: the next one finds the same goals reached."""
