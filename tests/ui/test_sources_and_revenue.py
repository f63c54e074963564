"""Where leads come from, revenue and rolling response time on Weekly and Monthly: words, empty states, and nothing of strangers."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team
from domain.metrics.measures import Mean, Ratio
from domain.metrics.rolling import RollingPoint
from domain.metrics.sources import SourceRow
from domain.records import DealStatus
from services.source_sheets import name_of
from tests import builders
from tests.ui.visits import Open, charts, visit
from ui.lead_sources import likely_words, row_words
from ui.rolling_response import rolling_text

TODAY = clock.now().date()


@pytest.fixture
def agent(live_database: Database, team: Team) -> Person:
    """A lead from a fair, answered within the hour and converted, and one sale today."""

    def made(session: Session) -> Person:
        agent = builders.person(session, name="Ada Agent", on=team)
        contact = {"contacted_on": TODAY, "response_seconds": 3600, "converted_on": TODAY}
        lead = builders.lead(session, agent, on=TODAY, source="Fair *2026*", **contact)
        builders.deal(session, agent, status=DealStatus.WON, closed_on=TODAY, amount_minor=770_000, lead_id=lead.id)
        return agent

    return live_database.write(made)


def told(app: Open, person: Person, page: str = "monthly", **params: str) -> str:
    """Everything said on the screen and its parts on leads and revenue, in words and by its charts."""
    return " ".join(_said(visit(app, person, page, part=part, **params)) for part in ("Leads", "Revenue"))


def _said(at: AppTest) -> str:
    return " ".join([*charts(at), *(str(element.value) for element in (*at.markdown, *at.caption))])


@pytest.mark.parametrize("page", ["weekly", "monthly"])
def test_an_agent_and_their_manager_see_sources_revenue_and_waits(
    app: Open, live_database: Database, team: Team, agent: Person, page: str
) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=team))
    for person in (agent, manager):
        said = told(app, person, page)
        assert "Leads by source. Fair *2026*: 1 lead · 1 converted · $7,700 sold." in said
        assert "with **\\$7,700**" in said
        assert "1.0 h over 7 days (1 lead), 1.0 h over 28 days (1 lead)." in said


def test_the_address_chooses_days_weeks_or_months(app: Open, live_database: Database, agent: Person) -> None:
    month_ago = TODAY.replace(day=1) - timedelta(days=1)
    live_database.write(lambda session: builders.deal(session, agent, status=DealStatus.WON, closed_on=month_ago, amount_minor=990_000))
    assert f"Revenue over time: from {month_ago:%b %Y} $9,900, to {TODAY:%b %Y} $7,700" in told(app, agent, revenue_by="Monthly")
    assert "highest" in told(app, agent, revenue_by="Weekly")
    assert f"highest {TODAY.day} {TODAY:%b} $7,700" in told(app, agent, revenue_by="nonsense")


def test_a_stranger_sees_nothing_of_it(app: Open, live_database: Database, agent: Person) -> None:
    def others(session: Session) -> tuple[Person, Person]:
        south = builders.team(session, name="South")
        colleague = builders.person(session, on=south)
        builders.lead(session, colleague, on=TODAY)
        return colleague, builders.manager(session, of=south)

    for person in live_database.write(others):
        said = told(app, person, agents=str(agent.id))
        assert "Fair" not in said
        assert "7,700" not in said


def test_nothing_yet_teaches_what_would_be_there(app: Open, live_database: Database, team: Team) -> None:
    idle = live_database.write(lambda session: builders.person(session, on=team))
    live_database.write(lambda session: builders.activity(session, idle, at=clock.now()))
    said = told(app, idle)
    assert "A lead's source is set on its page or by import." in said
    assert "The first call or message to a new lead stops its clock." in said
    assert "Nothing was sold in these days." in said


def row(source: str | None, converted: int, leads: int, *, sales: int = 0, revenue_minor: int = 0) -> SourceRow:
    return SourceRow(source=source, conversion=Ratio(converted, leads), sales=sales, revenue_minor=revenue_minor)


def test_few_leads_have_a_number_and_many_a_rate() -> None:
    assert row_words(row("Fair", 2, 6), "USD") == "6 leads · 2 converted"
    assert row_words(row("Fair", 25, 50, sales=3, revenue_minor=540_000), "USD") == "50 leads · 50 % converted · $5,400 sold"
    assert row_words(row(None, 0, 0, sales=2, revenue_minor=990_000), "USD") == "$9,900 from 2 sales"
    assert (likely_words(row("Fair", 25, 50)), likely_words(row("Fair", 0, 0))) == ("41–59 %", "–")
    assert [name_of(row(source, 0, 1)) for source in ("Fair", "", None)] == ["Fair", "Source unknown", "Sold without a lead"]


def test_a_window_without_first_contacts_says_so() -> None:
    point = RollingPoint(day=date(2026, 3, 10), week=Mean(0, 0, 3600), four_weeks=Mean(7200, 2, 3600))
    assert rolling_text([point]) == "Up to 10 Mar 2026: no first contact in 7 days, 1.0 h over 28 days (2 leads)."
