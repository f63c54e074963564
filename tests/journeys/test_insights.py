"""What stands out, in a browser: it follows the facts, is put aside by keyboard, and its bytes name and measure no colleague."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.models import Lead, Person, Team
from domain.coaching.insights.spans import lately
from domain.records import LeadStatus
from services import passwords
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import PASSWORD, LiveApp
from tests.journeys.screens import settle

pytestmark = pytest.mark.browser
COLLEAGUES = ("Zephyrine", "Quillon", "Ottoline", "Fjodor", "Xanthippe", "Wilhelmina")
SECONDS = (1_234_513, 1_234_523, 1_234_547, 1_234_549, 1_234_561, 1_234_567)
"""How long the leads of each colleague waited: figures long enough that no id or moment looks like one."""


def card(page: Page) -> Locator:
    return page.locator(".st-key-card-insights")


def waiting(session: Session, agent: Person) -> None:
    at = clock.now() - timedelta(days=3)
    builders.lead(session, agent, on=at.date(), assigned_at=at, name="Grace")


def test_a_lead_that_waits_is_told_at_once_and_put_aside_by_keyboard(live_app: LiveApp, page: Page) -> None:
    agent = live_app.person(name="Ada Agent")
    sign_in(page, live_app, agent, at="/daily")
    expect(card(page).get_by_text("Nothing stands out right now.")).to_be_visible()
    settle(page)

    live_app.database.write(lambda session: waiting(session, agent))
    expect(card(page).get_by_text("1 new lead has waited 3 days for a first contact.")).to_be_visible()

    aside = card(page).get_by_role("button", name="Put aside")
    aside.focus()
    page.keyboard.press("Enter")
    expect(card(page).get_by_text("Nothing else stands out right now.")).to_be_visible()
    card(page).get_by_text("1 put aside").click()
    card(page).get_by_role("button", name="Bring back").click()
    expect(card(page).get_by_text("1 new lead has waited 3 days for a first contact.").first).to_be_visible()

    live_app.database.write(_contacted)
    expect(card(page).get_by_text("Nothing stands out right now.")).to_be_visible()


def _contacted(session: Session) -> None:
    lead = session.scalars(select(Lead)).one()
    lead.status, lead.contacted_at, lead.contacted_on = LeadStatus.CONTACTED, clock.now(), clock.now().date()


def test_the_teams_response_time_arrives_without_anybody_in_it(live_app: LiveApp, page: Page) -> None:
    received: list[bytes] = []
    page.on("websocket", lambda opened: opened.on("framereceived", lambda sent: received.append(_bytes(sent))))
    me = live_app.database.write(_team_of_seven)
    sign_in(page, live_app, me, at="/daily")
    expect(card(page).get_by_text("those of the others in the team about 16.0 days (72 leads)")).to_be_visible()
    settle(page)

    told = b"".join(received)
    foreign = [
        *(name.encode() for name in COLLEAGUES),
        *(form for seconds in SECONDS for form in (f"{seconds}".encode(), f"{seconds:,}".encode())),
    ]
    assert [each for each in foreign if each in told] == []


def _bytes(sent: str | bytes) -> bytes:
    return sent.encode() if isinstance(sent, str) else sent


def _team_of_seven(session: Session) -> Person:
    team = builders.team(session)
    me = builders.person(session, on=team, name="Ada Agent", password_hash=passwords.hashed(PASSWORD))
    _answered(session, me, 9 * 3600, 20)
    for name, seconds in zip(COLLEAGUES, SECONDS, strict=True):
        _answered(session, _colleague(session, team, name), seconds, 12)
    return me


def _colleague(session: Session, team: Team, name: str) -> Person:
    made: Person = builders.person(session, on=team, name=f"{name} Colleague")
    return made


def _answered(session: Session, agent: Person, seconds: int, leads: int) -> None:
    on = lately(clock.now().date()).start
    for _ in range(leads):
        builders.lead(session, agent, on=on, contacted_on=on, response_seconds=seconds, status=LeadStatus.CONTACTED)
