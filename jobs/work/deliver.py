"""deliver — what waits to be sent?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from data.engine import Database
from jobs.definition import Loop
from secret_key import secret_key
from services.delivery import deliver_due
from services.senders import Senders, senders
from settings import settings


def deliver(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Send what is due and return how many messages moved."""
    return deliver_due(database, ways_out(), worker=worker, now=now, stopping=stopping).moved


@cache
def ways_out() -> Senders:
    """The senders the settings allow."""
    chosen = settings()
    return senders(
        secret=secret_key(),
        product_address=chosen.address,
        slack_base=chosen.slack_base,
        telegram_base=chosen.telegram_base,
        telegram_token=chosen.telegram_token.get_secret_value() if chosen.telegram_token else None,
    )


LOOP: Final = Loop(
    name="deliver",
    does="Sends the messages that wait, each channel's in order, and tries again what failed.",
    every=timedelta(seconds=1),
    turn=deliver,
)
