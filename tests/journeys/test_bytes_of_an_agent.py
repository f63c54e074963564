"""All bytes an agent receives from screens and API: their own numbers, and nothing that names or measures a colleague."""

import struct
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import Page
from sqlalchemy.orm import Session

import clock
from data.models import Person
from domain.money import to_minor
from domain.records import DealStatus, LeadStatus, Role
from services import passwords
from tests import builders
from tests.journeys.conftest import sign_in
from tests.journeys.live import PASSWORD, LiveApp
from tests.journeys.screens import Tab, keys_of

pytestmark = pytest.mark.browser
COLLEAGUES = ("Zephyrine", "Quillon", "Ottoline", "Fjodor", "Xanthippe")
FIRST_ID = 1_918_273_645
"""Ids that no count, port or moment looks like."""
AMOUNTS = (7_348_219, 7_348_327, 7_348_439, 7_348_561, 7_348_673)
"""What each colleague sold, in whole money."""
OWN_AMOUNT = 5_291_377
ANALYTICS = ("kpis", "funnel", "lead-sources", "revenue-trends", "activities", "activity-performance", "insights")
ANSWERS = ("goals", *(f"analytics/{name}" for name in ANALYTICS))
"""What the API tells an agent of themselves."""


def test_nothing_an_agent_receives_names_or_measures_a_colleague(live_app: LiveApp, page: Page) -> None:
    received: list[bytes] = []
    page.on("websocket", lambda opened: opened.on("framereceived", lambda sent: received.append(_bytes(sent))))
    sign_in(page, live_app, live_app.database.write(_team_of_six))
    tab = Tab(page, live_app.url)

    for key in keys_of(Role.AGENT):
        tab.open(key)
    answers = [page.request.get(f"{live_app.url}/api/v1/agents/me/{part}") for part in ANSWERS]
    told = b"".join([*received, *(answer.body() for answer in answers)])

    assert [answer.status for answer in answers] == [200] * len(ANSWERS)
    assert b"Ada Agent" in told
    assert any(form in told for form in _forms(OWN_AMOUNT)), "the agent's own figure arrives, so a colleague's would be found"
    foreign = {name: (name.encode(),) for name in COLLEAGUES} | {str(amount): _forms(amount) for amount in AMOUNTS}
    foreign |= {str(FIRST_ID + n): _id_forms(FIRST_ID + n) for n in range(len(COLLEAGUES))}
    assert [name for name, forms in foreign.items() if any(form in told for form in forms)] == []


def _bytes(sent: str | bytes) -> bytes:
    return sent.encode() if isinstance(sent, str) else sent


def _forms(amount: int) -> tuple[bytes, ...]:
    """The amount as text, with and without separators and as cents, and as the numbers a chart's table is made of."""
    minor = to_minor(Decimal(amount), "USD")
    texts = (f"{amount}", f"{amount:,}", f"{minor}")
    return (*(text.encode() for text in texts), struct.pack("<d", amount), struct.pack("<d", minor), struct.pack("<q", minor))


def _id_forms(number: int) -> tuple[bytes, ...]:
    return (str(number).encode(), struct.pack("<q", number), struct.pack("<d", number))


def _team_of_six(session: Session) -> Person:
    """Everybody has enough leads to be ranked, and won one deal this month."""
    team = builders.team(session, name="Northern")
    today = clock.now().date()
    me = builders.person(session, on=team, name="Ada Agent", email="ada@example.com", password_hash=passwords.hashed(PASSWORD))
    _work(session, me, today, OWN_AMOUNT, converted=9)
    for n, (name, amount) in enumerate(zip(COLLEAGUES, AMOUNTS, strict=True)):
        colleague = builders.person(session, on=team, id=FIRST_ID + n, name=f"{name} Colleague", email=f"{name.lower()}@example.com")
        _work(session, colleague, today, amount, converted=4 + 3 * n)
    return me


def _work(session: Session, agent: Person, today: date, amount: int, *, converted: int) -> None:
    for n in range(25):
        on = today - timedelta(days=n % 3)
        reached = {"converted_on": today, "interested_on": today, "satisfaction": 3 + n % 3, "rated_on": today} if n < converted else {}
        status = LeadStatus.CONVERTED if n < converted else LeadStatus.CONTACTED
        builders.lead(session, agent, on=on, status=status, contacted_on=today, response_seconds=600 + 60 * n, source="Referral", **reached)
    minor = to_minor(Decimal(amount), "USD")
    builders.deal(session, agent, status=DealStatus.WON, closed_on=today, amount_minor=minor, name=f"Sale of {agent.id}")
