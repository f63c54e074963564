"""Adding to the points ledger, and setting what kinds of work are worth from a day on."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from data.models import PointEntry, PointValueChange
from domain.coaching.points import ValueChange


def add_entries(session: Session, agent_id: int, by_day: Mapping[date, Mapping[str, int]], now: datetime) -> int:
    """Add a line for each reason of each day; returns how many."""
    rows = [
        {"agent_id": agent_id, "day": day, "reason": reason, "points": points, "created_at": now}
        for day, by_reason in sorted(by_day.items())
        for reason, points in by_reason.items()
    ]
    if rows:
        session.execute(insert(PointEntry), rows)
    return len(rows)


def put_value(session: Session, change: ValueChange, person_id: int, now: datetime) -> None:
    """Keep what a kind is worth from the day on, in the place of what was set for the same day."""
    fields = {"points": change.points, "most": change.most, "set_by": person_id, "set_at": now}
    row = upsert(PointValueChange).values(key=change.key, from_on=change.from_on, **fields)
    session.execute(row.on_conflict_do_update(index_elements=["key", "from_on"], set_=fields))
