"""Keeping nudges, and what their people made of them."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Nudge

BLAMED_FOR: Final = timedelta(days=1)
"""Whoever switches nudges off within a day of one did it because of that one."""


def keep(session: Session, fields: dict[str, Any]) -> bool:
    """Keep a nudge, or that somebody was held out; False where this hour had one already."""
    row = insert(Nudge).values(**fields).on_conflict_do_nothing(index_elements=["agent_id", "day", "hour"])
    return session.scalar(row.returning(col(Nudge.id))) is not None


def note_opt_out(session: Session, agent_id: int, now: datetime) -> None:
    """Note with the last nudge of a day that its agent switched them off."""
    mine = (col(Nudge.agent_id) == agent_id, col(Nudge.made_at) > now - BLAMED_FOR)
    last = select(col(Nudge.id)).where(*mine).order_by(col(Nudge.made_at).desc()).limit(1).scalar_subquery()
    session.execute(update(Nudge).where(col(Nudge.id) == last).values(opted_out_at=now))
