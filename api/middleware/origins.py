"""Refuses what a foreign page makes a browser send: websockets and writing requests whose Origin is another host."""

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from api.errors import error_response

READING_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
BEARER_PATHS: Final = "/api/v1/"


class OwnOriginOnly:
    """Answers 403 to a websocket handshake or a writing request that comes from another site."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is ours, refuse the rest."""
        if not _can_change_something(scope) or _may_pass(scope, Headers(scope=scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(reason="foreign origin")(scope, receive, send)
        else:
            refusal = error_response(403, "foreign_origin", "This request comes from another site and was refused.")
            await refusal(scope, receive, send)


def _can_change_something(scope: Scope) -> bool:
    return scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in READING_METHODS)


def _may_pass(scope: Scope, headers: Headers) -> bool:
    return _is_our_own(headers) or _proves_itself(scope, headers)


def _proves_itself(scope: Scope, headers: Headers) -> bool:
    """A request to the API that carries its own token, such as a dialer's browser extension sends; the cookie decides nothing there.

    No foreign page can make a browser add one: it would have to ask first, and we never agree.
    """
    is_api = scope["type"] == "http" and scope["path"].startswith(BEARER_PATHS)
    return is_api and headers.get("authorization", "").lower().startswith("bearer ")


def _is_our_own(headers: Headers) -> bool:
    """Programs that are not browsers send no Origin and carry no cookies by accident; browsers always send it here."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in {"same-origin", "none"}
    return urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
