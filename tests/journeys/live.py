"""The real app in a process of its own, on a free port in front of a database."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from data.engine import Database
from data.models import Person
from services import passwords
from settings import PROJECT, Settings
from tests import builders

PASSWORD = "correct horse battery"
START_SECONDS = 60


@dataclass(frozen=True)
class LiveApp:
    """Where the app answers, and its database for arranging and looking."""

    url: str
    database: Database
    log: Path
    """What the server has said so far."""
    process: "subprocess.Popen[bytes]"

    @property
    def cookie_name(self) -> str:
        """The sign-in cookie's name on the app's port."""
        return Settings(port=urlsplit(self.url).port or 0).cookie_name

    def person(self, **fields: Any) -> Person:
        """Somebody who can sign in with `PASSWORD`."""
        return self.database.write(lambda session: builders.person(session, **{"password_hash": passwords.hashed(PASSWORD)} | fields))


@contextmanager
def running_app(database: Database, home: Path, *, port: int | None = None) -> Iterator[LiveApp]:
    """The app in front of the database, on a free port where none is named; stopped at the end, unless it has ended before."""
    port = port or _free_port()
    url = database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    environment = os.environ | {"DATABASE_URL": url, "PORT": str(port), "PACESETTER_HOME": str(home)}
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "warning", "--lifespan", "on"]
    log = home / "server.log"
    with log.open("wb") as said, subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=said, stderr=said) as process:  # noqa: S603 - our own app
        try:
            _wait_until_up(f"http://127.0.0.1:{port}", process)
            yield LiveApp(f"http://127.0.0.1:{port}", database, log, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_until_up(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(START_SECONDS * 5):
        assert process.poll() is None, "the app ended while starting"
        try:
            httpx.get(f"{url}/api/health", timeout=2).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("the app did not start")
