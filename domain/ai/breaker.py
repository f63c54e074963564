"""Leaving a service alone for a while that failed several times in a row."""

from datetime import datetime, timedelta
from threading import Lock
from typing import Final

OPENS_AFTER: Final = 5
"""Failures in a row: one may be chance, five are not."""
REST: Final = timedelta(seconds=60)
"""Long enough for a service to come back, short enough for nobody to give up on it."""


class Breaker:
    """Counts failures in a row; safe to share between threads."""

    def __init__(self, opens_after: int = OPENS_AFTER, rest: timedelta = REST) -> None:
        """Nothing failed yet."""
        self._opens_after, self._rest = opens_after, rest
        self._failures, self._until = 0, None
        self._lock = Lock()

    _until: datetime | None

    def lets_through(self, now: datetime) -> bool:
        """Whether to ask now; after the rest one try goes ahead, and the others wait for what becomes of it."""
        with self._lock:
            if self._until is None:
                return True
            if now < self._until:
                return False
            self._until = now + self._rest
            return True

    def note(self, now: datetime, *, failed: bool) -> None:
        """What became of a try."""
        with self._lock:
            self._failures = self._failures + 1 if failed else 0
            self._until = now + self._rest if self._failures >= self._opens_after else None
