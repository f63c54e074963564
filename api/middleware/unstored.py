"""Tells browsers and proxies to keep no answer of the API: nearly all of them are about people, or for one person only."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER: Final = "Cache-Control"


class Unstored:
    """Adds `no-store` to every answer that says nothing about being kept, refusals included."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_unstored(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).setdefault(HEADER, "no-store")
            await send(message)

        await self.app(scope, receive, send_unstored)
