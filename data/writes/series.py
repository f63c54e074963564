"""Series of calendar entries: stored, their entries written ahead and handed on."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent, EventSeries


def insert_series(session: Session, series: EventSeries) -> EventSeries:
    """Store the series; it has its id then."""
    session.add(series)
    session.flush()
    return series


def insert_occurrences(session: Session, rows: Sequence[Mapping[str, Any]]) -> int:
    """Store entries of series and return how many were not there yet: one that was moved or called off stands for its day too."""
    if not rows:
        return 0
    statement = insert(CalendarEvent).on_conflict_do_nothing(
        index_elements=["series_id", "occurs_on"], index_where=text("series_id IS NOT NULL")
    )
    return len(session.scalars(statement.returning(col(CalendarEvent.id)), list(rows)).all())


def hand_on(session: Session, old_id: int, new_id: int, day: date, shift: timedelta) -> None:
    """Give the entries of that day and later from one series to another, each so much later."""
    wanted = (col(CalendarEvent.series_id) == old_id, col(CalendarEvent.occurs_on) >= day)
    moved = {"series_id": new_id, "occurs_on": CalendarEvent.occurs_on + shift.days}  # type: ignore[operator]
    session.execute(update(CalendarEvent).where(*wanted).values(**moved), execution_options={"synchronize_session": False})


def forget_if_empty(session: Session, series: EventSeries) -> None:
    """Take a series away that has no entries."""
    session.flush()
    if not session.scalar(select(exists().where(col(CalendarEvent.series_id) == series.id))):
        session.delete(series)
        session.flush()


def delete_entries(session: Session, ids: Sequence[int]) -> None:
    """Take away entries that nobody touched."""
    session.execute(delete(CalendarEvent).where(col(CalendarEvent.id).in_(ids)))
