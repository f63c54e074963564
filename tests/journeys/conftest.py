"""The real app in a process of its own, and a real Chromium in front of it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import clock
from data import demo
from data.engine import Database
from data.models import Person
from services import passwords
from settings import PROJECT
from tests import builders

PASSWORD = "correct horse battery"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
START_SECONDS = 60


@dataclass(frozen=True)
class LiveApp:
    """Where the app answers, and its database for arranging and looking."""

    url: str
    database: Database
    log: Path
    """What the server has said so far."""

    def person(self, **fields: Any) -> Person:
        """Somebody who can sign in with `PASSWORD`."""
        return self.database.write(lambda session: builders.person(session, **{"password_hash": passwords.hashed(PASSWORD)} | fields))


@pytest.fixture
def live_app(fresh_database: Database, tmp_path: Path) -> Iterator[LiveApp]:
    """The app on a free port and a fresh database, in a company called Acme; stopped by SIGTERM."""
    fresh_database.write(builders.organisation)
    with running_app(fresh_database, tmp_path) as app:
        yield app


@pytest.fixture(scope="session")
def demo_app(make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveApp]:
    """The app with the small demo company, one for all tests that leave the company as it is."""
    database = Database(make_database("demo"))
    database.write(lambda session: demo.load(session, today=clock.now().date(), size=demo.Size.SMALL))
    with running_app(database, tmp_path_factory.mktemp("demo")) as app:
        yield app
    database.close()


@contextmanager
def running_app(database: Database, home: Path) -> Iterator[LiveApp]:
    """The app in front of the database, on a free port."""
    port = _free_port()
    url = database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    environment = os.environ | {"DATABASE_URL": url, "PORT": str(port), "PACESETTER_HOME": str(home)}
    command = [sys.executable, "-m", "uvicorn", "app:app", "--port", str(port), "--log-level", "warning"]
    log = home / "server.log"
    with log.open("wb") as said, subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=said, stderr=said) as process:  # noqa: S603 - our own app
        try:
            _wait_until_up(f"http://127.0.0.1:{port}", process)
            yield LiveApp(f"http://127.0.0.1:{port}", database, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; tests are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of the test's own, with no cookies."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab."""
    return context.new_page()


def sign_in(page: Page, app: LiveApp, person: Person, *, at: str = "/") -> None:
    """Open an address as a stranger and sign in there; returns when the page behind it is shown."""
    page.goto(app.url + at)
    page.get_by_label("E-mail").fill(person.email or "")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()


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
