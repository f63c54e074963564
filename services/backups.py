"""Backups as the audit log knows them: when the last one was made, and that one was put back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data.queries.audit import entries
from services import audit
from services.audit import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class LastBackup:
    """The newest backup `manage.py backup` made."""

    at: datetime
    bytes: int
    rows: int


def note_backup(session: Session, *, size: int, rows: int, at: datetime) -> None:
    """Write down that a backup was made; where it is stays with who made it."""
    audit.record(session, person_id=None, action=Action.BACKUP_MADE, details={"bytes": size, "rows": rows}, at=at)


def note_restore(session: Session, *, made_at: datetime, rows: int, at: datetime) -> None:
    """Write down that everything in the database comes from a backup."""
    audit.record(session, person_id=None, action=Action.BACKUP_RESTORED, details={"made_at": made_at.isoformat(), "rows": rows}, at=at)


def last_backup(session: Session) -> LastBackup | None:
    """The newest backup made from this database, or None."""
    found = entries(session, action=Action.BACKUP_MADE, before_id=None, limit=1)
    if not found:
        return None
    return LastBackup(at=found[0].at, bytes=_count(found[0].details.get("bytes")), rows=_count(found[0].details.get("rows")))


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0
