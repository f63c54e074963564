"""send_digests — which managers' week ended, and what should they know of their teams?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import week_digest_news


def send_digests(session: Session, slot: Slot, now: datetime) -> Counts:
    """Tell every manager whose Monday morning it is."""
    del slot
    return week_digest_news.tell_weeks(session, now)


JOB: Final = Job(
    name="send_digests",
    does="Tells managers once a week, on their Monday morning, how their teams stand; less often where nobody opens it.",
    schedule=Every(step=timedelta(minutes=30)),
    catch_up=1,
    work=send_digests,
)
"""Half an hour, as the reports: some zones are half an hour apart, and a missed slot needs nothing made up for."""
