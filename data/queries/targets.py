"""Targets as they are stored."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import KpiTarget
from domain.periods import Period


def targets_within(session: Session, period: Period) -> Sequence[KpiTarget]:
    """The targets that apply to some day of the period, oldest first."""
    query = (
        select(KpiTarget)
        .where(col(KpiTarget.from_on) < period.end, or_(col(KpiTarget.until_on).is_(None), col(KpiTarget.until_on) > period.start))
        .order_by(col(KpiTarget.metric_key), col(KpiTarget.from_on), col(KpiTarget.id))
    )
    return session.scalars(query).all()


def teams_with_targets(session: Session) -> frozenset[int]:
    """The teams that have a target of their own."""
    return frozenset(team for team in session.scalars(select(col(KpiTarget.team_id)).distinct()) if team is not None)
