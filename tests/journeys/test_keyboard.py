"""Everything to sign in and get to a screen is reachable without a mouse."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlmodel import col

from data import demo
from data.models import Channel
from domain.records import Role
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser
MOST_TABS = 12
"""More presses of Tab than this before the first field of a screen are a wall."""


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


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until the field of this label has the focus, as somebody without a mouse does."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    pytest.fail(f"“{label}” is not reached with {MOST_TABS} tabs")
