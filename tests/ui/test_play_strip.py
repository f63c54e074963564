"""The playful line of Daily: the own points, streak and energy; of others only today's points."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team
from services import energy
from services.access import viewer
from tests import builders
from tests.ui.visits import opened

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def team(live_database: Database) -> Team:
    live_database.write(lambda session: builders.organisation(session, country=builders.NO_HOLIDAYS))
    return live_database.write(lambda session: builders.team(session, name="North"))


@pytest.fixture
def agent(live_database: Database, team: Team) -> Person:
    everyday = list(range(1, 8))
    return live_database.write(lambda session: builders.person(session, name="Ada Agent", on=team, working_days=everyday))


def daily(app: Open, person: Person, **params: str) -> AppTest:
    return opened(app(person), "daily", **params)


def line(at: AppTest, sign: str) -> str:
    return next((each.value for each in at.markdown if sign in each.value), "")


def test_one_tap_brings_points_and_keeps_the_day(app: Open, agent: Person) -> None:
    at = daily(app, agent)
    assert "**0** points today" in line(at, "stars")
    assert "Today is still open" in line(at, "local_fire_department")
    at.button(key="log-call").click().run()
    assert not at.exception
    assert "**2** points today :small[:gray[Level of play 1, 998 points to the next]]" in line(at, "stars")
    assert "**1** day in a row :small[:gray[Today is kept · this month 1 of" in line(at, "local_fire_department")
    assert "2 freezes left" in line(at, "local_fire_department")


def test_energy_is_one_tap_and_can_be_deleted(app: Open, live_database: Database, agent: Person) -> None:
    at = daily(app, agent)
    at.button_group(key="energy-choice").set_value(4).run()

    def told() -> int | None:
        with live_database.reading() as session:
            return energy.energy_of(session, viewer(session, agent.id), clock.now()).now

    assert told() == 4
    assert "Too early for a pattern: 1 check-in so far" in " ".join(each.value for each in at.caption)
    at.button(key="energy-forget").click().run()
    assert told() is None


def test_a_manager_sees_todays_points_and_nothing_that_is_private(app: Open, live_database: Database, agent: Person, team: Team) -> None:
    boss = live_database.write(lambda session: builders.manager(session, of=team))
    live_database.write(lambda session: energy.check_in(session, viewer(session, agent.id), 2, clock.now()))
    live_database.write(lambda session: builders.activity(session, agent, at=clock.now()))
    at = daily(app, boss, agent=str(agent.id))
    assert line(at, "stars") == ":material/stars: **2** points today"
    assert line(at, "local_fire_department") == ""
    assert [each.key for each in at.button_group if each.key == "energy-choice"] == []
