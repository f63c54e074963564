"""The people of a viewer's scope as numbers need them: name, working week, since when, on which teams."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, or_, select, true
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Absence, Organisation, Person, Team, TeamMembership
from data.once import once
from domain.access import Scope
from domain.local_time import local_time
from domain.periods import Period
from domain.records import Profile, Role
from domain.targets import TeamSpan
from domain.working_days import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamName:
    """A team as boards show it."""

    team_id: int
    name: str
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with the teams the viewer may see them on."""

    agent_id: int
    name: str
    role: Role
    weekdays: frozenset[int]
    """ISO weekdays they work."""
    joined_on: date | None
    left_on: date | None
    """The day they were deactivated; None while active."""
    teams: tuple[TeamSpan, ...] = ()


_COLUMNS: Final[tuple[Any, ...]] = (
    col(Person.id).label("agent_id"),
    col(Person.name),
    col(Person.role),
    col(Person.working_days),
    col(Person.joined_on),
    col(Person.active),
    col(Person.deactivated_at),
    col(Person.time_zone),
    col(Team.id).label("team_id"),
    col(Team.name).label("team_name"),
    col(Team.profile),
    col(TeamMembership.from_on),
    col(TeamMembership.until_on),
)


def organisation(session: Session) -> Organisation | None:
    """The installation's organisation, or None before it is set up."""
    return once(session, Organisation, lambda: session.get(Organisation, 1))


def members(session: Session, scope: Scope) -> tuple[list[Member], dict[int, TeamName]]:
    """Everybody the viewer may see anything of, by name, and the teams they are seen on; also those who left."""
    query = (
        select(*_COLUMNS)
        .join(TeamMembership, and_(col(TeamMembership.person_id) == col(Person.id), _seen_on(scope)), isouter=True)
        .join(Team, col(Team.id) == col(TeamMembership.team_id), isouter=True)
        .where(_seen(scope))
        .order_by(col(Person.name), col(Person.id), col(TeamMembership.from_on))
    )
    rows = session.execute(query).all()
    return _gathered(rows), {row.team_id: _team(row) for row in rows if row.team_id is not None}


def absences(session: Session, scope: Scope, period: Period, *, agent_id: int | None = None) -> dict[int, tuple[Span, ...]]:
    """The absences that touch the period, by person, or one person's alone; those of an agent's peers stay hidden from the agent."""
    query = select(col(Absence.person_id), col(Absence.from_on), col(Absence.until_on)).where(
        col(Absence.from_on) < period.end, col(Absence.until_on) > period.start
    )
    if scope.role is Role.AGENT:
        query = query.where(col(Absence.person_id) == scope.viewer_id)
    if agent_id is not None:
        query = query.where(col(Absence.person_id) == agent_id)
    found: dict[int, list[Span]] = {}
    for row in session.execute(query.order_by(col(Absence.person_id), col(Absence.from_on))):
        found.setdefault(row.person_id, []).append(Span(row.from_on, row.until_on))
    return {person_id: tuple(spans) for person_id, spans in found.items()}


def _seen(scope: Scope) -> ColumnElement[bool]:
    match scope.role:
        case Role.ADMIN:
            return true()
        case Role.MANAGER:
            return or_(col(Person.id) == scope.viewer_id, col(TeamMembership.id).is_not(None))
        case Role.AGENT:
            return col(Person.id) == scope.viewer_id


def _seen_on(scope: Scope) -> ColumnElement[bool]:
    """The memberships the viewer may see: a manager those of the teams they manage now, and their own."""
    if scope.role is not Role.MANAGER:
        return true()
    return or_(col(TeamMembership.team_id).in_(sorted(scope.team_ids)), col(TeamMembership.person_id) == scope.viewer_id)


def _gathered(rows: Iterable[Row[*tuple[Any, ...]]]) -> list[Member]:
    """One member per person, with all their teams; the rows come person by person."""
    found: dict[int, Member] = {}
    for row in rows:
        known = found.get(row.agent_id) or _member(row)
        found[row.agent_id] = replace(known, teams=(*known.teams, *_team_spans(row)))
    return list(found.values())


def _member(row: Row[*tuple[Any, ...]]) -> Member:
    return Member(
        agent_id=row.agent_id,
        name=row.name,
        role=row.role,
        weekdays=frozenset(row.working_days),
        joined_on=row.joined_on,
        left_on=None if row.active else local_time(row.deactivated_at, row.time_zone).on,
    )


def _team_spans(row: Row[*tuple[Any, ...]]) -> Collection[TeamSpan]:
    return () if row.team_id is None else (TeamSpan(team_id=row.team_id, span=Span(row.from_on, row.until_on)),)


def _team(row: Row[*tuple[Any, ...]]) -> TeamName:
    return TeamName(team_id=row.team_id, name=row.team_name, profile=row.profile)
