"""GET /api/events — tells an open screen when there is something new to see."""

from collections.abc import AsyncIterator
from typing import Annotated, Final

from fastapi import APIRouter, HTTPException, Query, status
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.deps import Token
from api.errors import described
from api.live import SWITCHBOARD, hearer_of
from services.freshness import HEARD
from services.live import LAST_NEWS, Hearer
from services.tokens import token_hash

router: Final = APIRouter(tags=["live"])
HEARTBEAT_SECONDS: Final = 15
"""A comment that keeps proxies from closing a quiet connection, and tells us when the browser has gone."""
SEND_SECONDS: Final = 10
"""A browser that takes nothing for so long has gone."""


@router.get("/events", response_class=EventSourceResponse, responses=described(401))
async def events(token: Token, since: Annotated[str, Query(max_length=64)] = "") -> EventSourceResponse:
    """Server-sent events `figures`, `inbox`, and, as the last one, `ended` or `crowded`; they name nobody and carry no numbers.

    It begins with what has happened `since` the moment a screen was drawn, as the screen was told it; without that moment it begins
    with `figures` and `inbox`, because what changed before the stream was open may have been missed. For signed-in browsers only.
    """
    hearer = await hearer_of(token) if token else None
    if token is None or hearer is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Please sign in.")
    return EventSourceResponse(_events(token_hash(token), hearer, since), ping=HEARTBEAT_SECONDS, send_timeout=SEND_SECONDS)


async def _events(hashed: str, hearer: Hearer, since: str) -> AsyncIterator[ServerSentEvent]:
    with SWITCHBOARD.stream(hashed, hearer) as stream:
        stream.tell(hearer.news_since(HEARD.since(since)))
        while True:
            for news in await stream.news():
                yield ServerSentEvent(event=news.value, data="look")
                if news in LAST_NEWS:
                    return
