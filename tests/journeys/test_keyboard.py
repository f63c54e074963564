"""Everything to sign in and get to a screen is reachable without a mouse."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlmodel import col

import clock
from data import demo
from data.models import Channel
from domain.records import Role
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser
MOST_TABS = 12
"""More presses of Tab than this before the first field of a screen are a wall."""
MOST_OF_A_SCREEN = 40
FOCUSED = """() => {
    const element = document.activeElement;
    const named = element.closest("label") ?? element;
    const words = (part) => named.querySelector(part)?.innerText.trim();
    const name = words("strong") ?? element.getAttribute("aria-label") ?? words("p") ?? named.innerText;
    const shows = (style) => (style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none";
    return [name, [element, ...named.querySelectorAll("*")].some((each) => shows(getComputedStyle(each)))];
}"""
"""What the focused element is called, and whether an outline or a ring shows that it has the focus."""


def test_somebody_signs_in_and_out_with_the_keyboard_alone(demo_app: LiveApp, page: Page) -> None:
    agent = next(each for each in demo.sign_ins() if each.role is Role.AGENT)
    page.goto(f"{demo_app.url}/leaderboard")
    page.get_by_label("E-mail").wait_for()

    _tab_to(page, "E-mail")
    page.keyboard.type(agent.email)
    _tab_to(page, "Password")
    page.keyboard.type(demo.DEMO_PASSWORD)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Leaderboard", level=1)).to_be_visible()
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("E-mail")).to_be_visible()


def test_somebody_adds_a_channel_with_the_keyboard_alone(live_app: LiveApp, page: Page) -> None:
    """The way out of the address leads over its eye; what was typed must survive that."""
    sign_in(page, live_app, live_app.person(name="Ada Agent"), at="/account")
    page.get_by_role("button", name="Add a channel").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()

    _tab_to(page, "By")
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="Phone, e-mail, Discord, Teams").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("Address", exact=True).wait_for()
    _tab_to(page, "Address")
    page.keyboard.type("ntfys://a-secret-topic")
    _tab_to(page, "Name")
    page.keyboard.type("My phone")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("My phone is added.")).to_be_visible()
    with live_app.database.reading() as session:
        assert list(session.scalars(select(col(Channel.label)))) == ["My phone"]


def test_the_day_is_worked_with_the_keyboard_alone_and_the_focus_is_seen(live_app: LiveApp, page: Page) -> None:
    """From the title on: a *why*, a must-do ticked, a call logged; at every stop something shows where one is."""
    agent = live_app.person(name="Ada Agent", on=live_app.database.write(builders.team))
    today = clock.now().date()
    live_app.database.write(lambda session: builders.must_do(session, agent, on=today, title="Call Lena back"))
    sign_in(page, live_app, agent, at="/daily")
    page.locator('[class*="st-key-log-call"]').get_by_role("button").wait_for()
    page.get_by_test_id("stMain").focus()

    _tab_to(page, "Help", is_watched=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("tooltip")).to_be_visible()
    _tab_to(page, "Call Lena back", is_watched=True)
    page.keyboard.press("Space")
    expect(page.get_by_text("The plan of today is done.")).to_be_visible()
    _tab_to(page, "Call", most=MOST_OF_A_SCREEN, is_watched=True)
    page.keyboard.press("Enter")

    calls = page.locator('[class*="st-key-card-score-calls"]')
    expect(calls.get_by_role("heading", name="1")).to_be_visible()


def _tab_to(page: Page, label: str, *, most: int = MOST_TABS, is_watched: bool = False) -> None:
    """Press Tab until what is called so has the focus, as somebody without a mouse does.

    Watched, every stop on the way must show itself; a field in which one writes does so by its border and the cursor.
    """
    for _ in range(most):
        page.keyboard.press("Tab")
        name, is_seen = page.evaluate(FOCUSED)
        assert is_seen or not is_watched, f"nothing shows that the focus is on “{name}”"
        if name == label:
            return
    pytest.fail(f"“{label}” is not reached with {most} tabs")
