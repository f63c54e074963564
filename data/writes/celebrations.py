"""Keeping celebrations, once for each event, and that they were seen, once for each of them."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Celebration
from data.queries.celebrations import Stored, as_stored
from domain.coaching.celebration import Celebrated


def add(session: Session, agent_id: int, event: str, found: Celebrated, now: datetime) -> bool:
    """Keep the celebration of an event; False where it was kept before."""
    row = {"agent_id": agent_id, "event": event, "rung": found.rung, "reason": found.reason, "created_at": now}
    kept = insert(Celebration).values(**row).on_conflict_do_nothing().returning(col(Celebration.id))
    return session.scalar(kept) is not None


def take_unseen(session: Session, agent_id: int, since: datetime, now: datetime) -> list[Stored]:
    """Mark what the agent has not seen as seen and return what of it is still fresh, newest last; nobody gets it a second time."""
    unseen = (col(Celebration.agent_id) == agent_id, col(Celebration.seen_at).is_(None))
    taken = session.scalars(update(Celebration).where(*unseen).values(seen_at=now).returning(Celebration)).all()
    return [as_stored(row) for row in sorted(taken, key=lambda row: row.id or 0) if row.created_at >= since]
