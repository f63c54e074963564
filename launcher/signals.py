"""Ctrl-C, SIGTERM and a closed terminal, as one exception raised once."""

import signal
from types import FrameType
from typing import Final

STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked us to stop; not an error, and not to be swallowed by one who catches errors."""


def raise_stop_requested() -> None:
    """From now on the first signal raises StopRequested wherever the program is, and later ones do not disturb the stopping.

    Under nohup a closed terminal stays ignored. An inherited "ignore Ctrl-C" does not count: every shell gives it to what a script
    starts in the background, and whoever sends SIGINT there means it.
    """
    for sign in STOPPING:
        if sign is not signal.SIGHUP or signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, _request)


def _request(_number: int, _frame: FrameType | None) -> None:
    ignore_further()
    raise StopRequested


def ignore_further() -> None:
    """Stopping has begun; nothing interrupts it."""
    for sign in STOPPING:
        signal.signal(sign, signal.SIG_IGN)
