"""What a screen has read is not read again while nothing of it can have changed; what somebody does themselves counts at once."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

import clock
from data.changes import ANYTHING, Change
from data.engine import Database
from data.models import Person
from services.freshness import HEARD
from tests import builders
from tests.ui.visits import Open, metrics, visit

LEADS = "Leads handled"


@pytest.fixture
def listening() -> Iterator[None]:
    """As in the web process, which hears of every change; here the test says what it hears."""
    HEARD.tell(ANYTHING)
    yield
    HEARD.lose()


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.person(session, name="Ada", time_zone="UTC"))


def a_lead_comes(database: Database, agent: Person) -> None:
    database.write(lambda session: builders.lead(session, agent, on=clock.now().date()))


@pytest.mark.usefixtures("listening")
def test_a_figure_is_read_again_when_something_of_the_agent_was_heard(app: Open, ada: Person, live_database: Database) -> None:
    a_lead_comes(live_database, ada)
    at = visit(app, ada, "monthly")
    a_lead_comes(live_database, ada)
    assert metrics(at.run())[LEADS] == "1"
    HEARD.tell(Change(table="lead", agent_ids=frozenset({ada.id or 0})))
    assert metrics(at.run())[LEADS] == "2"


@pytest.mark.usefixtures("listening")
def test_nothing_is_older_than_five_minutes(app: Open, ada: Person, live_database: Database) -> None:
    a_lead_comes(live_database, ada)
    at = visit(app, ada, "monthly")
    a_lead_comes(live_database, ada)
    with time_machine.travel(clock.now() + timedelta(seconds=301)):
        assert metrics(at.run())[LEADS] == "2"


def test_nothing_is_kept_while_changes_are_not_heard(app: Open, ada: Person, live_database: Database) -> None:
    a_lead_comes(live_database, ada)
    at = visit(app, ada, "monthly")
    a_lead_comes(live_database, ada)
    assert metrics(at.run())[LEADS] == "2"


@pytest.mark.usefixtures("listening")
def test_what_somebody_does_on_the_screen_drops_what_was_kept(app: Open, ada: Person, live_database: Database) -> None:
    a_lead_comes(live_database, ada)
    at = visit(app, ada, "daily")
    a_lead_comes(live_database, ada)
    assert metrics(at.run())[LEADS] == "1"
    next(each for each in at.button if each.label == "Call").click().run()
    assert metrics(at)[LEADS] == "2"


@pytest.mark.usefixtures("listening")
def test_what_one_person_has_read_is_not_shown_to_the_next_on_the_same_screen(app: Open, ada: Person, live_database: Database) -> None:
    a_lead_comes(live_database, ada)
    grace = live_database.write(lambda session: builders.person(session, name="Grace", time_zone="UTC"))
    at = visit(app, ada, "monthly")
    assert metrics(at)[LEADS] == "1"
    app(grace)
    assert LEADS not in metrics(at.run())
