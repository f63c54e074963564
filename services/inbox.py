"""The inbox: a person's own notifications, and nobody else's."""

from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import Urgency
from data.queries import inbox as queries
from data.writes import messages as writes
from domain.errors import NotFoundError
from services.access import Viewer

__all__ = ["MOST_COUNTED", "PAGE", "InboxEntry", "Urgency", "entries", "mark_all_read", "mark_read", "unread_count"]
InboxEntry: TypeAlias = queries.InboxEntry
PAGE: Final = 20
"""Notifications a screen shows at a time."""
MOST_COUNTED: Final = 100
"""Above that the exact number tells nobody anything."""


def entries(session: Session, viewer: Viewer, *, before_id: int | None = None) -> list[InboxEntry]:
    """A page of the inbox, newest first; `before_id` is the last notification of the page before."""
    return queries.entries(session, viewer.person_id, before_id=before_id, limit=PAGE)


def unread_count(session: Session, viewer: Viewer) -> int:
    """How many are unread, at most `MOST_COUNTED`."""
    return queries.unread_count(session, viewer.person_id, most=MOST_COUNTED)


def mark_read(session: Session, viewer: Viewer, notification_id: int, now: datetime) -> InboxEntry:
    """Note that one was read, and return it; NotFoundError for one that is not the viewer's."""
    found = queries.entry(session, viewer.person_id, notification_id)
    if found is None:
        raise NotFoundError("There is no such message.")
    writes.mark_read(session, viewer.person_id, now, notification_id=notification_id)
    return found


def mark_all_read(session: Session, viewer: Viewer, now: datetime) -> int:
    """Note that all were read; returns how many were not."""
    return writes.mark_read(session, viewer.person_id, now)
