"""Somebody's own calendar for the programs they read calendars with, at an address that is its own key."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import clock
from database import database
from services import calendar_feed
from services.calendar_feed import Feed

ADDRESS: Final = "/cal/{token}.ics"
HEADERS: Final = {"Cache-Control": "private, max-age=900", "X-Robots-Tag": "noindex"}
"""A quarter of an hour: no calendar program comes more often, and nobody else may keep it."""
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def calendar(request: Request) -> Response:
    """The calendar the address is the key to: 404, in the same words, for everything else; 304 where the reader has it already."""
    found = _found(request.path_params["token"])
    if found is None:
        return Response("There is no calendar at this address.", 404, {"Cache-Control": "no-store"}, "text/plain")
    headers = HEADERS | {"ETag": f'"{found.etag}"'}
    if found.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers=headers, media_type="text/calendar")


def _found(token: str) -> Feed | None:
    if not _TOKEN.fullmatch(token):
        return None
    now = clock.now()
    with database().reading() as session:
        found = calendar_feed.feed(session, token, now)
    if found is not None and found.is_stale:
        database().write(lambda session: calendar_feed.touch(session, found, now))
    return found


ROUTE: Final = Route(ADDRESS, calendar, methods=["GET"])
