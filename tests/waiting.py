"""Waiting in tests for what happens elsewhere: in another thread, process or browser."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

PATIENCE = 10.0


def until(holds: Callable[[], Any], within: float = PATIENCE) -> None:
    """Wait until it becomes true; fails when it does not in so many seconds."""
    end = monotonic() + within
    while not holds():
        assert monotonic() < end, "it did not come to pass"
        sleep(0.02)
