"""A person's programs: a password becomes a signed token for a quarter of an hour, bound to a session that can be ended.

The token is a JWT. Its `jti` is the hash of a value that is thrown away: the session is found by it, and nobody can make a
browser's cookie of it. What ends sessions (a new password, another role, deactivation, an admin) ends the token at once.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import jwt
from sqlalchemy.orm import Session

from data.engine import Database
from data.writes import sign_in as writes
from domain.errors import AccessError, BusyError, SignedOutError
from services import sessions, sign_in
from services.sessions import SignedIn
from services.sign_in import Attempt, Refusal
from services.tokens import new_token, token_hash

LIFE: Final = timedelta(minutes=15)
"""Long enough for a script, short enough that a token in some log is soon worth nothing."""
ALGORITHM: Final = "HS256"
AUDIENCE: Final = "pacesetter-api"
MUST_CHANGE: Final = "Choose a password of your own first: sign in to Pacesetter in a browser."


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonToken:
    """A signed token and how long it works."""

    value: str
    life: timedelta


def exchange(database: Database, attempt: Attempt, *, secret: str, user_agent: str, now: datetime) -> PersonToken:
    """Check a password under the same lock-out as the sign-in screen and answer with a token.

    Raises SignedOutError for everything wrong, BusyError while the lock-out lasts, and AccessError
    (`password_change_required`) for somebody who still has a one-time password.
    """
    answer = sign_in.sign_in(database, attempt, now)
    if isinstance(answer, Refusal):
        raise _refused(answer)
    return database.write(lambda session: _opened(session, answer.value, secret, user_agent, now))


def session_of(session: Session, value: str, *, secret: str, now: datetime) -> SignedIn | None:
    """The living session a token is bound to, or None when the token is not ours, has expired, or its session has ended."""
    try:
        claims = jwt.decode(
            value,
            secret,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            options={"require": ["exp", "jti", "sub"], "verify_exp": False, "verify_iat": False},
        )
    except jwt.InvalidTokenError:
        return None
    living = sessions.of_hash(session, claims["jti"], now)
    return living if living is not None and str(living.viewer.person_id) == claims["sub"] else None


def _opened(session: Session, ticket: str, secret: str, user_agent: str, now: datetime) -> PersonToken:
    person = sign_in.spent(session, ticket, now)
    if person.must_change_password:
        raise AccessError(MUST_CHANGE, code="password_change_required")
    session_hash = token_hash(new_token())
    writes.add_session(session, token_hash=session_hash, person_id=person.id or 0, user_agent=user_agent, at=now, expires_at=now + LIFE)
    claims = {"sub": str(person.id), "aud": AUDIENCE, "jti": session_hash, "iat": now, "exp": now + LIFE}
    return PersonToken(value=jwt.encode(claims, secret, algorithm=ALGORITHM), life=LIFE)


def _refused(refusal: Refusal) -> Exception:
    if refusal.retry_after is None:
        return SignedOutError(refusal.message)
    return BusyError(refusal.message, retry_after=math.ceil(refusal.retry_after.total_seconds()))
