"""Hears what other connections change: one connection that listens, and comes back when the database does."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from psycopg import AsyncConnection, OperationalError
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import make_url

from data.changes import ANYTHING, CHANNEL, Change, read

FIRST_WAIT: Final = 0.2
LONGEST_WAIT: Final = 10.0
"""A database that restarts is back within seconds; one that is gone is asked six times a minute by each process."""
KEEPALIVE: Final = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "connect_timeout": 10}
"""A connection that says nothing for hours is dropped by some networks without a word; after a minute this one knows."""
_log = logging.getLogger("pacesetter.live")


async def listen(url: str, tell: Callable[[Change], None], lose: Callable[[], None] = lambda: None) -> None:
    """Tell of every committed change, until cancelled; `lose` says that a gap begins.

    After each gap it tells of `ANYTHING`, because what happened in it was missed.
    """
    address = _address(url)
    wait = FIRST_WAIT
    while True:
        try:
            async with await AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                wait = FIRST_WAIT
                tell(ANYTHING)
                async for message in connection.notifies():
                    tell(_understood(message.payload))
        except OperationalError as error:
            _log.warning("Not listening for changes; trying again in %.1f s (%s)", wait, type(error).__name__)
        finally:
            lose()
        await asyncio.sleep(wait)
        wait = min(2 * wait, LONGEST_WAIT)


def _address(url: str) -> str:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return make_conninfo(plain, application_name="pacesetter live", **KEEPALIVE)


def _understood(message: str) -> Change:
    """The change; anything, when another version of the product said it in other words."""
    try:
        return read(message)
    except (ValueError, KeyError, TypeError):
        return ANYTHING
