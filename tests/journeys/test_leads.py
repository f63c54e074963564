"""The Leads screen in a browser: a click inside the clock, which is drawn by itself, changes the list around it."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

import clock
from data.models import Person
from domain.records import LeadStatus
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import LiveApp
from tests.journeys.screens import settle

pytestmark = pytest.mark.browser


def leads(session: Session, agent: Person) -> None:
    at = clock.now() - timedelta(hours=2)
    builders.lead(session, agent, on=at.date(), assigned_at=at, name="Grace")
    builders.lead(session, agent, on=at.date(), name="Alan", status=LeadStatus.CONTACTED)


def test_a_click_lists_those_who_wait(live_app: LiveApp, page: Page) -> None:
    agent = live_app.person(name="Ada Agent")
    live_app.database.write(lambda session: leads(session, agent))
    sign_in(page, live_app, agent, at="/leads")
    expect(page.get_by_text("2 leads, last added first")).to_be_visible()
    settle(page)

    page.get_by_role("button", name="Show them").click()
    expect(page.get_by_text("1 lead, longest wait first")).to_be_visible()
    expect(page.get_by_role("button", name="Show them")).to_have_count(0)
