"""Signed-in browsers: how long they stay signed in, and how they are ended."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.queries import sign_in as queries
from data.queries.sign_in import SessionHolder
from data.writes import sign_in as writes
from domain.features import Asker, hidden
from domain.records import Role
from services import audit
from services.access import Viewer
from services.audit import Action
from services.tokens import new_token, token_hash

IDLE: Final = timedelta(hours=8)
"""A working day: who comes back from lunch is still signed in, who comes back tomorrow is not."""
ABSOLUTE: Final = timedelta(days=7)
ABSOLUTE_FOR_ADMINS: Final = timedelta(hours=12)
"""An admin's browser can do more harm."""
SEEN_EVERY: Final = timedelta(minutes=1)
"""How often a session's last use is written down: a write on every rerun would cost more than the reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """A living session: whose, which, and whether its last use should be written down."""

    viewer: Viewer
    session_id: int
    is_stale: bool


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """The living session a token opens, or None when it is unknown, revoked, too old, or its person is not active."""
    return of_hash(session, token_hash(token), now)


def of_hash(session: Session, hashed: str, now: datetime) -> SignedIn | None:
    """The same for a token known by its hash only, as a signed API token names its session."""
    holder = queries.session_holder(session, hashed)
    if holder is None or _is_over(holder, now):
        return None
    return SignedIn(viewer=_viewer(holder), session_id=holder.session_id, is_stale=now - holder.last_seen_at >= SEEN_EVERY)


def living(session: Session, token_hashes: Collection[str], now: datetime) -> dict[str, Viewer]:
    """Who is signed in by each of the tokens, those that open nothing any more left out; one read for all of them."""
    holders = queries.session_holders(session, token_hashes)
    return {each: _viewer(holder) for each, holder in holders.items() if not _is_over(holder, now)}


def touch(session: Session, session_id: int, now: datetime) -> None:
    """Write down that the session is in use, which keeps it from ending by idleness."""
    writes.touch_session(session, session_id, now)


def open_session(session: Session, *, person_id: int, user_agent: str, now: datetime) -> str:
    """Sign a browser in and return its token; nobody can find the token again."""
    token = new_token()
    writes.add_session(session, token_hash=token_hash(token), person_id=person_id, user_agent=user_agent, at=now)
    return token


def end_session(session: Session, viewer: Viewer, session_id: int, now: datetime) -> None:
    """End one of the viewer's sessions."""
    writes.revoke_session(session, session_id, now)
    person_id = viewer.person_id
    audit.record(session, person_id=person_id, action=Action.SIGN_OUT, subject=f"person:{person_id}", at=now)


def sign_out(session: Session, token: str, now: datetime) -> None:
    """End the token's session; nothing happens when it has ended already."""
    person_id = writes.revoke_token(session, token_hash(token), now)
    if person_id is not None:
        audit.record(session, person_id=person_id, action=Action.SIGN_OUT, subject=f"person:{person_id}", at=now)


def end_sessions(session: Session, person_id: int, now: datetime, *, by: int, but_token: str | None = None) -> int:
    """End a person's sessions everywhere, except the one of `but_token`; returns how many ended."""
    ended = writes.revoke_sessions(session, person_id, now, but=token_hash(but_token) if but_token else None)
    audit.record(session, person_id=by, action=Action.SESSIONS_ENDED, subject=f"person:{person_id}", details={"sessions": ended}, at=now)
    return ended


def _is_over(holder: SessionHolder, now: datetime) -> bool:
    longest = ABSOLUTE_FOR_ADMINS if holder.role is Role.ADMIN else ABSOLUTE
    has_expired = holder.expires_at is not None and now >= holder.expires_at
    return has_expired or now - holder.last_seen_at > IDLE or now - holder.created_at > longest


def _viewer(holder: SessionHolder) -> Viewer:
    managed = holder.team_ids if holder.role is Role.MANAGER else frozenset()
    asker = Asker(person_id=holder.person_id, role=holder.role, team_ids=managed | holder.own_team_ids)
    return Viewer(
        person_id=holder.person_id,
        name=holder.name,
        email=holder.email or "",
        role=holder.role,
        time_zone=holder.time_zone,
        team_ids=managed,
        must_change_password=holder.must_change_password,
        hidden=hidden(holder.flag_rules, asker),
    )
