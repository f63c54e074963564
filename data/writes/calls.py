"""Calls begun and ended, and the grounds on which they may be recorded."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import OpenCall, RecordingConsent


def begin(session: Session, fields: Mapping[str, object]) -> int | None:
    """Store the call and return its id; None when its agent is on one already. Waits for somebody who is starting one this moment."""
    statement = insert(OpenCall).values(**fields).on_conflict_do_nothing(index_elements=["agent_id"])
    return session.scalar(statement.returning(col(OpenCall.id)))


def end(session: Session, call_id: int) -> None:
    """Forget the call; what it became is told elsewhere."""
    session.execute(delete(OpenCall).where(col(OpenCall.id) == call_id))


def end_for_event(session: Session, event_id: int) -> None:
    """Forget the call a planned entry has begun, if there is one."""
    session.execute(delete(OpenCall).where(col(OpenCall.event_id) == event_id))


def set_basis(session: Session, jurisdiction: str, fields: Mapping[str, object]) -> None:
    """Store the basis, in the place of the one there was."""
    statement = insert(RecordingConsent).values(jurisdiction=jurisdiction, **fields)
    session.execute(statement.on_conflict_do_update(index_elements=["jurisdiction"], set_=dict(fields)))


def remove_basis(session: Session, jurisdiction: str) -> bool:
    """Forget the basis; whether there was one."""
    gone = delete(RecordingConsent).where(col(RecordingConsent.jurisdiction) == jurisdiction).returning(col(RecordingConsent.jurisdiction))
    return session.scalar(gone) is not None
