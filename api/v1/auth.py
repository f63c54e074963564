"""A person's token for a quarter of an hour, in exchange for their password."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Request, status
from pydantic import ConfigDict, Field, StrictStr

import clock
from api.deps import Calling
from api.errors import described
from api.v1.fields import Body, Shown
from database import database
from secret_key import secret_key
from services import api_sign_in, passwords, sessions
from services.sign_in import Attempt

router: Final = APIRouter(prefix="/auth/token", tags=["auth"])


class CredentialsIn(Body):
    """What somebody signs in with."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "ada@example.com", "password": "correct horse battery"}]})

    email: Annotated[StrictStr, Field(min_length=1, max_length=254)]
    password: Annotated[StrictStr, Field(min_length=1, max_length=passwords.LONGEST)]


class TokenOut(Shown):
    """What to send in the Authorization header from now on, as `Bearer …`."""

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - a kind of token
    expires_in: int
    """Seconds."""


@router.post("", responses=described(400, 401, 403, 413, 415, 422, 429))
def sign_in(body: CredentialsIn, request: Request) -> TokenOut:
    """Sign a program in with a person's password, under the same lock-out as the sign-in screen."""
    address = request.client.host if request.client else "local"
    token = api_sign_in.exchange(
        database(),
        Attempt(email=body.email, password=body.password, address=address),
        secret=secret_key(),
        user_agent=request.headers.get("user-agent", ""),
        now=clock.now(),
    )
    return TokenOut(access_token=token.value, expires_in=int(token.life.total_seconds()))


@router.delete("", status_code=status.HTTP_204_NO_CONTENT, responses=described(401, 403))
def sign_out(calling: Calling) -> None:
    """End the session this request is made with, at once. A service token is revoked on the People screen."""
    calling.require_person()
    database().write(lambda session: sessions.end_session(session, calling.viewer, calling.session_id or 0, clock.now()))
