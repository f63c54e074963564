"""Refuses bodies that are larger than anything the API takes, before they fill the memory."""

import re
from collections.abc import Mapping

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import error_response

TOO_LARGE = "This is larger than the API takes in one request. Send it in parts."


class BodyLimit:
    """Answers 413 to a body of more than `limit` bytes: at once where its length is announced, while reading where it is not."""

    def __init__(self, app: ASGIApp, *, limit: int, larger: Mapping[re.Pattern[str], int] | None = None) -> None:
        """Wrap the app; addresses that end in one of the patterns of `larger` take as much as it says."""
        self.app = app
        self.limit = limit
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = next((most for address, most in self.larger.items() if address.search(scope["path"])), self.limit)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and (len(announced) > len(str(limit)) or int(announced) > limit):
            await error_response(413, "too_large", TOO_LARGE)(scope, receive, send)
            return
        await self.app(scope, self._counting(receive, limit), send)

    def _counting(self, receive: Receive, limit: int) -> Receive:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise HTTPException(413, TOO_LARGE)
            return message

        return counted
