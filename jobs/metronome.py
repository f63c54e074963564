"""Beats once a second. `schedule` is only the metronome: what is due is a question to the ledger, not to its memory."""

import time
from collections.abc import Callable
from typing import Final

from schedule import Scheduler

BEAT_SECONDS: Final = 1
LATE_SECONDS: Final = 3.0
"""`schedule` goes by the wall clock: set back by an hour it would be silent for an hour. By the monotonic clock we notice."""
_STEP_SECONDS: Final = 0.2


class Metronome:
    """Calls `tick` every second until told to stop. The tick must not raise: `schedule` would call it again without a pause."""

    def __init__(self, tick: Callable[[], object]) -> None:
        self._tick = tick
        self._last = time.monotonic()
        self._scheduler = self._wound_up()

    def run(self, is_over: Callable[[], bool]) -> None:
        """Beat until told that it is over."""
        self._beat()
        while not is_over():
            time.sleep(_STEP_SECONDS)
            self._scheduler.run_pending()
            if time.monotonic() - self._last > LATE_SECONDS:
                self._scheduler = self._wound_up()
                self._beat()

    def _wound_up(self) -> Scheduler:
        scheduler = Scheduler()
        scheduler.every(BEAT_SECONDS).seconds.do(self._beat)
        return scheduler

    def _beat(self) -> None:
        self._tick()
        self._last = time.monotonic()
