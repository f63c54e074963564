"""What routes depend on: who calls, what they may do, and whether a browser's request comes from our own pages."""

from collections.abc import Callable
from typing import Annotated, Final
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, status
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer

import clock
from database import database
from domain.api_scopes import ApiScope
from domain.errors import SignedOutError
from domain.features import Feature
from secret_key import secret_key
from services import callers, feature_flags
from services.access import Viewer
from services.callers import Caller
from settings import settings

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
BEARER: Final = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="A service token from the People screen, or the `access_token` of `POST /v1/auth/token`.",
)
COOKIE: Final = APIKeyCookie(
    name="pacesetter",
    auto_error=False,
    scheme_name="cookie",
    description="The session of a signed-in browser (`__Host-pacesetter` over https); writing needs an Origin header of this site.",
)


def session_token(request: Request) -> str | None:
    """The sign-in cookie, or None."""
    return request.cookies.get(settings().cookie_name)


Token = Annotated[str | None, Depends(session_token)]


def same_origin(request: Request) -> None:
    """Refuse, with 403, a request that another site's page made, or that does not say whose page made it."""
    origin = urlsplit(request.headers.get("origin", ""))
    if not origin.netloc or origin.netloc != request.headers.get("host"):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "This request did not come from Pacesetter.")


SameOrigin = Depends(same_origin)


def caller(
    request: Request,
    cookie: Token,
    bearer: Annotated[HTTPAuthorizationCredentials | None, Depends(BEARER)],
    _documented: Annotated[str | None, Depends(COOKIE)],
) -> Caller:
    """Who calls at this moment; 401 for everybody else, in the same words whatever the reason.

    A token in the Authorization header decides alone. Without one the cookie does, and a writing request must come from our own pages.
    """
    found = _with_bearer(bearer.credentials) if bearer else _with_cookie(cookie)
    if found is None:
        raise SignedOutError("Please sign in.")
    if bearer is None and request.method not in READING:
        same_origin(request)
    if found.is_stale:
        database().write(lambda session: callers.touch(session, found, clock.now()))
    return found


def person(calling: "Calling") -> Viewer:
    """The person who calls; 403 for a program."""
    calling.require_person()
    return calling.viewer


def allowed(scope: ApiScope) -> Callable[[Caller], Caller]:
    """The caller, if a program's token names the scope; what a person may do is decided where it is done."""

    def within(calling: Calling) -> Caller:
        calling.require(scope)
        return calling

    return within


def switched_on(feature: Feature) -> Callable[[Caller], None]:
    """403 for whoever does not have the feature yet."""

    def has(calling: Calling) -> None:
        feature_flags.require(calling.viewer, feature)

    return has


def _with_bearer(value: str) -> Caller | None:
    with database().reading() as session:
        return callers.with_bearer(session, value, secret=secret_key(), now=clock.now())


def _with_cookie(token: str | None) -> Caller | None:
    if not token:
        return None
    with database().reading() as session:
        return callers.with_cookie(session, token, clock.now())


Calling = Annotated[Caller, Depends(caller)]
SignedIn = Annotated[Viewer, Depends(person)]
