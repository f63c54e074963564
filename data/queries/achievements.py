"""What agents hold, and who holds a record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, cast, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AchievementGrant, Person
from data.models.daily_metrics import daily_metrics
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.achievements import GrantState


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """Something an agent earned."""

    id: int
    agent_id: int
    achievement: str
    period: str
    value: float
    evidence: dict[str, Any]
    state: GrantState
    earned_on: date
    granted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BestMonth:
    """The most anybody ever made of a counter in a calendar month."""

    agent_id: int
    month: date
    count: int


def grants_of(session: Session, scope: Scope, agent_id: int) -> list[Grant]:
    """What the agent earned on days the viewer may see, newest first."""
    row = AchievementGrant
    wanted = (col(row.agent_id) == agent_id, visible(col(row.agent_id), col(row.earned_on), scope))
    return [_grant(each) for each in session.scalars(select(row).where(*wanted).order_by(col(row.earned_on).desc(), col(row.id).desc()))]


def held_by_somebody(session: Session, achievements: Collection[str]) -> set[str]:
    """Those of the achievements that somebody holds."""
    wanted = (col(AchievementGrant.achievement).in_(sorted(achievements)), col(AchievementGrant.state) == GrantState.HELD)
    return set(session.scalars(select(col(AchievementGrant.achievement)).distinct().where(*wanted)))


def best_month(session: Session, counter: str, least: float) -> BestMonth | None:
    """The highest month of an active person, the earliest of equals; None below the least."""
    columns = daily_metrics.c
    month = cast(func.date_trunc("month", columns.day), Date).label("month")
    count = func.sum(columns[counter]).label("count")
    query = select(columns.agent_id, month, count).join(Person, col(Person.id) == columns.agent_id)
    query = query.where(columns[counter] > 0, col(Person.active)).group_by(columns.agent_id, month).having(count >= least)
    row = session.execute(query.order_by(count.desc(), month, columns.agent_id).limit(1)).first()
    return BestMonth(agent_id=row[0], month=row[1], count=int(row[2])) if row else None


def _grant(row: AchievementGrant) -> Grant:
    return Grant(
        id=row.id or 0,
        agent_id=row.agent_id,
        achievement=row.achievement,
        period=row.period,
        value=row.value,
        evidence=row.evidence,
        state=row.state,
        earned_on=row.earned_on,
        granted_at=row.granted_at,
    )
