"""review_deals — which deals does somebody want reviewed?"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from data.engine import Database
from jobs.definition import Loop
from services.review_requests import review_waiting


def review_deals(database: Database, worker: str, now: Callable[[], datetime], stopping: Callable[[], bool]) -> int:
    """Review what waits and return how many deals were looked at."""
    del worker
    return review_waiting(database, now, stopping)


LOOP: Final = Loop(
    name="review_deals",
    does="Reviews the deals somebody asked for, some at a time, and tells their agents where that was wanted.",
    every=timedelta(seconds=3),
    turn=review_deals,
)
