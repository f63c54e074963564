"""The Heatmap counts calls by local weekday and hour, in a chart, in words and in a table, and opens an hour."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Person
from domain.records import DealStatus, Outcome, Role
from tests import builders
from tests.ui.visits import Open, charts, visit

MARCH = {"period": "custom", "from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def house(live_database: Database) -> SimpleNamespace:
    """On Tuesday 10 March Ana called twice at noon and once at one; Eve, on another team, at two."""

    def build(session: Session) -> SimpleNamespace:
        team, other = builders.team(session), builders.team(session)
        ana, eve = builders.person(session, on=team, name="Ana"), builders.person(session, on=other, name="Eve")
        builders.activity(session, ana, subject="First", outcome=Outcome.CONNECTED)
        builders.activity(session, ana, subject="Second", outcome=Outcome.NO_ANSWER, at=builders.NOON + timedelta(minutes=5))
        builders.activity(session, ana, at=builders.NOON + timedelta(hours=1))
        builders.activity(session, eve, at=builders.NOON + timedelta(hours=2))
        return SimpleNamespace(ana=ana, eve=eve, manager=builders.manager(session, of=team))

    return live_database.write(build)


@pytest.fixture
def boss(house: SimpleNamespace, live_database: Database) -> Person:
    """An administrator, who sees both teams of the house."""
    assert house
    return live_database.write(lambda session: builders.person(session, role=Role.ADMIN))


def test_the_week_is_told_in_words(app: Open, house: SimpleNamespace) -> None:
    assert charts(visit(app, house.manager, "heatmap", **MARCH)) == [
        "3 calls by weekday and hour; most on Tue 12:00–13:00 (2).",
        "3 calls of 1 agent by hour of the day; most: Ana, 12:00–13:00 (2).",
    ]


def test_the_same_numbers_stand_in_a_table(app: Open, house: SimpleNamespace) -> None:
    table = visit(app, house.manager, "heatmap", **MARCH).dataframe[0].value
    assert table[["when", "calls", "conversations"]].to_numpy().tolist() == [["Tue 12:00–13:00", 2, 1], ["Tue 13:00–14:00", 1, 0]]
    assert table["rate"].isna().all()


def test_an_hour_opens_its_calls(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.manager, "heatmap", **MARCH)
    at.session_state["week"] = {"selection": {"hour": [{"weekday": 2, "hour": 12}]}}
    at.run()
    assert [title.value for title in at.header][1] == "Tue 12:00–13:00: 2 calls"
    assert list(at.dataframe[1].value["subject"]) == ["Second", "First"]


@pytest.mark.parametrize("sent", [[{"weekday": 9, "hour": 12}], [{"weekday": "2"}], ["x"], 7, {"hour": None}])
def test_a_click_that_is_no_hour_opens_nothing(app: Open, house: SimpleNamespace, sent: object) -> None:
    at = visit(app, house.manager, "heatmap", **MARCH)
    at.session_state["week"] = {"selection": {"hour": sent}}
    assert not at.run().exception
    assert [title.value for title in at.header] == ["Calls by weekday and hour", "Everybody side by side"]


def test_an_agent_sees_their_own_calls_whatever_the_address_says(app: Open, house: SimpleNamespace) -> None:
    at = visit(app, house.eve, "heatmap", **MARCH, agents=str(house.ana.id))
    assert charts(at) == ["1 call by weekday and hour; most on Tue 14:00–15:00 (1)."]


def test_deals_alone_are_said_to_be_nothing_of_this_kind_and_no_button_leads_back_here(app: Open, live_database: Database) -> None:
    def build(session: Session) -> SimpleNamespace:
        team = builders.team(session)
        agent = builders.person(session, on=team)
        builders.deal(session, agent, status=DealStatus.WON, closed_on=builders.TUESDAY, created_on=builders.TUESDAY)
        return SimpleNamespace(manager=builders.manager(session, of=team))

    at = visit(app, live_database.write(build).manager, "heatmap", **MARCH)
    assert "Nothing of this kind" in [title.value for title in at.header]
    keys = {button.key for button in at.button}
    assert "show-all-data" in keys
    assert not keys & {"jump-to-data", "clear-filters"}


def test_everybody_stands_side_by_side_by_hour_of_one_day_or_by_weekday(app: Open, boss: Person) -> None:
    words = "4 calls of 2 agents by hour of the day; most: Ana, 12:00–13:00 (2)."
    assert charts(visit(app, boss, "heatmap", **MARCH))[1] == words
    by_day = visit(app, boss, "heatmap", **MARCH, across="Day of the week")
    assert charts(by_day)[1] == "4 calls of 2 agents by day of the week; most: Ana, Tue (3)."
    on_wednesday = visit(app, boss, "heatmap", **MARCH, on="Wed")
    assert len(charts(on_wednesday)) == 1
    assert any("Nobody called on this day" in each.value for each in on_wednesday.markdown)


def weeks(at: AppTest) -> list[str]:
    """The links to the week of one agent."""
    return [link.proto.label for link in at.get("page_link") if link.proto.label.endswith(": the week")]


def test_an_agents_cell_leads_to_their_week(app: Open, house: SimpleNamespace, boss: Person) -> None:
    at = visit(app, boss, "heatmap", **MARCH)
    at.session_state["agents-hours"] = {"selection": {"hour": [{"agent": house.eve.id}]}}
    at.run()
    assert weeks(at) == ["Eve: the week"]


@pytest.mark.parametrize("sent", [[{"agent": 999_999}], ["x"], 7, {"agent": None}])
def test_a_click_on_nobody_leads_nowhere(app: Open, boss: Person, sent: object) -> None:
    at = visit(app, boss, "heatmap", **MARCH)
    at.session_state["agents-hours"] = {"selection": {"hour": sent}}
    assert not at.run().exception
    assert weeks(at) == []
