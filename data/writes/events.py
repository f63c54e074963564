"""Calendar entries stored and changed; a change names the version it saw."""

from collections.abc import Mapping

from sqlalchemy import update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent


def insert_event(session: Session, event: CalendarEvent) -> int:
    """Store the entry and return its id."""
    session.add(event)
    session.flush()
    return event.id or 0


def update_event(session: Session, event_id: int, seen_version: int, fields: Mapping[str, object]) -> bool:
    """Change the entry unless somebody did since the version seen; whether it was changed."""
    wanted = (col(CalendarEvent.id) == event_id, col(CalendarEvent.version) == seen_version)
    statement = update(CalendarEvent).where(*wanted).values(**fields, version=CalendarEvent.version + 1)
    return session.execute(statement.returning(col(CalendarEvent.id))).one_or_none() is not None
