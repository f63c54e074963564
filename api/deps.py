"""What routes depend on: who is asking, and whether the request comes from our own pages."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request, status

import clock
from database import database
from services.access import Viewer
from services.sign_in import viewer_of_token
from settings import settings


def session_token(request: Request) -> str | None:
    """The sign-in cookie, or None."""
    return request.cookies.get(settings().cookie_name)


def viewer(token: Annotated[str | None, Depends(session_token)]) -> Viewer:
    """Who is signed in at this moment; 401 for everybody else, in the same words whatever the reason.

    Somebody who still has to choose a password of their own is not signed in yet.
    """
    if token:
        with database().reading() as session:
            found = viewer_of_token(session, token, clock.now())
        if found is not None and not found.must_change_password:
            return found
    raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Please sign in.")


def same_origin(request: Request) -> None:
    """Refuse, with 403, a request that another site's page made, or that does not say whose page made it."""
    origin = urlsplit(request.headers.get("origin", ""))
    if not origin.netloc or origin.netloc != request.headers.get("host"):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "This request did not come from Pacesetter.")


SignedIn = Annotated[Viewer, Depends(viewer)]
SameOrigin = Depends(same_origin)
Token = Annotated[str | None, Depends(session_token)]
