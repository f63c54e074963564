"""deliver — what waits to be sent?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data.engine import Database
from jobs.definition import Loop
from services.delivery import deliver_due
from ways_out import ways_out


def deliver(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Send what is due and return how many messages moved."""
    return deliver_due(database, ways_out(), worker=worker, now=now, stopping=stopping).moved


LOOP: Final = Loop(
    name="deliver",
    does="Sends the messages that wait, each channel's in order, and tries again what failed.",
    every=timedelta(seconds=1),
    turn=deliver,
)
