"""The agents a viewer may look at on a day."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Row, and_, literal, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person
from data.queries.scope import visible
from domain.access import Scope
from domain.facts import AgentChoice
from domain.records import Role

_COLUMNS = (col(Person.id), col(Person.name), col(Person.time_zone), col(Person.working_days))


def agents_on(session: Session, scope: Scope, on: date) -> list[AgentChoice]:
    """Active agents whose facts of the day the viewer may see, by name; the viewer is among them whatever their role."""
    wanted = and_(col(Person.active), _visible_on(scope, on), or_(col(Person.role) == Role.AGENT, col(Person.id) == scope.viewer_id))
    rows = session.execute(select(*_COLUMNS).where(wanted).order_by(col(Person.name), col(Person.id)))
    return [_choice(row) for row in rows]


def agent_on(session: Session, scope: Scope, agent_id: int, on: date) -> AgentChoice | None:
    """The active person with this id, if the viewer may see their facts of the day."""
    wanted = and_(col(Person.active), col(Person.id) == agent_id, _visible_on(scope, on))
    row = session.execute(select(*_COLUMNS).where(wanted)).one_or_none()
    return _choice(row) if row else None


def _visible_on(scope: Scope, on: date) -> ColumnElement[bool]:
    return visible(col(Person.id), literal(on, Date), scope)


def _choice(row: Row[*tuple[Any, ...]]) -> AgentChoice:
    return AgentChoice(agent_id=row.id, name=row.name, time_zone=row.time_zone, working_days=frozenset(row.working_days))
