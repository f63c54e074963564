"""Pages of the audit log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AuditEntry, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who did what, when; the name is the person's of today."""

    entry_id: int
    at: datetime
    person_name: str | None
    """None for somebody unknown, and for the product itself."""
    action: str
    subject: str
    details: Mapping[str, object]


def entries(session: Session, *, action: str | None, before_id: int | None, limit: int) -> list[Entry]:
    """The newest entries, of one action or of all, that are older than the named one."""
    query = select(AuditEntry, col(Person.name)).join(Person, col(Person.id) == col(AuditEntry.person_id), isouter=True)
    if action is not None:
        query = query.where(col(AuditEntry.action) == action)
    if before_id is not None:
        query = query.where(col(AuditEntry.id) < before_id)
    rows = session.execute(query.order_by(col(AuditEntry.id).desc()).limit(limit))
    return [
        Entry(entry_id=entry.id or 0, at=entry.at, person_name=name, action=entry.action, subject=entry.subject, details=entry.details)
        for entry, name in rows
    ]
