"""Targets as they are stored."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import KpiTarget, Person, Team
from domain.periods import Grain, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetEntry:
    """A target with whom it is for and who set it."""

    metric_key: str
    grain: Grain
    team_id: int | None
    agent_id: int | None
    holder: str | None
    """The name of the team or the agent; None for everybody."""
    target: Decimal
    """In the metric's unit; money in major units."""
    from_on: date
    until_on: date | None
    set_by: str | None
    """None for what a new team starts with, and for who is not known any more."""


def targets_within(session: Session, period: Period) -> Sequence[KpiTarget]:
    """The targets that apply to some day of the period, oldest first."""
    query = (
        select(KpiTarget)
        .where(col(KpiTarget.from_on) < period.end, or_(col(KpiTarget.until_on).is_(None), col(KpiTarget.until_on) > period.start))
        .order_by(col(KpiTarget.metric_key), col(KpiTarget.from_on), col(KpiTarget.id))
    )
    return session.scalars(query).all()


def targets_of(session: Session, team_ids: Collection[int], agent_ids: Collection[int]) -> list[TargetEntry]:
    """All targets ever set for everybody, these teams and these agents; of each of them by metric, the latest first."""
    author = aliased(Person)
    everybodys = and_(col(KpiTarget.team_id).is_(None), col(KpiTarget.agent_id).is_(None))
    theirs = or_(col(KpiTarget.team_id).in_(sorted(team_ids)), col(KpiTarget.agent_id).in_(sorted(agent_ids)))
    query: Select[*tuple[Any, ...]] = (
        select(KpiTarget, col(Team.name).label("team"), col(Person.name).label("agent"), col(author.name).label("author"))
        .join(Team, col(Team.id) == col(KpiTarget.team_id), isouter=True)
        .join(Person, col(Person.id) == col(KpiTarget.agent_id), isouter=True)
        .join(author, col(author.id) == col(KpiTarget.created_by), isouter=True)
        .where(or_(everybodys, theirs))
        .order_by(
            col(KpiTarget.agent_id).is_not(None),
            col(Team.name).nulls_first(),
            col(Person.name),
            col(KpiTarget.metric_key),
            col(KpiTarget.from_on).desc(),
        )
    )
    return [
        TargetEntry(
            metric_key=row.metric_key,
            grain=row.grain,
            team_id=row.team_id,
            agent_id=row.agent_id,
            holder=team or agent,
            target=row.target,
            from_on=row.from_on,
            until_on=row.until_on,
            set_by=author_name,
        )
        for row, team, agent, author_name in session.execute(query)
    ]


def teams_with_targets(session: Session) -> frozenset[int]:
    """The teams that have a target of their own."""
    return frozenset(team for team in session.scalars(select(col(KpiTarget.team_id)).distinct()) if team is not None)
