"""What everybody may change about themselves: password, time zone, where they are signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Person
from data.queries import directory
from data.writes import sign_in as writes
from domain.errors import InputError
from domain.language import Language
from domain.local_time import zone
from domain.records import Role
from services import audit, passwords, sessions, sign_in
from services.access import Viewer
from services.audit import Action
from services.sign_in import Attempt, Refusal
from services.tokens import token_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInBrowser:
    """One of the viewer's sessions: a browser, or a program that uses the API in their name."""

    user_agent: str
    is_api: bool
    created_at: datetime
    last_seen_at: datetime
    is_this_one: bool


def change_password(database: Database, viewer: Viewer, attempt: Attempt, new: str, *, token: str, now: datetime) -> Refusal | None:
    """Replace the password after checking the current one, which counts as a try to sign in; None when it is done.

    All other sessions end. Raises InputError when the new password is not good enough.
    """
    _require_good(viewer, new)
    refusal = sign_in.confirm(database, attempt, now)
    if refusal is None:
        _store(database, viewer, new, token, now)
    return refusal


def choose_password(database: Database, viewer: Viewer, new: str, *, token: str, now: datetime) -> None:
    """Replace a one-time password, with which the viewer has just signed in; InputError for anybody else."""
    if not viewer.must_change_password:
        raise InputError("Enter your current password to change it.")
    _require_good(viewer, new)
    with database.reading() as session:
        stored = session.get_one(Person, viewer.person_id).password_hash
    if passwords.matches(new, stored):
        raise InputError("This is the password you were given. Choose one of your own.", code="password_unchanged")
    _store(database, viewer, new, token, now)


def change_time_zone(session: Session, viewer: Viewer, zone_name: str) -> None:
    """Move the viewer to another time zone; days already recorded keep the days they were."""
    session.get_one(Person, viewer.person_id).time_zone = zone(zone_name).key


def language(session: Session, viewer: Viewer) -> Language:
    """In which language the viewer is written to about deals, and the bot in Telegram talks to them."""
    return session.get_one(Person, viewer.person_id).language


def change_language(session: Session, viewer: Viewer, chosen: Language) -> None:
    """Let messages about deals, and the bot in Telegram, be in another language; what records say stays in their own words."""
    session.get_one(Person, viewer.person_id).language = chosen


def browsers(session: Session, viewer: Viewer, *, token: str, now: datetime) -> list[SignedInBrowser]:
    """Where the viewer is signed in, last used first."""
    longest = sessions.ABSOLUTE_FOR_ADMINS if viewer.role is Role.ADMIN else sessions.ABSOLUTE
    held = directory.open_sessions(session, viewer.person_id, created_after=now - longest, seen_after=now - sessions.IDLE, now=now)
    this = token_hash(token)
    return [
        SignedInBrowser(
            user_agent=one.user_agent,
            is_api=one.is_api,
            created_at=one.created_at,
            last_seen_at=one.last_seen_at,
            is_this_one=one.token_hash == this,
        )
        for one in held
    ]


def sign_out_others(session: Session, viewer: Viewer, *, token: str, now: datetime) -> int:
    """End the viewer's other sessions; returns how many there were."""
    return sessions.end_sessions(session, viewer.person_id, now, by=viewer.person_id, but_token=token)


def _require_good(viewer: Viewer, new: str) -> None:
    passwords.require_good(new, viewer.role, known_words=(viewer.email, viewer.name))


def _store(database: Database, viewer: Viewer, new: str, token: str, now: datetime) -> None:
    password_hash = passwords.hashed(new)
    database.write(lambda session: _replace(session, viewer, password_hash, token, now))


def _replace(session: Session, viewer: Viewer, password_hash: str, token: str, now: datetime) -> None:
    person = session.get_one(Person, viewer.person_id, with_for_update=True)
    person.password_hash, person.must_change_password = password_hash, False
    writes.revoke_sessions(session, viewer.person_id, now, but=token_hash(token))
    audit.record(session, person_id=viewer.person_id, action=Action.PASSWORD_CHANGED, subject=f"person:{viewer.person_id}", at=now)
