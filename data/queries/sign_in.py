"""Who holds a session, what is needed to check a password, and how many tries failed lately."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, exists, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, SignInAttempt, TeamManager, UserSession
from data.queries.features import flag_rules, own_team_ids, rules_in
from domain.features import Feature, FlagRule
from domain.records import Role

_HOLDER: Final[tuple[Any, ...]] = (
    col(UserSession.token_hash),
    col(UserSession.id).label("session_id"),
    col(UserSession.created_at),
    col(UserSession.last_seen_at),
    col(UserSession.expires_at),
    col(Person.id).label("person_id"),
    col(Person.name),
    col(Person.email),
    col(Person.role),
    col(Person.time_zone),
    col(Person.must_change_password),
    select(func.array_agg(col(TeamManager.team_id)))
    .where(col(TeamManager.person_id) == col(Person.id))
    .scalar_subquery()
    .label("team_ids"),
    own_team_ids().label("own_team_ids"),
    flag_rules().label("flag_rules"),
)
"""Columns, not records: this is read on every run of every screen, and records take three times as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionHolder:
    """An active person and one of their sessions that nobody revoked; whether it is too old is for the caller to say."""

    session_id: int
    created_at: datetime
    last_seen_at: datetime
    person_id: int
    name: str
    email: str | None
    role: Role
    time_zone: str
    must_change_password: bool
    team_ids: frozenset[int]
    """Those they manage."""
    own_team_ids: frozenset[int]
    """The one they are on today, if any."""
    flag_rules: Mapping[Feature, FlagRule]
    """Of the features that not everybody has."""
    expires_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a password is checked against."""

    person_id: int
    password_hash: str | None
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """Failed tries since a moment, newest first."""

    moments: tuple[datetime, ...]

    def __len__(self) -> int:
        return len(self.moments)


def session_holder(session: Session, token_hash: str) -> SessionHolder | None:
    """Whose session the token opens; one indexed read."""
    return session_holders(session, [token_hash]).get(token_hash)


def session_holders(session: Session, token_hashes: Collection[str]) -> dict[str, SessionHolder]:
    """The same for many tokens in one read; tokens that open nothing are left out."""
    query = (
        select(*_HOLDER)
        .join(Person, col(Person.id) == col(UserSession.person_id))
        .where(col(UserSession.token_hash).in_(token_hashes), col(UserSession.revoked_at).is_(None), col(Person.active))
    )
    return {row.token_hash: _holder(row) for row in session.execute(query)}


def credentials(session: Session, email: str) -> Credentials | None:
    """The active person with this e-mail, in whatever case it is written; nobody has one that PostgreSQL cannot store."""
    if "\x00" in email:
        return None
    person = session.scalar(select(Person).where(func.lower(col(Person.email)) == email.strip().lower(), col(Person.active)))
    return Credentials(person_id=person.id or 0, password_hash=person.password_hash, role=person.role) if person else None


def failures_of_account(session: Session, account: str, since: datetime) -> Failures:
    """Failed tries for the account, from anywhere."""
    return _failures(session, col(SignInAttempt.account_hash) == account, since)


def failures_of_account_from(session: Session, account: str, address: str, since: datetime) -> Failures:
    """Failed tries for the account from one address."""
    return _failures(session, and_(col(SignInAttempt.account_hash) == account, col(SignInAttempt.address) == address), since)


def failures_of_device(session: Session, account: str, device: str, since: datetime) -> Failures:
    """Failed tries for the account from one device."""
    return _failures(session, and_(col(SignInAttempt.account_hash) == account, col(SignInAttempt.device_hash) == device), since)


def failures_from(session: Session, address: str, since: datetime) -> Failures:
    """Failed tries from one address, for any account."""
    return _failures(session, col(SignInAttempt.address) == address, since)


def knows_device(session: Session, account: str, device: str) -> bool:
    """Whether the account was ever signed in to on this device."""
    attempt = SignInAttempt
    found = exists().where(col(attempt.account_hash) == account, col(attempt.device_hash) == device, col(attempt.succeeded))
    return bool(session.scalar(select(found)))


def has_password_holder(session: Session) -> bool:
    """Whether anybody can sign in at all."""
    return bool(session.scalar(select(exists().where(col(Person.password_hash).is_not(None)))))


def _holder(row: Row[*tuple[Any, ...]]) -> SessionHolder:
    return SessionHolder(
        session_id=row.session_id,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        person_id=row.person_id,
        name=row.name,
        email=row.email,
        role=row.role,
        time_zone=row.time_zone,
        must_change_password=row.must_change_password,
        team_ids=frozenset(row.team_ids or ()),
        own_team_ids=frozenset(row.own_team_ids or ()),
        flag_rules=rules_in(row.flag_rules),
        expires_at=row.expires_at,
    )


def _failures(session: Session, whose: ColumnElement[bool], since: datetime) -> Failures:
    tried_at = col(SignInAttempt.tried_at)
    query = select(tried_at).where(whose, ~col(SignInAttempt.succeeded), tried_at > since).order_by(tried_at.desc())
    return Failures(moments=tuple(session.scalars(query)))
