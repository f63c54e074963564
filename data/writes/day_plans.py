"""Keeping the plan of a day, and what its agent says about its must-dos."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import DayPlan, MustDo


def keep_plan(session: Session, agent_id: int, day: date, *, made_at: datetime, is_day_off: bool, rows: Sequence[dict[str, Any]]) -> bool:
    """Keep the plan of a day that has none; one that is there stays as it was promised. Returns whether it is the first."""
    made = insert(DayPlan).values(agent_id=agent_id, day=day, made_at=made_at, is_day_off=is_day_off)
    if session.scalar(made.on_conflict_do_nothing().returning(col(DayPlan.agent_id))) is None:
        return False
    if rows:
        session.execute(insert(MustDo), [{"agent_id": agent_id, "day": day} | row for row in rows])
    return True


def say(session: Session, must_do_id: int, **said: Any) -> None:  # noqa: ANN401 - columns of the table
    """Keep what somebody said about a must-do."""
    session.execute(update(MustDo).where(col(MustDo.id) == must_do_id).values(**said))
