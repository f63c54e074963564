"""One person's notifications."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Notification, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxEntry:
    """A notification as its person sees it."""

    notification_id: int
    kind: str
    urgency: Urgency
    title: str
    body: str
    link: str
    created_at: datetime
    is_unread: bool


def entries(session: Session, person_id: int, *, before_id: int | None, limit: int) -> list[InboxEntry]:
    """The person's newest notifications that are older than the named one."""
    query = select(Notification).where(col(Notification.person_id) == person_id)
    if before_id is not None:
        query = query.where(col(Notification.id) < before_id)
    return [_entry(row) for row in session.scalars(query.order_by(col(Notification.id).desc()).limit(limit))]


def entry(session: Session, person_id: int, notification_id: int) -> InboxEntry | None:
    """One of the person's notifications."""
    mine = (col(Notification.person_id) == person_id) & (col(Notification.id) == notification_id)
    found = session.scalar(select(Notification).where(mine))
    return _entry(found) if found is not None else None


def told_keys(session: Session, person_id: int, kind: str, *, since: datetime | None = None) -> list[str]:
    """The causes of this kind the person was told, ever or since a moment, each as `Notice.dedupe_key` names it."""
    wanted = [col(Notification.person_id) == person_id, col(Notification.kind) == kind]
    if since is not None:
        wanted.append(col(Notification.created_at) > since)
    return [key.removesuffix(f":person:{person_id}") for key in session.scalars(select(col(Notification.dedupe_key)).where(*wanted))]


def unread_count(session: Session, person_id: int, *, most: int) -> int:
    """How many the person has not read, counted no further than `most`: an index of unread ones alone answers it."""
    unread = select(col(Notification.id)).where(col(Notification.person_id) == person_id, col(Notification.read_at).is_(None)).limit(most)
    return session.scalar(select(func.count()).select_from(unread.subquery())) or 0


def _entry(row: Notification) -> InboxEntry:
    return InboxEntry(
        notification_id=row.id or 0,
        kind=row.kind,
        urgency=row.urgency,
        title=row.title,
        body=row.body,
        link=row.link,
        created_at=row.created_at,
        is_unread=row.read_at is None,
    )
