"""send_reports — whose week or month ended, and who has not been told that its report is ready?"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from jobs.definition import Counts, Job
from jobs.slots import Every, Slot
from services import report_news


def send_reports(session: Session, slot: Slot, now: datetime) -> Counts:
    """Tell everybody whose Monday morning, or whose month's first working day, it is."""
    del slot
    return report_news.tell_reports(session, now)


JOB: Final = Job(
    name="send_reports",
    does="Tells people once, on Monday morning and on their month's first working day, that the report of the days that ended is ready.",
    schedule=Every(step=timedelta(minutes=30)),
    catch_up=1,
    work=send_reports,
)
"""Half an hour, because some zones are half an hour apart. A missed slot needs nothing made up for: the next one tells the same."""
