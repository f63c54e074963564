"""Refuses bodies that are larger than anything the API takes, before they fill the memory."""

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import error_response

TOO_LARGE = "This is larger than the API takes in one request. Send it in parts."


class BodyLimit:
    """Answers 413 to a body of more than `limit` bytes: at once where its length is announced, while reading where it is not."""

    def __init__(self, app: ASGIApp, *, limit: int) -> None:
        """Wrap the app."""
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is small enough."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and (len(announced) > len(str(self.limit)) or int(announced) > self.limit):
            await error_response(413, "too_large", TOO_LARGE)(scope, receive, send)
            return
        await self.app(scope, self._counting(receive), send)

    def _counting(self, receive: Receive) -> Receive:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.limit:
                raise HTTPException(413, TOO_LARGE)
            return message

        return counted
