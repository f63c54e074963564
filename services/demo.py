"""The demo company in and out of the database, on the record."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data import demo
from data.demo import DEMO_PASSWORD, SignIn, Size
from data.demo.store import Progress
from data.models import AuditEntry, Person
from domain.local_time import local_time
from domain.periods import add_months
from services import alert_watch, audit, celebrations, deal_watch
from services.assessments import assess_everybody
from services.audit import Action

__all__ = ["DEMO_PASSWORD", "Progress", "SignIn", "Size", "is_first_start", "is_loaded", "load", "remove", "sign_ins"]

MONTHS: Final = 4
"""So many month ends of history: enough to see levels change, little enough for a first start to be quick."""
NEWS: Final = timedelta(days=4)
"""Over a holiday and a weekend nobody sells, and a wall without news shows nothing of what it is for."""
CELEBRATED_BEFORE: Final = timedelta(hours=1)
"""The sales of these days have had their moment: they are news on a wall, and nobody's first screen bursts into confetti."""
is_loaded = demo.is_loaded
sign_ins = demo.sign_ins


def is_first_start(session: Session) -> bool:
    """Whether nobody was ever here: no people, and nothing on record. A demo that was removed does not come back by itself."""
    return not session.scalar(select(exists(select(col(Person.id))) | exists(select(col(AuditEntry.id)))))


def load(session: Session, *, size: Size, now: datetime, progress: Progress | None = None) -> None:
    """Write the demo company as it stands now; ConflictError when it or its names are there already."""
    demo.load(session, today=local_time(now, demo.HOME_ZONE).on, size=size, now=now, progress=progress)
    if size is not Size.LARGE:
        _assess(session, now)
        _watch(session, now)
        deal_watch.watch(session, now)
        celebrations.celebrate_sales(session, local_time(now, demo.HOME_ZONE).on - NEWS, now - CELEBRATED_BEFORE)
    audit.record(session, person_id=None, action=Action.DEMO_LOADED, details={"size": size.value}, at=now)


def remove(session: Session, *, now: datetime) -> int:
    """Take the demo company out and return how many people went; real data stays."""
    people = demo.remove(session)
    audit.record(session, person_id=None, action=Action.DEMO_REMOVED, details={"people": people}, at=now)
    return people


def _assess(session: Session, now: datetime) -> None:
    """The assessments of the last months and of today, each by the facts up to its day, as the job would have made them."""
    session.expire_all()
    this = now.replace(day=1, hour=12)
    for back in range(MONTHS, 0, -1):
        first = add_months(this.date(), 1 - back)
        assess_everybody(session, this.replace(year=first.year, month=first.month) - timedelta(days=1))
    assess_everybody(session, now)


def _watch(session: Session, now: datetime) -> None:
    """Alerts as the job would have found them in the last two hours: nobody has to wait for the first one."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    alert_watch.watch(session, (hour - timedelta(hours=1), hour), now)
