"""Service tokens: how a dialer or a CRM proves who it is. Made and revoked by admins, shown once, stored as a hash."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Final, TypeAlias

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.models import ApiToken
from data.queries import api_tokens as queries
from data.writes import api_tokens as writes
from domain.api_scopes import ApiScope
from domain.errors import NotFoundError
from domain.features import Asker, hidden
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.inputs import validated
from services.person_input import Name
from services.tokens import new_token, token_hash

TokenEntry: TypeAlias = queries.TokenEntry
PREFIX: Final = "pst_"
"""Begins every service token, so that scanners for leaked secrets (and people) recognise one."""
HINT_SIGNS: Final = 6
"""Of 43: enough to tell tokens apart, far too few to guess one."""
USED_EVERY: Final = timedelta(minutes=1)
"""How often a token's last use is written down."""
PROGRAM: Final = 0
"""The person id of a program: nobody's, so that nothing is ever its own."""


class NewToken(BaseModel):
    """What an admin says about a token."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[Name, Field(max_length=80)]
    scopes: Annotated[frozenset[ApiScope], Field(min_length=1)]
    days: Annotated[int, Field(ge=1, le=3650)] | None = None
    """How long it works; None for until it is revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedToken:
    """A token and its value, which exists nowhere else."""

    token_id: int
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that presented a living token: its view of the organisation, and what it may do there."""

    token_id: int
    viewer: Viewer
    scopes: frozenset[ApiScope]
    is_stale: bool
    """Whether its last use should be written down."""


def new_token_details(*, name: str, scopes: Iterable[str], days: int | None) -> NewToken:
    """The token to make; raises InputError that names the field."""
    return validated(NewToken, {"name": name, "scopes": frozenset(scopes), "days": days})


def issue(session: Session, viewer: Viewer, details: NewToken, now: datetime) -> IssuedToken:
    """Make a token; its value is returned this once."""
    require_role(viewer, {Role.ADMIN})
    value = PREFIX + new_token()
    token = ApiToken(
        name=details.name,
        token_hash=token_hash(value),
        hint=value[: len(PREFIX) + HINT_SIGNS],
        scopes=sorted(details.scopes),
        created_by=viewer.person_id,
        created_at=now,
        expires_at=now + timedelta(days=details.days) if details.days else None,
    )
    token_id = writes.add_token(session, token)
    _note(session, viewer, Action.TOKEN_ISSUED, token_id, now, scopes=sorted(details.scopes), days=details.days)
    return IssuedToken(token_id=token_id, value=value)


def revoke(session: Session, viewer: Viewer, token_id: int, now: datetime) -> None:
    """End a token at once. Raises NotFoundError when there is none to end."""
    require_role(viewer, {Role.ADMIN})
    if not writes.revoke_token(session, token_id, now):
        raise NotFoundError("There is no such token, or it is revoked already.")
    _note(session, viewer, Action.TOKEN_REVOKED, token_id, now)


def all_tokens(session: Session, viewer: Viewer) -> list[TokenEntry]:
    """Every token ever made, the newest first."""
    require_role(viewer, {Role.ADMIN})
    return queries.tokens(session)


def program_of(session: Session, value: str, now: datetime) -> Program | None:
    """Which program presents this token, or None when it is unknown, revoked or expired."""
    held = queries.held_token(session, token_hash(value))
    if held is None or (held.expires_at is not None and now >= held.expires_at):
        return None
    return Program(
        token_id=held.token_id,
        viewer=Viewer(
            person_id=PROGRAM,
            name=held.name,
            email="",
            role=Role.ADMIN,
            time_zone=held.time_zone,
            team_ids=frozenset(),
            is_program=True,
            hidden=hidden(held.flag_rules, Asker(person_id=PROGRAM, role=Role.ADMIN)),
        ),
        scopes=frozenset(scope for scope in ApiScope if scope.value in held.scopes),
        is_stale=held.last_used_at is None or now - held.last_used_at >= USED_EVERY,
    )


def touch(session: Session, token_id: int, now: datetime) -> None:
    """Write down that the token is in use, at most once a minute however many requests come at once."""
    writes.touch_token(session, token_id, now, unless_after=now - USED_EVERY)


def _note(session: Session, viewer: Viewer, action: Action, token_id: int, now: datetime, **details: object) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=f"token:{token_id}", details=details, at=now)
