"""Calendar entries stored and changed; a change names the version it saw."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent


def insert_event(session: Session, event: CalendarEvent) -> int:
    """Store the entry and return its id."""
    session.add(event)
    session.flush()
    return event.id or 0


def insert_brought_in(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Store entries of another program's file and return how many; one that came at the same moment by another way is there already."""
    if not rows:
        return 0
    statement = insert(CalendarEvent).on_conflict_do_nothing(
        index_elements=["agent_id", "external_uid"], index_where=text("external_uid IS NOT NULL")
    )
    return len(session.scalars(statement.returning(col(CalendarEvent.id)), list(rows)).all())


def update_event(session: Session, event_id: int, seen_version: int, fields: Mapping[str, object]) -> bool:
    """Change the entry unless somebody did since the version seen; whether it was changed."""
    wanted = (col(CalendarEvent.id) == event_id, col(CalendarEvent.version) == seen_version)
    statement = update(CalendarEvent).where(*wanted).values(**fields, version=CalendarEvent.version + 1)
    return session.execute(statement.returning(col(CalendarEvent.id))).one_or_none() is not None
