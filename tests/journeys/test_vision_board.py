"""The vision board in a browser: a card dragged by keyboard alone stays where it was put."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from data.models import VisionCard
from domain.coaching.vision import CardState
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp
from tests.journeys.screens import settle
from tests.waiting import until

pytestmark = pytest.mark.browser
BOARD = 'iframe[title*="sortable"]'


def test_a_card_is_moved_by_keyboard_and_stays(live_app: LiveApp, page: Page) -> None:
    agent = live_app.person(name="Ada Agent", on=live_app.database.write(builders.team))
    today = clock.now().date()
    live_app.database.write(lambda session: builders.vision_card(session, agent, on=today, title="Call Bob", minutes=30))
    sign_in(page, live_app, agent, at="/weekly")
    settle(page)
    board = page.frame_locator(BOARD)
    expect(board.get_by_text("To do · 30 min")).to_be_visible()
    board.get_by_text("Call Bob").focus()
    for key in ("Space", "ArrowRight", "Space"):
        page.keyboard.press(key)
        page.wait_for_timeout(300)
    until(lambda: live_app.database.write(_states) == [CardState.DOING], within=30)
    settle(page)
    expect(page.locator(BOARD)).to_have_count(1)
    expect(board.get_by_text("Doing · 30 min")).to_be_visible()
    page.reload()
    expect(page.frame_locator(BOARD).get_by_text("Doing · 30 min")).to_be_visible()


def _states(session: Session) -> list[CardState]:
    return list(session.scalars(select(col(VisionCard.state))))
