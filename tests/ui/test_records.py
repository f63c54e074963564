"""The Records screen: the number, its definition, and exactly the facts behind it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from data.engine import Database
from data.models import Person
from domain.records import DealStatus, Outcome
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.ui.visits import opened

Open = Callable[[Person | None], AppTest]
MARCH = {"period": "custom", "from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def agent(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.person(session, name="Ada Agent"))


def open_records(app: Open, person: Person, **params: str) -> AppTest:
    return opened(app(person), "records", **(MARCH | params))


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.subheader, *at.info, *at.warning))


def test_a_number_shows_its_definition_and_its_facts(app: Open, live_database: Database, agent: Person) -> None:
    live_database.write(lambda session: builders.activity(session, agent, outcome=Outcome.CONNECTED, subject="Reached"))
    live_database.write(lambda session: builders.activity(session, agent, outcome=Outcome.BUSY, subject="Missed"))
    at = open_records(app, agent, metric="conversations")
    assert not at.exception
    assert at.metric[0].value == "1"
    assert "In how many calls was somebody spoken to?" in words(at)
    assert list(at.dataframe[0].value["about"]) == ["Reached"]


def test_a_share_says_which_facts_count(app: Open, live_database: Database, agent: Person) -> None:
    for status in (DealStatus.WON, DealStatus.LOST):
        live_database.write(
            lambda session, status=status: builders.deal(session, agent, name=status.value, status=status, closed_on=TUESDAY)
        )
    table = open_records(app, agent, metric="win_rate").dataframe[0].value
    assert dict(zip(table["name"], table["counts"], strict=True)) == {"won": "✓ yes", "lost": "no"}


def test_older_records_follow_on_the_next_page(app: Open, live_database: Database, agent: Person) -> None:
    live_database.write(lambda session: [builders.activity(session, agent, at=NOON - timedelta(minutes=number)) for number in range(53)])
    at = open_records(app, agent, metric="calls")
    assert len(at.dataframe[0].value) == 50
    at.button(key="records-older").click().run()
    assert len(at.dataframe[0].value) == 3
    at.button(key="records-newest").click().run()
    assert len(at.dataframe[0].value) == 50


def test_an_index_is_opened_by_its_parts(app: Open, live_database: Database, agent: Person) -> None:
    live_database.write(lambda session: builders.activity(session, agent))
    at = open_records(app, agent, metric="performance_index")
    assert "Calls: 1 × 1 point = **1**" in words(at)


def test_an_hour_of_the_week_can_be_left_again(app: Open, live_database: Database, agent: Person) -> None:
    for hour in (10, 12):
        live_database.write(lambda session, hour=hour: builders.activity(session, agent, at=NOON.replace(hour=hour)))
    at = open_records(app, agent, metric="calls", weekday="2", hour="12")
    assert at.metric[0].value == "1"
    at.button(key="chip-hour").click().run()
    assert at.metric[0].value == "2"


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"metric": "cals"}, "Did you mean"),
        ({"metric": "calls", "page": "x"}, "Start again"),
        ({"metric": "calls", "hour": "99"}, "hour of the week"),
    ],
)
def test_an_address_that_cannot_be_read_is_explained(app: Open, agent: Person, params: dict[str, str], said: str) -> None:
    at = open_records(app, agent, **params)
    assert not at.exception
    assert said in words(at)


def test_a_foreign_agent_in_the_address_shows_nothing_of_them(app: Open, live_database: Database, agent: Person) -> None:
    stranger = live_database.write(lambda session: builders.person(session, name="Olga Stranger"))
    live_database.write(lambda session: builders.activity(session, stranger, subject="Secret visit"))
    at = open_records(app, agent, metric="calls", agents=str(stranger.id))
    assert not at.exception
    assert "Secret" not in str(at)
    assert "Olga" not in str(at)
    assert at.metric[0].value == "0"


def test_where_nothing_counts_the_way_to_the_days_that_have_something_is_one_click(
    app: Open, live_database: Database, agent: Person
) -> None:
    live_database.write(lambda session: builders.activity(session, agent))
    at = opened(app(agent), "records", period="custom", **{"from": "2026-05-01", "to": "2026-05-31"})
    assert at.metric[0].value == "0"
    assert not [button for button in at.button if button.key == "clear-filters"]
    at.button(key="jump-to-data").click().run()
    assert at.metric[0].value == "1"


def test_the_filters_are_blamed_only_where_there_are_some(app: Open, live_database: Database, agent: Person) -> None:
    live_database.write(lambda session: builders.activity(session, agent))
    at = open_records(app, agent, metric="activities", category="solar")
    assert "Filters for people, teams or categories" in words(at)
    at.button(key="clear-filters").click().run()
    assert at.metric[0].value == "1"
