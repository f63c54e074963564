"""Goals stored, changed and taken away; a change names the version it saw."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import delete, literal, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Goal
from domain.periods import Period
from domain.records import GoalPeriod, GoalState

CLASH: Final[dict[str, Any]] = {
    "index_elements": ("agent_id", "period", "metric_key", "starts_on", "name"),
    "index_where": col(Goal.state) != literal(GoalState.CANCELLED.value, literal_execute=True),
}
"""One goal of a kind for the same days under the same name; what was taken back is in nobody's way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRow:
    """A goal as it is written."""

    agent_id: int
    period: GoalPeriod
    metric_key: str
    target: Decimal
    days: Period
    created_by: int | None


def insert_goal(session: Session, row: GoalRow, now: datetime) -> int | None:
    """Store the goal and return its id; None when there is one for these days already."""
    statement = insert(Goal).values(**_values(row, now)).on_conflict_do_nothing(**CLASH)
    return session.scalar(statement.returning(col(Goal.id)))


def put_goal(session: Session, row: GoalRow, now: datetime) -> int | None:
    """Store the goal or give the one there is this target; its id, or None when it asked for just that already."""
    fresh = insert(Goal).values(**_values(row, now))
    changed = {"target": row.target, "updated_at": now, "version": Goal.version + 1}
    statement = fresh.on_conflict_do_update(**CLASH, set_=changed, where=col(Goal.target) != row.target)
    return session.scalar(statement.returning(col(Goal.id)))


def update_target(session: Session, goal_id: int, seen_version: int, target: Decimal, now: datetime) -> bool:
    """Ask for another figure unless somebody changed the goal since the version seen; whether it was changed."""
    wanted = (col(Goal.id) == goal_id, col(Goal.version) == seen_version)
    statement = update(Goal).where(*wanted).values(target=target, updated_at=now, version=Goal.version + 1)
    return session.execute(statement.returning(col(Goal.id))).one_or_none() is not None


def delete_goal(session: Session, goal_id: int) -> bool:
    """Take the goal away; whether it was there."""
    return session.execute(delete(Goal).where(col(Goal.id) == goal_id).returning(col(Goal.id))).one_or_none() is not None


def _values(row: GoalRow, now: datetime) -> dict[str, object]:
    return {
        "agent_id": row.agent_id,
        "period": row.period,
        "metric_key": row.metric_key,
        "target": row.target,
        "starts_on": row.days.start,
        "ends_on": row.days.end,
        "created_by": row.created_by,
        "created_at": now,
        "updated_at": now,
    }
