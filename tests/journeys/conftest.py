"""The real app in a process of its own, and a real Chromium in front of it."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

import clock
from data import demo
from data.engine import Database
from data.models import Person
from tests import builders
from tests.journeys.live import PASSWORD, LiveApp, running_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

A_MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""One that beeps, which every page may use that its own server lets."""
PATIENCE = 30_000
"""Milliseconds a screen may take in a test: the machine is shared with the other workers."""


@pytest.fixture(scope="session")
def started_app(make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveApp]:
    """The app on a free port, one for all tests of a worker; stopped by SIGTERM."""
    database = Database(make_database("journeys"))
    with running_app(database, tmp_path_factory.mktemp("journeys")) as app:
        yield app
    database.close()


@pytest.fixture
def live_app(started_app: LiveApp) -> LiveApp:
    """The app in a company called Acme in which nothing has happened yet; ids go on rising, so that nothing is taken for what it was."""
    started_app.database.write(builders.emptied)
    started_app.database.write(builders.organisation)
    return started_app


@pytest.fixture(scope="session")
def demo_app(make_database: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveApp]:
    """The app with the small demo company, one for all tests that leave the company as it is."""
    database = Database(make_database("demo"))
    database.write(lambda session: demo.load(session, today=clock.now().date(), size=demo.Size.SMALL))
    with running_app(database, tmp_path_factory.mktemp("demo")) as app:
        yield app
    database.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium; tests are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", *A_MICROPHONE]
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser profile of the test's own, with no cookies."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
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
    sign_out_button(page).wait_for()


def sign_out_button(page: Page) -> Locator:
    """The way out, beside the navigation."""
    return page.get_by_test_id("stSidebarUserContent").get_by_role("button", name="Sign out")
