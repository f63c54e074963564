"""Keeping what somebody said about their energy, and forgetting all of it."""

from datetime import datetime

from sqlalchemy import CursorResult, delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import EnergyCheckIn
from domain.coaching.energy import CheckIn


def put_check_in(session: Session, person_id: int, told: CheckIn, now: datetime) -> None:
    """Keep it, in the place of what was said earlier in the same part of the day."""
    fields = {"energy": told.energy, "told_at": now}
    row = insert(EnergyCheckIn).values(person_id=person_id, local_on=told.on, daypart=told.daypart, **fields)
    session.execute(row.on_conflict_do_update(index_elements=["person_id", "local_on", "daypart"], set_=fields))


def forget(session: Session, person_id: int) -> int:
    """Delete everything the person said; returns how much it was."""
    gone: CursorResult[tuple[()]] = session.execute(delete(EnergyCheckIn).where(col(EnergyCheckIn.person_id) == person_id))  # type: ignore[assignment]
    return gone.rowcount
