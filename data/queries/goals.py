"""The goals of an agent, and the single waits that a median is made of."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Goal, Lead
from data.queries.scope import visible
from domain.access import Scope
from domain.goals.entry import GOAL_TYPES, GoalEntry
from domain.periods import Period


def goals_of(session: Session, agent_id: int, *, limit: int) -> list[GoalEntry]:
    """The agent's goals, those that end last first; money still in major units."""
    wanted = (col(Goal.agent_id) == agent_id, col(Goal.metric_key).in_(GOAL_TYPES))
    query = select(Goal).where(*wanted).order_by(col(Goal.ends_on).desc(), col(Goal.id)).limit(limit)
    return [
        GoalEntry(
            id=row.id or 0,
            agent_id=row.agent_id,
            period=row.period,
            type=row.metric_key,
            target=float(row.target),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            version=row.version,
        )
        for row in session.scalars(query)
    ]


def first_contact_waits(session: Session, scope: Scope, agent_id: int, period: Period) -> list[tuple[date, int]]:
    """Day of first contact and seconds waited of the agent's leads first contacted in the period, within the scope."""
    contacted = col(Lead.contacted_on)
    wanted = (col(Lead.agent_id) == agent_id, contacted >= period.start, contacted < period.end, col(Lead.response_seconds).is_not(None))
    rows = session.execute(select(contacted, col(Lead.response_seconds)).where(*wanted, visible(col(Lead.agent_id), contacted, scope)))
    return [(on, seconds) for on, seconds in rows if on is not None and seconds is not None]
