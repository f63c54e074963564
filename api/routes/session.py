"""The sign-in cookie: set in exchange for a ticket, dropped at sign-out."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Request, Response, status
from pydantic import BaseModel, Field

import clock
from api.deps import SameOrigin, Token
from api.errors import described
from database import database
from services import lock_out, sessions, sign_in
from services.sign_in import Redeemed
from settings import settings

router: Final = APIRouter(prefix="/session", tags=["session"], dependencies=[SameOrigin])


class TicketIn(BaseModel):
    """The ticket the sign-in screen was given."""

    ticket: str = Field(min_length=1, max_length=100)


@router.post("", status_code=status.HTTP_204_NO_CONTENT, responses=described(400, 403, 413, 415, 422))
def redeem(body: TicketIn, request: Request, response: Response, old_token: Token) -> None:
    """Exchange a sign-in ticket for the session cookie. A ticket works once, for half a minute."""
    redeemed = database().write(
        lambda session: sign_in.redeem(
            session,
            body.ticket,
            user_agent=request.headers.get("user-agent", ""),
            device_token=request.cookies.get(settings().device_cookie_name, ""),
            old_token=old_token,
            now=clock.now(),
        )
    )
    _set_cookies(response, redeemed)


@router.delete("", status_code=status.HTTP_204_NO_CONTENT, responses=described(403))
def end(response: Response, token: Token) -> None:
    """Sign out: the session ends on the server and the cookie is dropped. Works as well when nobody is signed in."""
    if token:
        database().write(lambda session: sessions.sign_out(session, token, clock.now()))
    response.delete_cookie(settings().cookie_name, path="/", secure=settings().cookie_secure, httponly=True, samesite="strict")


def _set_cookies(response: Response, redeemed: Redeemed) -> None:
    """HttpOnly and SameSite=Strict; the browser forgets the session's when it closes or when no session can be that old."""
    _set(response, settings().cookie_name, redeemed.token, sessions.ABSOLUTE)
    _set(response, settings().device_cookie_name, redeemed.device_token, lock_out.KEEP_SUCCEEDED)


def _set(response: Response, name: str, value: str, life: timedelta) -> None:
    response.set_cookie(
        name, value, max_age=int(life.total_seconds()), path="/", secure=settings().cookie_secure, httponly=True, samesite="strict"
    )
