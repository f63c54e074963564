"""The demo company's screens, opened in a browser as one of its people, and what there is to see on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from data import demo
from data.models import Person
from domain.records import Role
from services import sessions
from settings import Settings
from tests.journeys.conftest import LiveApp
from ui.pages import pages_for

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PROBED = ("/_stcore/health", "/_stcore/host-config")
"""Behind a deep link Streamlit's page first looks for its server below that address, and the browser reports the 404."""
HEADING = '[data-testid="stMainBlockContainer"] h1'
SETTLED = '[data-testid="stApp"][data-test-script-state="notRunning"]'
STILL_LOADING = '[data-testid="stSkeleton"]'
WIDER_THAN_THE_WINDOW = """() => {
    const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const shown = [document.documentElement, ...document.querySelectorAll('[data-testid="stMain"]')];
    return shown.some((element) => element.scrollWidth > element.clientWidth + 1 && (element === shown[0] || scrolls(element)));
}"""


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
        self.page.locator(SETTLED).wait_for()
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


@contextmanager
def tab_of(role: Role, app: LiveApp, browser: Browser, *, scheme: str = "light") -> Iterator[Tab]:
    """A browser in which the demo company's agent, manager or admin is signed in."""
    address = next(each.email for each in demo.sign_ins() if each.role is role)
    token = app.database.write(lambda session: _session_of(session, address))
    cookie = Settings(port=urlsplit(app.url).port or 0).cookie_name
    context = browser.new_context(viewport=DESK, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    context.set_default_timeout(30_000)
    context.add_cookies([{"name": cookie, "value": token, "url": app.url, "httpOnly": True, "sameSite": "Strict"}])
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
