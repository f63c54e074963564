"""What the administrators are told about jobs."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from services.notifications import Notice, Urgency, notify_admins

STATUS_PAGE: Final = "/status"


def tell_given_up(session: Session, job: str, slot: str, error: str, *, began_at: datetime, now: datetime) -> None:
    """A slot failed for the last time; told again when somebody had it tried again and it was given up once more."""
    notice = Notice(
        kind="job_given_up",
        title=f"The job {job} was given up",
        body=f"Its slot {slot} failed in every attempt, the last time with {error.rstrip('.')}. "
        "The other jobs go on. When the cause is mended, have it tried again.",
        link=STATUS_PAGE,
        urgency=Urgency.WARNING,
        dedupe_key=f"job_given_up:{job}:{slot}:{began_at:%Y%m%dT%H%M%S}",
    )
    notify_admins(session, notice, now)


def tell_drift(session: Session, slot: str, corrected: int, days: Sequence[str], now: datetime) -> None:
    """Stored daily numbers differed from a recount, and were corrected."""
    rows, verb = ("1 row", "is") if corrected == 1 else (f"{corrected} rows", "are")
    notice = Notice(
        kind="numbers_corrected",
        title="Daily numbers were corrected at night",
        body=f"{rows} on {', '.join(days)} differed from the facts and {verb} right again. If it happens again, something writes to the "
        "database past the product. `python manage.py check` looks at all days.",
        link=STATUS_PAGE,
        urgency=Urgency.WARNING,
        dedupe_key=f"numbers_corrected:{slot}",
    )
    notify_admins(session, notice, now)
