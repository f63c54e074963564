"""Signing in: a password becomes a one-time ticket, the browser redeems the ticket for its session's token."""

import ipaddress
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Person
from data.queries import sign_in as queries
from data.queries.sign_in import Credentials
from data.writes import sign_in as writes
from domain.errors import InputError
from services import audit, lock_out, passwords, sessions
from services.access import Viewer
from services.audit import Action
from services.lock_out import Origin
from services.tokens import new_token, token_hash

TICKET_LIFE: Final = timedelta(seconds=30)
"""Long enough for a slow network, too short to be of use to anybody who finds it later."""
WRONG: Final = "The e-mail or the password is not right."
"""The same words whether or not there is such an account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What somebody typed, and where: an address as the server sees it, the browser's device token if it has one."""

    email: str
    password: str
    address: str
    device_token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Worth one session, for half a minute."""

    value: str
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why somebody was not let in, in words that do not tell whether there is such an account."""

    message: str
    retry_after: timedelta | None = None
    """How long every further try is refused, or None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeemed:
    """What the browser gets for a ticket."""

    token: str
    device_token: str


Answer: TypeAlias = Ticket | Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A counted try and what its password is checked against."""

    attempt_id: int
    credentials: Credentials | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """A counted try whose password was right."""

    attempt_id: int
    credentials: Credentials


def sign_in(database: Database, attempt: Attempt, now: datetime) -> Answer:
    """Check a password, at most as often as the lock-out allows.

    The try is counted before the slow hash and no connection is held during it: many tries at once neither slip past the
    lock-out nor starve the screens.
    """
    checked = _checked(database, attempt, now)
    if isinstance(checked, Refusal):
        return checked
    return database.write(lambda session: _let_in(session, checked, attempt.password, now))


def confirm(database: Database, attempt: Attempt, now: datetime) -> Refusal | None:
    """Check the password of somebody signed in already, under the same lock-out; None when it is right."""
    checked = _checked(database, attempt, now)
    if isinstance(checked, Refusal):
        return checked
    database.write(lambda session: writes.mark_succeeded(session, checked.attempt_id))
    return None


def redeem(session: Session, ticket: str, *, user_agent: str, device_token: str, old_token: str | None, now: datetime) -> Redeemed:
    """Exchange a ticket for a fresh session; the browser's old one ends. Raises InputError when the ticket is not worth one."""
    person = spent(session, ticket, now)
    if old_token:
        writes.revoke_token(session, token_hash(old_token), now)
    device = device_token or new_token()
    writes.remember_device(session, account=account_key(person.email or ""), device=token_hash(device), at=now)
    return Redeemed(token=sessions.open_session(session, person_id=person.id or 0, user_agent=user_agent, now=now), device_token=device)


def spent(session: Session, ticket: str, now: datetime) -> Person:
    """Whom the ticket lets in, once. Raises InputError when it is unknown, used, expired, or its person is not active."""
    person_id = writes.use_ticket(session, token_hash(ticket), now)
    person = session.get(Person, person_id) if person_id else None
    if person is None or not person.active:
        raise InputError("This sign-in has expired. Please sign in again.", code="ticket_expired")
    return person


def viewer_of_token(session: Session, token: str, now: datetime) -> Viewer | None:
    """Who is signed in with this token at this moment, or None; reads only."""
    living = sessions.signed_in(session, token, now)
    return living.viewer if living else None


def ticket_for(session: Session, person_id: int, now: datetime) -> Ticket:
    """A ticket for somebody whose password was just checked or set."""
    value = new_token()
    writes.add_ticket(session, token_hash=token_hash(value), person_id=person_id, at=now, expires_at=now + TICKET_LIFE)
    return Ticket(value=value, person_id=person_id)


def _open(session: Session, attempt: Attempt, now: datetime) -> _Opened | Refusal:
    origin = _origin(attempt)
    writes.lock_account(session, origin.account)
    until = lock_out.closed_until(session, origin, now)
    if until is not None:
        return Refusal(message=f"Too many tries. Try again in {_in_words(until - now)}.", retry_after=until - now)
    writes.forget_attempts(
        session,
        account=origin.account,
        address=origin.address,
        failed_before=now - lock_out.KEEP_FAILED,
        succeeded_before=now - lock_out.KEEP_SUCCEEDED,
    )
    attempt_id = writes.add_attempt(session, account=origin.account, address=origin.address, device=origin.device, at=now)
    return _Opened(attempt_id=attempt_id, credentials=queries.credentials(session, attempt.email))


def _checked(database: Database, attempt: Attempt, now: datetime) -> _Checked | Refusal:
    opened = database.write(lambda session: _open(session, attempt, now))
    if isinstance(opened, Refusal):
        return opened
    found = opened.credentials
    if passwords.matches(attempt.password, found.password_hash if found else None) and found is not None:
        return _Checked(attempt_id=opened.attempt_id, credentials=found)
    database.write(lambda session: _record_failure(session, found, now))
    return Refusal(message=WRONG)


def _let_in(session: Session, checked: _Checked, password: str, now: datetime) -> Ticket:
    found = checked.credentials
    writes.mark_succeeded(session, checked.attempt_id)
    if found.password_hash and passwords.is_outdated(found.password_hash):
        session.get_one(Person, found.person_id).password_hash = passwords.hashed(password)
    audit.record(session, person_id=found.person_id, action=Action.SIGN_IN, subject=f"person:{found.person_id}", at=now)
    return ticket_for(session, found.person_id, now)


def _record_failure(session: Session, found: Credentials | None, now: datetime) -> None:
    subject = f"person:{found.person_id}" if found else ""
    audit.record(session, person_id=None, action=Action.SIGN_IN_FAILED, subject=subject, at=now)


def _origin(attempt: Attempt) -> Origin:
    return Origin(
        account=account_key(attempt.email),
        address=token_hash(_network(attempt.address)),
        device=token_hash(attempt.device_token) if attempt.device_token else "",
    )


def account_key(email: str) -> str:
    """The hash under which tries for the account are counted."""
    return token_hash(email.strip().lower())


def _network(address: str) -> str:
    """The address, or for IPv6 its /64: one household or office has that many addresses to itself."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((known, 64), strict=False)) if known.version == 6 else str(known)  # noqa: PLR2004


def _in_words(wait: timedelta) -> str:
    seconds = math.ceil(wait.total_seconds())
    minutes = -(-seconds // 60)
    return f"{seconds} seconds" if seconds <= 60 else f"{minutes} minutes"  # noqa: PLR2004
