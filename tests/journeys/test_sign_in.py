"""Signing in and out in a real browser."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

import clock
from domain.records import Role
from services import access, people
from tests.journeys.conftest import LiveApp, sign_in, sign_out_button

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
    sign_out_button(page).click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    context.add_cookies(stolen)
    page.goto(f"{live_app.url}/account")
    expect(page.get_by_label("E-mail")).to_be_visible()


def test_a_page_of_another_role_does_not_exist(live_app: LiveApp, page: Page) -> None:
    sign_in(page, live_app, live_app.person(), at="/account")
    page.goto(f"{live_app.url}/people")
    expect(page.get_by_role("heading", name="Not a page of yours")).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("stSidebarNav").get_by_text("People")).to_have_count(0)
    page.get_by_role("link", name="Go on to Daily").click()
    expect(page).to_have_url(f"{live_app.url}/daily")


def test_a_cold_server_opened_at_a_deep_link_shows_a_stranger_nothing(live_app: LiveApp, page: Page) -> None:
    live_app.person(name="Ada Agent")
    page.goto(f"{live_app.url}/people")
    expect(page.get_by_label("E-mail")).to_be_visible()
    expect(page.get_by_text("Ada Agent")).to_have_count(0)
    expect(page.get_by_role("button", name="Invite somebody")).to_have_count(0)


def test_a_deactivated_persons_open_screen_ends_with_their_next_click_or_before(live_app: LiveApp, page: Page) -> None:
    agent, admin = live_app.person(name="Ada Agent"), live_app.person(role=Role.ADMIN)
    sign_in(page, live_app, agent, at="/account")
    live_app.database.write(lambda session: people.deactivate(session, access.viewer(session, admin.id), agent.id, clock.now()))
    ended = page.get_by_text("Your session has ended")
    page.get_by_role("link", name="Your account").or_(ended).first.click()
    expect(ended).to_be_visible()
    expect(page.get_by_text("Ada Agent")).to_have_count(0)


def test_the_first_comer_sets_the_company_up_and_is_in(live_app: LiveApp, page: Page) -> None:
    page.goto(live_app.url)
    for label, value in {"Company": "Bravo", "Your name": "Ada", "Your e-mail": "ada@example.com"}.items():
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Password", exact=True).fill("a long good password")
    page.get_by_label("Password again").fill("a long good password")
    page.get_by_role("button", name="Set up Pacesetter").click()
    expect(sign_out_button(page)).to_be_visible()
    page.goto(f"{live_app.url}/people")
    expect(page.get_by_role("button", name="Invite somebody")).to_be_visible()


def test_an_invited_person_replaces_the_password_they_were_given(live_app: LiveApp, page: Page, browser: Browser) -> None:
    sign_in(page, live_app, live_app.person(role=Role.ADMIN), at="/people")
    page.get_by_role("button", name="Invite somebody").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Grace")
    dialog.get_by_label("E-mail").fill("grace@example.com")
    dialog.get_by_role("button", name="Create and show password").click()
    password = page.get_by_test_id("stCode").inner_text().strip()

    graces = browser.new_context()
    tab = graces.new_page()
    tab.goto(f"{live_app.url}/account")
    tab.get_by_label("E-mail").fill("grace@example.com")
    tab.get_by_label("Password", exact=True).fill(password)
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_label("New password", exact=True).fill("my very own words")
    tab.get_by_label("New password again").fill("my very own words")
    tab.get_by_role("button", name="Save and go on").click()
    expect(tab.get_by_role("heading", name="Your account")).to_be_visible()
    graces.close()
