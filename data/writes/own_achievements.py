"""Defining achievements, rewording and retiring them."""

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import OwnAchievementDefinition


def add(session: Session, row: OwnAchievementDefinition) -> int:
    """Keep a new one and return its id."""
    session.add(row)
    session.flush()
    return row.id or 0


def change(session: Session, achievement_id: int, **fields: object) -> bool:
    """Change one that is not retired; False where there is none."""
    row = OwnAchievementDefinition
    wanted = (col(row.id) == achievement_id, col(row.is_active))
    done: CursorResult[tuple[()]] = session.execute(update(row).where(*wanted).values(**fields))  # type: ignore[assignment]
    return done.rowcount == 1
