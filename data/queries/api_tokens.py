"""Service tokens: the one a program presents, and all of them for administrators."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import ApiToken, Organisation, Person
from data.queries.features import flag_rules, rules_in
from domain.features import Feature, FlagRule


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenEntry:
    """A service token as administrators see it; nobody sees the token itself again."""

    token_id: int
    name: str
    hint: str
    scopes: tuple[str, ...]
    created_by: str | None
    """The admin's name; None when they are not known any more."""
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldToken:
    """A token that nobody revoked, and the zone of the organisation it works for; whether it has expired is for the caller to say."""

    token_id: int
    name: str
    scopes: frozenset[str]
    expires_at: datetime | None
    last_used_at: datetime | None
    time_zone: str
    flag_rules: Mapping[Feature, FlagRule]
    """Of the features that not everybody has."""


def held_token(session: Session, token_hash: str) -> HeldToken | None:
    """The token with this hash; one indexed read."""
    query = (
        select(ApiToken, col(Organisation.time_zone), flag_rules())
        .join(Organisation, col(Organisation.id) == 1, isouter=True)
        .where(col(ApiToken.token_hash) == token_hash, col(ApiToken.revoked_at).is_(None))
    )
    row = session.execute(query).one_or_none()
    if row is None:
        return None
    token, time_zone, rules = row
    return HeldToken(
        token_id=token.id or 0,
        name=token.name,
        scopes=frozenset(token.scopes),
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        time_zone=time_zone or "UTC",
        flag_rules=rules_in(rules),
    )


def tokens(session: Session) -> list[TokenEntry]:
    """Every token ever made, the newest first."""
    query = select(ApiToken, col(Person.name)).join(Person, col(Person.id) == col(ApiToken.created_by), isouter=True)
    return [_entry(token, name) for token, name in session.execute(query.order_by(col(ApiToken.id).desc()))]


def _entry(token: ApiToken, created_by: str | None) -> TokenEntry:
    return TokenEntry(
        token_id=token.id or 0,
        name=token.name,
        hint=token.hint,
        scopes=tuple(token.scopes),
        created_by=created_by,
        created_at=token.created_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        last_used_at=token.last_used_at,
    )
