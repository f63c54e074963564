"""An agent logs a call and sees the day move."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlmodel import col

from data.models import Activity
from domain.records import ActivityType
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp

pytestmark = pytest.mark.browser


def test_one_tap_logs_a_call_and_the_scoreboard_and_the_day_show_it(live_app: LiveApp, page: Page) -> None:
    team = live_app.database.write(builders.team)
    agent = live_app.person(name="Ada Agent", on=team)
    sign_in(page, live_app, agent, at="/daily")
    calls = page.locator('[class*="st-key-card-score-calls"]')
    expect(calls.get_by_role("heading", name="0")).to_be_visible()

    page.locator('[class*="st-key-log-call"]').get_by_role("button").click()

    expect(calls.get_by_role("heading", name="1")).to_be_visible()
    with live_app.database.reading() as session:
        logged = session.scalars(select(Activity).where(col(Activity.agent_id) == agent.id)).one()
    assert (logged.type, logged.origin) == (ActivityType.CALL, "app")
    page.get_by_role("button", name="Undo").click()
    expect(calls.get_by_role("heading", name="0")).to_be_visible()
