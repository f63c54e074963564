"""People and teams as the API lists them, within a viewer's scope of today."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, Row, Select, and_, func, literal, select, true
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import Person, Team, TeamManager, TeamMembership
from data.queries.membership import belongs_on, managed_team_ids, members_on
from data.queries.scope import visible
from domain.access import Scope
from domain.records import Profile, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A person, the team they are on today and the teams they manage."""

    id: int
    name: str
    email: str | None
    role: Role
    time_zone: str
    region: str | None
    working_days: tuple[int, ...]
    external_id: str | None
    active: bool
    joined_on: date | None
    team_id: int | None
    managed_team_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A team, how many active people are on it today, and the ids of who manages it."""

    id: int
    name: str
    profile: Profile
    members: int
    manager_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """What a list of people is narrowed to; None narrows nothing."""

    team_id: int | None = None
    role: Role | None = None
    active: bool | None = None
    external_id: str | None = None


_Today: Final = aliased(TeamMembership)
"""The membership of today, beside those the scope asks for."""


def colleagues(session: Session, scope: Scope, today: date, wanted: PeopleFilter, *, after: int | None, limit: int) -> list[Colleague]:
    """One page of the people the viewer may see today, by id."""
    query = _people(scope, today).order_by(col(Person.id)).limit(limit)
    equal = {
        col(_Today.team_id): wanted.team_id,
        col(Person.role): wanted.role,
        col(Person.active): wanted.active,
        col(Person.external_id): wanted.external_id,
    }
    query = query.where(*(column == value for column, value in equal.items() if value is not None))
    if after is not None:
        query = query.where(col(Person.id) > after)
    return [_colleague(row) for row in session.execute(query)]


def colleague(session: Session, scope: Scope, today: date, person_id: int) -> Colleague | None:
    """The person, if the viewer may see them today."""
    row = session.execute(_people(scope, today).where(col(Person.id) == person_id)).one_or_none()
    return _colleague(row) if row else None


def crews(session: Session, scope: Scope, today: date, *, team_id: int | None = None) -> list[Crew]:
    """The teams the viewer may see, by id: an admin all, a manager those they manage, an agent the one they are on."""
    manager = select(func.array_agg(col(TeamManager.person_id))).where(col(TeamManager.team_id) == col(Team.id))
    query = select(Team, members_on(today), manager.scalar_subquery()).where(_seen_team(scope, today)).order_by(col(Team.id))
    if team_id is not None:
        query = query.where(col(Team.id) == team_id)
    return [
        Crew(id=team.id or 0, name=team.name, profile=team.profile, members=members, manager_ids=tuple(sorted(ids or ())))
        for team, members, ids in session.execute(query)
    ]


def _people(scope: Scope, today: date) -> Select[*tuple[Any, ...]]:
    return (
        select(Person, col(_Today.team_id), managed_team_ids())
        .join(_Today, and_(col(_Today.person_id) == col(Person.id), belongs_on(today, _Today)), isouter=True)
        .where(visible(col(Person.id), literal(today, Date), scope))
    )


def _seen_team(scope: Scope, today: date) -> ColumnElement[bool]:
    match scope.role:
        case Role.ADMIN:
            return true()
        case Role.MANAGER:
            return col(Team.id).in_(sorted(scope.team_ids))
        case Role.AGENT:
            own = select(col(TeamMembership.team_id)).where(col(TeamMembership.person_id) == scope.viewer_id, belongs_on(today))
            return col(Team.id).in_(own)


def _colleague(row: Row[*tuple[Any, ...]]) -> Colleague:
    person, team_id, managed = row
    return Colleague(
        id=person.id or 0,
        name=person.name,
        email=person.email,
        role=person.role,
        time_zone=person.time_zone,
        region=person.region,
        working_days=tuple(person.working_days),
        external_id=person.external_id,
        active=person.active,
        joined_on=person.joined_on,
        team_id=team_id,
        managed_team_ids=tuple(sorted(managed or ())),
    )
