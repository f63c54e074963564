"""An open screen hears of something to celebrate: words that are announced, confetti once, and none for who wants less motion."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlmodel import col

import clock
from data.models import Celebration
from domain.coaching.celebration import Rung
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser


def test_an_open_screen_celebrates_once_and_calmly_where_that_is_asked(live_app: LiveApp, page: Page) -> None:
    agent = live_app.person(name="Ada Agent", on=live_app.database.write(builders.team))
    sign_in(page, live_app, agent, at="/daily")
    button = page.locator('[class*="st-key-log-call"]').get_by_role("button")
    button.focus()

    live_app.database.write(lambda session: builders.celebration(session, agent, created_at=clock.now()))

    page.locator("body > canvas[aria-hidden]").wait_for(state="attached")
    expect(page.locator("p[role=status]")).to_have_text("High five! Five today (call).")
    expect(button).to_be_focused()
    with live_app.database.reading() as session:
        assert session.scalar(select(func.count()).where(col(Celebration.seen_at).is_(None))) == 0
    expect(page.locator("body > canvas")).to_have_count(0)

    page.emulate_media(reduced_motion="reduce")
    best = {"rung": Rung.TEAM_RECORD, "reason": "The team's largest sale in 30 days.", "created_at": clock.now()}
    live_app.database.write(lambda session: builders.celebration(session, agent, **best))
    expect(page.locator("p[role=status]")).to_have_text("Team record! The team's largest sale in 30 days.")
    assert page.locator("body > canvas").count() == 0
