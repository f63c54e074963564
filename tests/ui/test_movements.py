"""What moved, as Monthly shows it."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Person
from domain.records import DealStatus
from tests import builders
from tests.ui.visits import Open, visit


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption)).replace("\\", "")


def _ada(session: Session) -> Person:
    builders.organisation(session, country=builders.NO_HOLIDAYS)
    ada: Person = builders.person(session, on=builders.team(session), name="Ada")
    for month, calls, sales in ((1, 10, 1), (2, 10, 3)):
        for number in range(calls):
            builders.activity(session, ada, at=datetime(2026, month, 2, 12, tzinfo=UTC) + timedelta(days=number))
        for number in range(sales):
            builders.deal(session, ada, status=DealStatus.WON, closed_on=date(2026, month, 5 + number), amount_minor=100_000)
    return ada


def test_the_change_of_the_sales_is_shown_in_parts_with_how_sure_they_are(app: Open, live_database: Database) -> None:
    at = visit(app, live_database.write(_ada), "monthly", month="2026-02", part="What moved")
    assert "goes with sales per call (+$2,000; too early)" in words(at)
    shown = next(each.value for each in at.dataframe if "Moved?" in each.value)
    assert dict(zip(shown["Part"], shown["Moved?"], strict=True))["Sales per call"] == "too early"
    assert "They do not say why it moved" in words(at)
    assert "Too early for trends." in words(at)


def test_without_sales_it_says_what_will_stand_there(app: Open, live_database: Database) -> None:
    def quiet(session: Session) -> Person:
        builders.organisation(session)
        agent: Person = builders.person(session, on=builders.team(session))
        builders.activity(session, agent)
        return agent

    at = visit(app, live_database.write(quiet), "monthly", month="2026-03", part="What moved")
    assert "No change to explain yet." in words(at)
