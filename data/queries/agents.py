"""The agents a viewer may look at on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Row, and_, column, func, literal, or_, select, values
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person
from data.once import once
from data.queries.scope import visible
from domain.access import Scope
from domain.facts import AgentChoice
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAgent:
    """An active person and what another system may call them."""

    agent_id: int
    email: str | None
    external_id: str | None
    name: str
    time_zone: str


_COLUMNS = (col(Person.id), col(Person.name), col(Person.time_zone), col(Person.working_days))


def agents_on(session: Session, scope: Scope, on: date) -> list[AgentChoice]:
    """Active agents whose facts of the day the viewer may see, by name; the viewer is among them whatever their role."""
    wanted = and_(col(Person.active), _visible_on(scope, on), or_(col(Person.role) == Role.AGENT, col(Person.id) == scope.viewer_id))
    rows = session.execute(select(*_COLUMNS).where(wanted).order_by(col(Person.name), col(Person.id)))
    return [_choice(row) for row in rows]


def agent_on(session: Session, scope: Scope, agent_id: int, on: date) -> AgentChoice | None:
    """The active person with this id, if the viewer may see their facts of the day."""
    return once(session, (agent_on, scope, agent_id, on), lambda: _agent_on(session, scope, agent_id, on))


def _agent_on(session: Session, scope: Scope, agent_id: int, on: date) -> AgentChoice | None:
    wanted = and_(col(Person.active), col(Person.id) == agent_id, _visible_on(scope, on))
    row = session.execute(select(*_COLUMNS).where(wanted)).one_or_none()
    return _choice(row) if row else None


def agents_called(
    session: Session, *, ids: Collection[int] = (), emails: Collection[str] = (), external_ids: Collection[str] = ()
) -> list[NamedAgent]:
    """Active people with one of these ids, e-mails (lower case) or ids in the CRM; whether the viewer may see them is not asked."""
    email = func.lower(col(Person.email))
    called = or_(col(Person.id).in_(sorted(ids)), email.in_(sorted(emails)), col(Person.external_id).in_(sorted(external_ids)))
    query = select(col(Person.id), email.label("email"), col(Person.external_id), col(Person.name), col(Person.time_zone))
    return [
        NamedAgent(agent_id=row.id, email=row.email, external_id=row.external_id, name=row.name, time_zone=row.time_zone)
        for row in session.execute(query.where(col(Person.active), called))
    ]


def seen_days(session: Session, scope: Scope, days: Collection[tuple[int, date]]) -> set[tuple[int, date]]:
    """Those of the (agent, day) pairs whose facts the viewer may see."""
    if scope.role is Role.ADMIN or all(agent_id == scope.viewer_id for agent_id, _ in days):
        return set(days)
    asked = values(column("agent_id", Integer), column("day", Date), name="asked").data(sorted(days))
    seen = select(asked.c.agent_id, asked.c.day).where(visible(asked.c.agent_id, asked.c.day, scope))
    return {(row.agent_id, row.day) for row in session.execute(seen)}


def seen_on(session: Session, scope: Scope, on: date) -> frozenset[int] | None:
    """The ids of everybody whose facts of the day the viewer may see, themselves included; None where that is everybody there is."""
    match scope.role:
        case Role.ADMIN:
            return None
        case Role.MANAGER:
            return frozenset(session.scalars(select(col(Person.id)).where(_visible_on(scope, on))))
    return frozenset({scope.viewer_id})


def _visible_on(scope: Scope, on: date) -> ColumnElement[bool]:
    return visible(col(Person.id), literal(on, Date), scope)


def _choice(row: Row[*tuple[Any, ...]]) -> AgentChoice:
    return AgentChoice(agent_id=row.id, name=row.name, time_zone=row.time_zone, working_days=frozenset(row.working_days))


def weekdays_of(session: Session, ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The ISO weekdays on which each of these people works, whoever may see them."""
    query = select(col(Person.id), col(Person.working_days)).where(col(Person.id).in_(sorted(ids)))
    return {row.id: frozenset(row.working_days) for row in session.execute(query)}
