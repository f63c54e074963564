"""Goals stored, changed and taken back; a change names the version it saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import func, literal, type_coerce, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Goal, GoalPause
from data.models.plans import PLAN
from domain.goals.entry import GoalEntry
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
    name: str
    target: Decimal
    days: Period
    created_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalChange:
    """What is asked instead."""

    target: Decimal
    name: str
    ends_on: date


def insert_goal(session: Session, row: GoalRow, now: datetime) -> int | None:
    """Store the goal and return its id; None when there is one like it for these days already."""
    statement = insert(Goal).values(**_values(row, now)).on_conflict_do_nothing(**CLASH)
    return session.scalar(statement.returning(col(Goal.id)))


def put_goal(session: Session, row: GoalRow, now: datetime) -> int | None:
    """Store the goal or give the one there is this target and end; its id, or None when it asked for just that already."""
    fresh = insert(Goal).values(**_values(row, now))
    changed = {"target": row.target, "ends_on": row.days.end, "updated_at": now, "version": Goal.version + 1}
    differs = (col(Goal.target) != row.target) | (col(Goal.ends_on) != row.days.end)
    statement = fresh.on_conflict_do_update(**CLASH, set_=changed, where=differs)
    return session.scalar(statement.returning(col(Goal.id)))


def change_goal(session: Session, goal_id: int, seen_version: int, change: GoalChange, now: datetime) -> bool:
    """Ask for something else unless somebody changed the goal since the version seen; whether it was changed."""
    wanted = (col(Goal.id) == goal_id, col(Goal.version) == seen_version)
    asked = {"target": change.target, "name": change.name, "ends_on": change.ends_on}
    return _changed(session, wanted, {**asked, "version": Goal.version + 1}, now)


def pause_goal(session: Session, goal_id: int, day: date, now: datetime) -> bool:
    """Days from this one on are not planned for it; whether it was pursued until now."""
    wanted = (col(Goal.id) == goal_id, col(Goal.state) == GoalState.ACTIVE)
    return _changed(session, wanted, {"state": GoalState.PAUSED, "paused_on": day}, now)


def resume_goal(session: Session, goal: GoalEntry, day: date, now: datetime) -> bool:
    """Days from this one on are planned again, those of the pause stay left out; whether it was paused until now.

    The goal is locked. A pause that is over on the day it began left nothing out, and nothing is kept of it.
    """
    wanted = (col(Goal.id) == goal.id, col(Goal.state) == GoalState.PAUSED)
    is_resumed = _changed(session, wanted, {"state": GoalState.ACTIVE, "paused_on": None}, now)
    if is_resumed and goal.paused_on is not None and goal.paused_on < day:
        session.add(GoalPause(goal_id=goal.id, from_on=goal.paused_on, until_on=day))
        session.flush()
    return is_resumed


def keep_plan(session: Session, goal_id: int, plan: Mapping[str, Any]) -> None:
    """Keep what was reckoned for the goal, in the place of what was kept before."""
    kept = func.coalesce(col(Goal.analysis), type_coerce({}, JSONB)).op("||")(type_coerce({PLAN: dict(plan)}, JSONB))
    session.execute(update(Goal).where(col(Goal.id) == goal_id).values(analysis=kept))


def keep_in_plan(session: Session, goal_id: int, said: Mapping[str, Any]) -> None:
    """Add to what was reckoned for the goal; nothing for a goal without a plan."""
    plan = col(Goal.analysis)[PLAN].op("||")(type_coerce(dict(said), JSONB))
    longer = col(Goal.analysis).op("||")(func.jsonb_build_object(PLAN, plan))
    wanted = (col(Goal.id) == goal_id, col(Goal.analysis)[PLAN].is_not(None))
    session.execute(update(Goal).where(*wanted).values(analysis=longer))


def cancel_goal(session: Session, goal_id: int, now: datetime) -> bool:
    """Take the goal back, out of the way of others; whether it was pursued or paused until now."""
    wanted = (col(Goal.id) == goal_id, col(Goal.state) != GoalState.CANCELLED)
    return _changed(session, wanted, {"state": GoalState.CANCELLED, "paused_on": None}, now)


def _changed(session: Session, wanted: tuple[Any, ...], fields: dict[str, Any], now: datetime) -> bool:
    statement = update(Goal).where(*wanted).values(**fields, updated_at=now)
    return session.execute(statement.returning(col(Goal.id))).one_or_none() is not None


def _values(row: GoalRow, now: datetime) -> dict[str, object]:
    return {
        "agent_id": row.agent_id,
        "period": row.period,
        "metric_key": row.metric_key,
        "name": row.name,
        "target": row.target,
        "starts_on": row.days.start,
        "ends_on": row.days.end,
        "created_by": row.created_by,
        "created_at": now,
        "updated_at": now,
    }
