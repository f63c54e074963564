"""The API's own documentation in a real browser: complete, from here only, and it can be tried."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, expect

import clock
from data.models import Person
from domain.records import Role
from services import sessions
from settings import Settings
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser
MOST_TURNS = 60
"""Of the wheel, from the top of the page to its end."""


@pytest.fixture
def signed_in(live_app: LiveApp, context: BrowserContext) -> Callable[[Person], Page]:
    def open_as(person: Person) -> Page:
        token = live_app.database.write(
            lambda session: sessions.open_session(session, person_id=person.id, user_agent="test", now=clock.now())
        )
        cookie = Settings(port=urlsplit(live_app.url).port or 0).cookie_name
        context.add_cookies([{"name": cookie, "value": token, "url": live_app.url, "httpOnly": True, "sameSite": "Strict"}])
        return context.new_page()

    return open_as


def scrolled_to(page: Page, path: str) -> Locator:
    """An operation; the page draws those that come into view only."""
    operation = page.locator(".opblock", has=page.locator(f'.opblock-summary-path[data-path="{path}"]'))
    page.mouse.move(600, 500)
    for _ in range(MOST_TURNS):
        if operation.count():
            break
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(100)
    return operation


def test_the_documentation_loads_from_here_only_and_can_be_tried(live_app: LiveApp, signed_in: Callable[[Person], Page]) -> None:
    page = signed_in(live_app.person(name="Nora", role=Role.AGENT))
    complaints: list[str] = []
    asked: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    def ask(request: Request) -> None:
        asked.append(request.url)

    page.on("console", complain)
    page.on("request", ask)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_app.url}/api/docs")
    expect(page.get_by_role("heading", name="Pacesetter")).to_be_visible()
    expect(page.locator('.opblock-summary-path[data-path="/v1/activities/batch"]')).to_be_visible()
    me = scrolled_to(page, "/v1/me")
    me.locator(".opblock-summary-control").click()
    me.get_by_role("button", name="Try it out").click()
    me.get_by_role("button", name="Execute").click()
    expect(me.locator(".live-responses-table tr.response .response-col_status").first).to_contain_text("200")
    expect(me.locator(".live-responses-table")).to_contain_text("Nora")
    assert complaints == []
    assert [url for url in asked if not url.startswith((live_app.url, "data:", "blob:"))] == []


def test_strangers_get_no_documentation(live_app: LiveApp, page: Page) -> None:
    answer = page.goto(f"{live_app.url}/api/docs")
    assert answer is not None
    assert answer.status == 401
