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


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """A Python module to run beside the others."""

    name: str
    arguments: tuple[str, ...]
    """What follows `python -m`."""


class Child:
    """A running one."""

    def __init__(self, spec: ChildSpec, environment: Mapping[str, str]) -> None:
        """Start it in a session of its own: Ctrl-C reaches the launcher alone, which stops things in order."""
        self.name = spec.name
        self._process = subprocess.Popen(  # noqa: S603 - our own modules
            [sys.executable, "-m", *spec.arguments],
            cwd=PROJECT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=end_with_parent(signal.SIGTERM),  # noqa: PLW1509 - one prctl call, no Python locks involved
        )

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll()

    def ask_to_stop(self) -> None:
        """Let it finish what it is at."""
        if self.exit_code is None:
            self._process.terminate()

    def make_sure(self) -> None:
        """Wait for it, then end it and whatever it started."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE_SECONDS)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


def stop_all(children: list[Child]) -> None:
    """Ask all of them first, then wait for each."""
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.make_sure()
