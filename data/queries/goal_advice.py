"""What was decided about proposed targets."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import GoalAdvice
from domain.records import AdviceKind, Decision, GoalPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedAdvice:
    """One decision; targets in the metric's unit, money in major units."""

    kind: AdviceKind
    goal_id: int | None
    suggested: Decimal
    decision: Decision
    chosen: Decimal | None
    decided_at: datetime


def decided_of_goals(session: Session, agent_id: int, goal_ids: Collection[int]) -> list[DecidedAdvice]:
    """What was decided about other targets for these goals of the agent, oldest first."""
    return _decided(session, agent_id, col(GoalAdvice.goal_id).in_(sorted(goal_ids)))


def decided_of_period(session: Session, agent_id: int, metric_key: str, period: GoalPeriod, starts_on: date) -> list[DecidedAdvice]:
    """What was decided about suggestions for a new goal of the agent for these days, oldest first."""
    days = (col(GoalAdvice.period) == period) & (col(GoalAdvice.starts_on) == starts_on)
    return _decided(session, agent_id, col(GoalAdvice.goal_id).is_(None), col(GoalAdvice.metric_key) == metric_key, days)


def _decided(session: Session, agent_id: int, *wanted: ColumnElement[bool]) -> list[DecidedAdvice]:
    names = DecidedAdvice.__dataclass_fields__
    query = select(*(getattr(GoalAdvice, name) for name in names)).where(col(GoalAdvice.agent_id) == agent_id, *wanted)
    in_order = query.order_by(col(GoalAdvice.decided_at), col(GoalAdvice.id))
    return [DecidedAdvice(**row) for row in session.execute(in_order).mappings()]
