"""People, teams and sessions as an administrator sees them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Person, Team, TeamManager, TeamMembership, UserSession
from data.queries.membership import belongs_on, managed_team_ids, members_on
from domain.records import Profile, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryEntry:
    """A person with the team they are on today and the teams they manage."""

    person_id: int
    name: str
    email: str | None
    role: Role
    time_zone: str
    region: str | None
    working_days: tuple[int, ...]
    external_id: str | None
    active: bool
    can_sign_in: bool
    """Active, with an e-mail and a password."""
    team_id: int | None
    team_name: str | None
    managed_team_ids: frozenset[int]
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamEntry:
    """A team and how many active people are on it today."""

    team_id: int
    name: str
    profile: Profile
    members: int
    managers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A signed-in browser of a person, or their session with the API."""

    session_id: int
    token_hash: str
    created_at: datetime
    last_seen_at: datetime
    user_agent: str
    is_api: bool


def people(session: Session, today: date) -> list[DirectoryEntry]:
    """Everybody, by name; also those who left."""
    managed = managed_team_ids()
    seen = select(func.max(col(UserSession.last_seen_at))).where(col(UserSession.person_id) == col(Person.id)).scalar_subquery()
    query = (
        select(Person, Team, managed.label("managed"), seen.label("last_seen_at"))
        .join(TeamMembership, and_(col(TeamMembership.person_id) == col(Person.id), belongs_on(today)), isouter=True)
        .join(Team, col(Team.id) == col(TeamMembership.team_id), isouter=True)
        .order_by(func.lower(col(Person.name)), col(Person.id))
    )
    return [_entry(person, team, managed, last_seen_at) for person, team, managed, last_seen_at in session.execute(query)]


def teams(session: Session, today: date) -> list[TeamEntry]:
    """Every team, by name."""
    members = members_on(today)
    managers = (
        select(func.array_agg(col(Person.name)))
        .join(TeamManager, col(TeamManager.person_id) == col(Person.id))
        .where(col(TeamManager.team_id) == col(Team.id), col(Person.active))
        .scalar_subquery()
    )
    query = select(Team, members.label("members"), managers.label("managers")).order_by(func.lower(col(Team.name)))
    return [
        TeamEntry(team_id=team.id or 0, name=team.name, profile=team.profile, members=count, managers=tuple(sorted(names or ())))
        for team, count, names in session.execute(query)
    ]


def open_sessions(session: Session, person_id: int, *, created_after: datetime, seen_after: datetime, now: datetime) -> list[OpenSession]:
    """A person's sessions that still count, last used first."""
    held = UserSession
    query = (
        select(held)
        .where(col(held.person_id) == person_id, col(held.revoked_at).is_(None))
        .where(col(held.created_at) >= created_after, col(held.last_seen_at) >= seen_after)
        .where(or_(col(held.expires_at).is_(None), col(held.expires_at) > now))
        .order_by(col(held.last_seen_at).desc(), col(held.id).desc())
    )
    return [
        OpenSession(
            session_id=row.id or 0,
            token_hash=row.token_hash,
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            user_agent=row.user_agent,
            is_api=row.expires_at is not None,
        )
        for row in session.scalars(query)
    ]


def active_admins(session: Session) -> set[int]:
    """The admins who can sign in today."""
    query = select(col(Person.id)).where(col(Person.role) == Role.ADMIN, col(Person.active), col(Person.password_hash).is_not(None))
    return {person_id for person_id in session.scalars(query) if person_id is not None}


def has_amounts(session: Session) -> bool:
    """Whether any deal has an amount, in whatever currency the company keeps."""
    return bool(session.scalar(select(exists().where(col(Deal.amount_minor).is_not(None)))))


def _entry(person: Person, team: Team | None, managed: Sequence[int] | None, last_seen_at: datetime | None) -> DirectoryEntry:
    return DirectoryEntry(
        person_id=person.id or 0,
        name=person.name,
        email=person.email,
        role=person.role,
        time_zone=person.time_zone,
        region=person.region,
        working_days=tuple(person.working_days),
        external_id=person.external_id,
        active=person.active,
        can_sign_in=person.active and bool(person.email) and bool(person.password_hash),
        team_id=team.id if team else None,
        team_name=team.name if team else None,
        managed_team_ids=frozenset(managed or ()),
        last_seen_at=last_seen_at,
    )
