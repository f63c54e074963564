"""The processes the launcher runs, and how they are stopped."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from data.postgres.lifeline import end_with_parent
from settings import PROJECT

GRACE_SECONDS: Final = 12
"""Long enough for open pages to be told and a request to finish."""


FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
"""What ends over and over is tried once a minute: its fault is in the log by then, and the machine has other work."""
SETTLED_SECONDS: Final = 60.0
"""Whoever ran this long has overcome what ended it before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """A Python module to run beside the others."""

    name: str
    arguments: tuple[str, ...]
    """What follows `python -m`."""
    restarts: bool = False
    """Whether it is started again when it ends by itself; everything is stopped otherwise."""


class Pauses:
    """How long to wait before the next start: twice as long each time, from the beginning again after a good while of running."""

    def __init__(self) -> None:
        self.until: float | None = None
        """While it is down, when to start it."""
        self._next = FIRST_PAUSE
        self._started: float | None = None

    def begin(self, now: float) -> float:
        """It has ended; the pause from now on."""
        if self._started is not None and now - self._started >= SETTLED_SECONDS:
            self._next = FIRST_PAUSE
        pause, self._next = self._next, min(2 * self._next, LONGEST_PAUSE)
        self.until = now + pause
        return pause

    def end(self, now: float) -> None:
        """It is being started."""
        self.until, self._started = None, now


class Child:
    """A running one."""

    def __init__(self, spec: ChildSpec, environment: Mapping[str, str]) -> None:
        """Start it in a session of its own: Ctrl-C reaches the launcher alone, which stops things in order."""
        self.name = spec.name
        self.restarts = spec.restarts
        self._spec = spec
        self._environment = dict(environment)
        self._pauses = Pauses()
        self._process = self._spawned()

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def start_again(self, now: float) -> float | None:
        """Start it anew when it has been down long enough; the pause when it has just been found down, else None."""
        if self.exit_code is None:
            return None
        if self._pauses.until is None:
            _end_group(self._process)
            return self._pauses.begin(now)
        if now >= self._pauses.until:
            self._pauses.end(now)
            self._process = self._spawned()
        return None

    def ask_to_stop(self) -> None:
        """Let it finish what it is at."""
        if self.exit_code is None:
            self._process.terminate()

    def make_sure(self) -> None:
        """Wait for it, then end it and whatever it started."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        _end_group(self._process)
        self._process.wait()

    def _spawned(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *self._spec.arguments],
            cwd=PROJECT,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one prctl call, no Python locks involved
        )


def _end_group(process: "subprocess.Popen[bytes]") -> None:
    """Kill it and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def stop_all(children: list[Child]) -> None:
    """Ask all of them first, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.make_sure()
