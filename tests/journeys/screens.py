"""The demo company's screens, opened in a browser as one of its people, and what there is to see and to object to on them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from data import demo
from data.models import Person
from domain.records import Role
from services import sessions
from tests.journeys.axe import severe_violations
from tests.journeys.live import LiveApp
from ui.pages import pages_for

SCREENSHOTS = os.environ.get("PACESETTER_SCREENSHOTS")
"""A folder for a picture of every screen visited; none are taken without it."""
PROBED = ("/_stcore/health", "/_stcore/host-config")
"""Behind a deep link Streamlit's page first looks for its server below that address, and the browser reports the 404."""
HEADING = '[data-testid="stMainBlockContainer"] h1'
HAS_SETTLED = """() => {
    const state = document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState;
    if (state !== "rerunRequested") delete window.askedSince;
    else window.askedSince ??= performance.now();
    return state === "notRunning" || (state === "rerunRequested" && performance.now() - window.askedSince > 3000);
}"""
"""Streamlit's page goes on saying that it asked for a run, until the next one, when the server found nothing to run: a timer's
fragment that a full run has just drawn anew."""
STILL_LOADING = '[data-testid="stSkeleton"]'
WIDER_THAN_THE_WINDOW = """() => {
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const shown = [document.documentElement, ...document.querySelectorAll('[data-testid="stMain"]')];
    return shown.some((element) => element.scrollWidth > element.clientWidth + 1 && (element === shown[0] || scrolls(element)));
}"""


class Look(Enum):
    """How somebody looks at a screen: the size of the window and the colour scheme of their system."""

    DESK_LIGHT = (1440, 900, "light")
    PHONE_DARK = (375, 812, "dark")


@dataclass(frozen=True)
class Seen:
    """What a visit to a screen found."""

    faults: list[str]
    scrolls_sideways: bool
    violations: list[str]
    """What axe calls serious or critical and is ours."""


def settle(page: Page) -> None:
    """Wait until the script has run."""
    page.wait_for_function(HAS_SETTLED)


@dataclass
class Tab:
    """A tab of somebody signed in, and what went wrong in it since it was last asked."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to an address of the app and wait until its script has run."""
        self.page.goto(f"{self.url}/{path}")
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and what it drew has arrived."""
        self.page.locator(HEADING).first.wait_for()
        settle(self.page)
        expect(self.page.locator(STILL_LOADING)).to_have_count(0)

    def faults(self) -> list[str]:
        """Console errors and errors on the page; asking clears them."""
        found, self.complaints = self.complaints, []
        return found + [box.inner_text() for box in self.page.locator('[data-testid="stException"]').all()]

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than its window."""
        return bool(self.page.evaluate(WIDER_THAN_THE_WINDOW))


def keys_of(role: Role) -> list[str]:
    """The screens a role has."""
    return [spec.key for spec in pages_for(role)]


def visit(role: Role, look: Look, app: LiveApp, browser: Browser) -> dict[str, Seen]:
    """Open every screen of a role once and look at it."""
    with tab_of(role, app, browser, look) as tab:
        return {key: _seen(tab, key, f"{role}-{key}-{look.name.lower()}") for key in keys_of(role)}


def _seen(tab: Tab, key: str, name: str) -> Seen:
    tab.open(key)
    if SCREENSHOTS:
        tab.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")
    return Seen(faults=tab.faults(), scrolls_sideways=tab.scrolls_sideways(), violations=severe_violations(tab.page))


@contextmanager
def tab_of(role: Role, app: LiveApp, browser: Browser, look: Look = Look.DESK_LIGHT) -> Iterator[Tab]:
    """A browser in which the demo company's agent, manager or admin is signed in."""
    address = next(each.email for each in demo.sign_ins() if each.role is role)
    token = app.database.write(lambda session: _session_of(session, address))
    width, height, scheme = look.value
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": app.cookie_name, "value": token, "url": app.url, "httpOnly": True, "sameSite": "Strict"}])
    tab = Tab(context.new_page(), app.url)
    tab.page.on("console", lambda message: _note(tab, message))
    tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
    yield tab
    context.close()


def _note(tab: Tab, message: ConsoleMessage) -> None:
    source = message.location.get("url", "")
    if message.type == "error" and not source.endswith(PROBED):
        tab.complaints.append(f"{message.text} ({source})")


def _session_of(session: Session, address: str) -> str:
    person_id = session.scalars(select(col(Person.id)).where(col(Person.email) == address)).one()
    assert person_id is not None
    return sessions.open_session(session, person_id=person_id, user_agent="test", now=clock.now())
