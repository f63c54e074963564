"""The points ledger and what kinds of work are worth, as they are stored."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import PointEntry, PointValueChange
from domain.coaching.points import ValueChange
from domain.periods import Period


def value_changes(session: Session) -> list[ValueChange]:
    """Everything admins ever set, in order."""
    row = PointValueChange
    query = select(col(row.key), col(row.from_on), col(row.points), col(row.most)).order_by(col(row.key), col(row.from_on))
    return [ValueChange(key=key, from_on=from_on, points=points, most=most) for key, from_on, points, most in session.execute(query)]


def ledger(session: Session, agent_id: int, days: Period) -> dict[date, dict[str, int]]:
    """What the ledger says of these days of the agent, by day and reason."""
    day, reason = col(PointEntry.day), col(PointEntry.reason)
    wanted = (col(PointEntry.agent_id) == agent_id, day >= days.start, day < days.end)
    found: dict[date, dict[str, int]] = {}
    for on, why, points in session.execute(select(day, reason, func.sum(col(PointEntry.points))).where(*wanted).group_by(day, reason)):
        found.setdefault(on, {})[why] = points
    return found


def total_before(session: Session, agent_id: int, day: date) -> int:
    """All points of the agent's days before this one."""
    query = select(func.coalesce(func.sum(col(PointEntry.points)), 0))
    return session.execute(query.where(col(PointEntry.agent_id) == agent_id, col(PointEntry.day) < day)).scalar_one()
