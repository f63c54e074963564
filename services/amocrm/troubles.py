"""When amoCRM does not answer as it should: how long it is left alone, and when the administrators are told."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import CrmConnection
from data.queries import crm as queries
from integrations.amocrm.errors import AmoError
from services.notifications import Notice, Urgency, notify_admins

FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=10)
"""Doubled with every failure in a row, up to the time between two readings."""
LONGEST_ASKED: Final = timedelta(hours=1)
"""A longer pause than this is a slip of the other side's clock."""
TELL_AFTER: Final = timedelta(hours=1)
"""An outage heals by itself; one that lasts so long is told."""


def note_trouble(session: Session, worker: str, error: AmoError, now: datetime, *, got_on: bool) -> None:
    """Give the turn back, leave amoCRM alone for a while, and tell the administrators once where somebody has to do something.

    A turn that `got_on` before it failed begins to count failures anew.
    """
    found = queries.connection(session, lock=True)
    if found is None or found.owner != worker:
        return
    found.owner = found.lease_until = None
    found.failures = 1 if got_on else found.failures + 1
    found.not_before = now + pause_after(error, found.failures)
    found.trouble, found.trouble_since = str(error), found.trouble_since or now
    if error.needs_somebody or now - found.trouble_since >= TELL_AFTER:
        _tell(session, found, error, now)


def pause_after(error: AmoError, failures: int) -> timedelta:
    """As long as amoCRM asks for; else longer with every failure. What waits for a person is looked at seldom."""
    if error.pause is not None:
        return min(error.pause, LONGEST_ASKED)
    return LONGEST_PAUSE if error.needs_somebody else min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 20))


def _tell(session: Session, connection: CrmConnection, error: AmoError, now: datetime) -> None:
    since = connection.trouble_since or now
    notice = Notice(
        kind="crm_trouble",
        title="amoCRM is not read any more",
        body=f"{error} What changed there is taken over as soon as it works again.",
        link="/settings",
        urgency=Urgency.WARNING,
        dedupe_key=f"crm_trouble:{error.code}:{since:%Y%m%dT%H%M%S}",
    )
    notify_admins(session, notice, now)
