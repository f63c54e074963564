"""Streamlit's scripts and styles, packed once and not for every visitor anew: packing them is most of what a first visit costs here."""

import re
from typing import Final

from starlette.datastructures import Headers
from starlette.status import HTTP_200_OK
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FILE: Final = re.compile(r"/static/(?:js|css|media)/[\w.@-]+")
"""One address a file: others that lead to the same one, by doubled slashes for instance, are without number."""
LASTING: Final = "immutable"
"""What Streamlit says of a file whose name carries a digest of its content. For a name it does not know it shows its page instead."""
CONDITIONS: Final = ("range", "if-none-match", "if-modified-since")


class PackedFiles:
    """Keeps the answers of whoever packs behind it; there are as many as Streamlit has files, some megabytes."""

    def __init__(self, app: ASGIApp) -> None:
        """Nothing was asked for yet."""
        self.app = app
        self.kept: dict[str, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory what was answered before; requests for a part of a file, or for news of it, pass.

        A browser that has gone meanwhile may get no answer at all.
        """
        if not _asks_for_packed_file(scope):
            await self.app(scope, receive, send)
            return
        answer = self.kept.get(scope["path"], [])
        if not answer:
            await self.app(scope, receive, _append_to(answer))
            if _is_whole_file(answer):
                self.kept[scope["path"]] = answer
        for message in answer:
            await send(_copied(message))


def _asks_for_packed_file(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET" or not FILE.fullmatch(scope["path"]):
        return False
    headers = Headers(scope=scope)
    return "gzip" in headers.get("accept-encoding", "") and not any(each in headers for each in CONDITIONS)


def _is_whole_file(answer: list[Message]) -> bool:
    """Whether it is a file and ends: that of a browser that left in the middle would be cut short for everybody after it."""
    if len(answer) < 2 or answer[0]["status"] != HTTP_200_OK or answer[-1].get("more_body", False):  # noqa: PLR2004 - head and body
        return False
    return LASTING in Headers(raw=answer[0]["headers"]).get("cache-control", "")


def _copied(message: Message) -> Message:
    """Whoever wraps this writes into the headers it is given."""
    return {**message, "headers": list(message["headers"])} if "headers" in message else message


def _append_to(answer: list[Message]) -> Send:
    async def take(message: Message) -> None:
        answer.append(message)

    return take
