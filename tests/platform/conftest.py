"""A copy of the product that is really started: its own home folder and port, the launcher in a process of its own."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil
import pytest

from settings import PROJECT

STOP_SECONDS = 40


@dataclass
class Copy:
    """A home folder and a port; `start` may be called again and again."""

    home: Path
    port: int
    project: Path = PROJECT
    environment: dict[str, str] = field(default_factory=dict)
    prefix: tuple[str, ...] = ()
    python: str = sys.executable
    running: list["subprocess.Popen[str]"] = field(default_factory=list)

    def start(self, **environment: str) -> "subprocess.Popen[str]":
        """The launcher, as make starts it, in a process group of its own."""
        process = subprocess.Popen(  # noqa: S603 - our own launcher
            [*self.prefix, self.python, "launch.py"],
            cwd=self.project,
            env=self.surroundings() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.running.append(process)
        return process

    def surroundings(self) -> dict[str, str]:
        """The environment of whatever belongs to this copy, and nothing of the tests' own."""
        ours = {"PORT": str(self.port), "PACESETTER_HOME": str(self.home), "PACESETTER_DEMO": "false", "PYTHONUNBUFFERED": "1"}
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PACESETTER_", "DATABASE_", "COV_"))}
        return inherited | ours | self.environment

    def start_and_wait(self) -> "subprocess.Popen[str]":
        """Return once it says where it can be opened."""
        process = self.start()
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.strip().startswith("Open "):
                return process
        pytest.fail("it did not start:\n" + "".join(said))

    def get(self, path: str) -> httpx.Response:
        """What the running copy answers."""
        return httpx.get(f"http://127.0.0.1:{self.port}{path}", timeout=10)

    def processes(self) -> list[psutil.Process]:
        """Everything alive that belongs to this copy: by its port's argument or by the data folder it works in."""
        return [process for process in psutil.process_iter() if self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            environment = process.environ()
            return process.status() != psutil.STATUS_ZOMBIE and (
                environment.get("PACESETTER_HOME") == str(self.home) or str(self.home) in " ".join(process.cmdline())
            )
        except psutil.Error:
            return False


def output_of(process: "subprocess.Popen[str]") -> str:
    """What it still says until it ends."""
    said, _ = process.communicate(timeout=STOP_SECONDS)
    return said


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def own_folder() -> Iterator[Path]:
    """A temporary folder outside pytest's, whose parents every starting pytest closes to the system user the server runs as."""
    folder = Path(tempfile.mkdtemp(prefix="pacesetter-platform-")).resolve()
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder for one test's data."""
    with own_folder() as folder:
        yield folder


@pytest.fixture
def make_copy(base: Path) -> Iterator[Callable[[], Copy]]:
    """A function that makes copies beside each other; whatever of them still runs at the end is killed."""
    made: list[Copy] = []

    def make() -> Copy:
        made.append(Copy(home=base / f"home {len(made)}", port=free_port()))
        return made[-1]

    yield make
    for copy in made:
        for process in copy.processes():
            process.send_signal(signal.SIGKILL)
        for launcher in copy.running:
            launcher.communicate(timeout=STOP_SECONDS)


@pytest.fixture
def copy(make_copy: Callable[[], Copy]) -> Copy:
    """One copy, not started yet."""
    return make_copy()
