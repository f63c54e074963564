"""Gives every request an id, counts it, times it, and writes its line in the log."""

import re
import secrets
from time import perf_counter
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services import logs, telemetry

HEADER: Final = "X-Request-ID"
_SANE: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
"""What a proxy sends; anything else could break a log line or carry something into it."""
_FIXED: Final = ("/static", "/media", "/component", "/_stcore")
"""Streamlit's own addresses, counted by their beginning."""
_KEYS: Final = ("/cal/", "/tv/")
"""Addresses that open something by themselves: counted and logged without what comes after."""
_QUIET: Final = ("/static",)
"""Fifty files of a first visit are counted, but no lines."""
_STREAMS: Final = ("/api/events",)
"""Open for as long as somebody looks at the screen: what counts is how soon they begin."""
_log = structlog.stdlib.get_logger("pacesetter.http")


class Observed:
    """The outermost wrapping: what is refused further in is seen too."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Every line logged meanwhile carries the request's id, and its answer does too."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        with logs.belonging_to(request_id=request_id(scope)):
            if scope["type"] == "http":
                await self._answer(scope, receive, send)
            else:
                with telemetry.SOCKETS.track_inprogress():
                    await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, begun, status = perf_counter(), perf_counter(), 500
        request = structlog.contextvars.get_contextvars()["request_id"]

        async def send_with_id(message: Message) -> None:
            nonlocal begun, status
            if message["type"] == "http.response.start":
                begun, status = perf_counter(), message["status"]
                MutableHeaders(scope=message)[HEADER] = request
            await send(message)

        try:
            await self.app(scope, receive, send_with_id)
        finally:
            ended = begun if route_of(scope) in _STREAMS else perf_counter()
            _note(scope, status, ended - began)


def request_id(scope: Scope) -> str:
    """The proxy's id for the request when it is a sane one, else a new one."""
    given = Headers(scope=scope).get(HEADER, "")
    return given if _SANE.fullmatch(given) else secrets.token_hex(8)


def route_of(scope: Scope) -> str:
    """The template of the address: an API route's own, a Streamlit address' beginning, `/` for screens."""
    path = scope["path"]
    if path.startswith("/api"):
        template = getattr(scope.get("route"), "path", None)
        return f"/api{template}" if template and template != "/api" else "/api/unknown"
    return next((fixed for fixed in _FIXED + _KEYS if path.startswith(fixed)), "/")


def _note(scope: Scope, status: int, seconds: float) -> None:
    route = route_of(scope)
    telemetry.note_request(route=route, method=scope["method"], status=status, seconds=seconds)
    if route not in _QUIET:
        path = route if route in _KEYS else scope["path"]
        _log.info("request", method=scope["method"], route=route, path=path, status=status, ms=round(seconds * 1000, 1))
