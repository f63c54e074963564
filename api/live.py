"""The process's part in live screens: one connection that hears of changes, one look every few seconds at who is still signed in."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError

import clock
from database import database
from services.freshness import HEARD
from services.live import Change, Hearer, Switchboard, hearers, listen
from services.tokens import token_hash
from settings import settings

CHECK_SECONDS: Final = 3.0
"""A sign-in that ended is noticed within it: together with drawing the screen, inside the five seconds we promise."""
SWITCHBOARD: Final = Switchboard()
_log = logging.getLogger("pacesetter.live")


@asynccontextmanager
async def live_screens() -> AsyncIterator[None]:
    """Keep open screens informed for as long as the process runs; a process without a database has nothing to tell."""
    url = settings().database_url
    if url is None:
        yield
        return
    tasks = [asyncio.create_task(listen(url, _tell, HEARD.lose)), asyncio.create_task(_check_repeatedly())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def hearer_of(token: str) -> Hearer | None:
    """Who the token signs in at this moment, or None."""
    hashed = token_hash(token)
    return (await to_thread.run_sync(_hearers, [hashed])).get(hashed)


def _tell(change: Change) -> None:
    """Count it before a screen is told to look again."""
    HEARD.tell(change)
    SWITCHBOARD.tell(change)


async def _check_repeatedly() -> None:
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        checked = SWITCHBOARD.token_hashes
        if not checked:
            continue
        try:
            SWITCHBOARD.renew(checked, await to_thread.run_sync(_hearers, checked))
        except SQLAlchemyError:
            _log.warning("Could not check who is still signed in; open screens stay as they are", exc_info=True)


def _hearers(token_hashes: list[str]) -> dict[str, Hearer]:
    with database().reading() as session:
        return hearers(session, token_hashes, clock.now())
