"""Who calls the API: a person with a browser's cookie or a signed token, or a program with a service token."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from domain.api_scopes import ApiScope
from domain.errors import AccessError
from services import api_sign_in, api_tokens, sessions
from services.access import Viewer
from services.sessions import SignedIn

PEOPLE_ONLY: Final = "This is for people. A service token cannot do it; sign in instead."


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who calls and what they see; a program is limited to its scopes beyond that."""

    viewer: Viewer
    session_id: int | None = None
    """A person's session."""
    token_id: int | None = None
    """A program's service token."""
    scopes: frozenset[ApiScope] = frozenset()
    is_stale: bool = False
    """Whether the use of the session or token should be written down."""

    @property
    def holder(self) -> str:
        """Whose idempotency keys these are."""
        return f"person:{self.viewer.person_id}" if self.token_id is None else f"token:{self.token_id}"

    def require(self, scope: ApiScope) -> None:
        """Raise AccessError for a program whose token does not name the scope; a person's role decides elsewhere."""
        if self.token_id is not None and scope not in self.scopes:
            raise AccessError(f"This token lacks the scope {scope}. An administrator makes one that has it.", code="missing_scope")

    def require_person(self) -> None:
        """Raise AccessError for a program."""
        if self.token_id is not None:
            raise AccessError(PEOPLE_ONLY, code="people_only")


def with_cookie(session: Session, token: str, now: datetime) -> Caller | None:
    """The person whose browser holds this cookie, or None."""
    return _person(sessions.signed_in(session, token, now))


def with_bearer(session: Session, value: str, *, secret: str, now: datetime) -> Caller | None:
    """The program or the person that presents this token, or None."""
    if not value.startswith(api_tokens.PREFIX):
        return _person(api_sign_in.session_of(session, value, secret=secret, now=now))
    program = api_tokens.program_of(session, value, now)
    if program is None:
        return None
    return Caller(viewer=program.viewer, token_id=program.token_id, scopes=program.scopes, is_stale=program.is_stale)


def touch(session: Session, caller: Caller, now: datetime) -> None:
    """Write down that the caller's session or token is in use."""
    if caller.token_id is not None:
        api_tokens.touch(session, caller.token_id, now)
    elif caller.session_id is not None:
        sessions.touch(session, caller.session_id, now)


def _person(living: SignedIn | None) -> Caller | None:
    """Somebody who still has to choose a password of their own is not signed in yet."""
    if living is None or living.viewer.must_change_password:
        return None
    return Caller(viewer=living.viewer, session_id=living.session_id, is_stale=living.is_stale)
