"""Signing in and out in a real browser."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.conftest import LiveApp, sign_in

pytestmark = pytest.mark.browser


def test_a_deep_link_survives_sign_in_and_the_cookie_is_out_of_reach_of_scripts(
    live_app: LiveApp, page: Page, context: BrowserContext
) -> None:
    agent = live_app.person(name="Ada Agent")
    sign_in(page, live_app, agent, at="/account?x=1")
    assert page.url == f"{live_app.url}/account?x=1"
    held = {cookie["name"]: cookie for cookie in context.cookies() if cookie["name"].startswith("pacesetter")}
    assert [(cookie["httpOnly"], cookie["sameSite"], cookie["path"]) for cookie in held.values()] == [(True, "Strict", "/")] * 2
    assert "pacesetter" not in page.evaluate("document.cookie")


def test_signing_out_ends_the_session_on_the_server_too(live_app: LiveApp, page: Page, context: BrowserContext) -> None:
    sign_in(page, live_app, live_app.person(), at="/account")
    stolen = [cookie for cookie in context.cookies() if cookie["httpOnly"]]
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    context.add_cookies(stolen)
    page.goto(f"{live_app.url}/account")
    expect(page.get_by_label("E-mail")).to_be_visible()


def test_a_page_of_another_role_does_not_exist(live_app: LiveApp, page: Page) -> None:
    sign_in(page, live_app, live_app.person(), at="/account")
    page.goto(f"{live_app.url}/people")
    expect(page.get_by_role("dialog").get_by_text("Page not found")).to_be_visible()
