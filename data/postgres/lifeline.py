"""A child that ends with its parent, even when the parent is killed with -9 (Linux; elsewhere the next start cleans up)."""

import ctypes
import signal
import sys
from collections.abc import Callable
from typing import Final

_SET_PARENT_DEATH_SIGNAL: Final = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def end_with_parent(sign: signal.Signals) -> Callable[[], None] | None:
    """What a child runs before its program, so that it gets `sign` when the thread that started it ends; None where that does not exist."""
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)

    def arrange() -> None:
        library.prctl(_SET_PARENT_DEATH_SIGNAL, int(sign), 0, 0, 0)

    return arrange
