"""The achievements a company defined, and how many people reach a count."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import OwnAchievementDefinition, Person
from data.models.daily_metrics import daily_metrics
from domain.coaching.own_achievements import COUNTABLE, OwnAchievement
from domain.periods import Period


def defined(session: Session) -> list[OwnAchievement]:
    """All of them, the retired too, in the order they were defined; not those of a metric that no longer exists."""
    rows = session.scalars(select(OwnAchievementDefinition).order_by(col(OwnAchievementDefinition.id)))
    return [_own(row) for row in rows if row.metric_key in COUNTABLE]


def how_many_reach(session: Session, counter: str, least: int, period: Period) -> int:
    """How many active people have at least so many of a counter in the period."""
    columns = daily_metrics.c
    reaching = select(columns.agent_id).join(Person, col(Person.id) == columns.agent_id)
    reaching = reaching.where(columns.day >= period.start, columns.day < period.end, col(Person.active)).group_by(columns.agent_id)
    return session.scalar(select(func.count()).select_from(reaching.having(func.sum(columns[counter]) >= least).subquery())) or 0


def _own(row: OwnAchievementDefinition) -> OwnAchievement:
    return OwnAchievement(
        id=row.id or 0,
        name=row.name,
        about=row.about,
        metric_key=row.metric_key,
        least=row.least,
        span=row.span,
        points=row.points,
        is_active=row.is_active,
    )
