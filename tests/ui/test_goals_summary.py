"""The running goals in a few lines on the screens of the day and the month."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person
from domain.goals.entry import GOAL_TYPES, goal_days
from domain.records import GoalPeriod
from tests import builders
from tests.ui.visits import visit

Open = Callable[[Person | None], AppTest]
MONTH = goal_days(GoalPeriod.MONTHLY, clock.now().date())


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    made: Person = live_database.write(lambda session: builders.person(session, name="Ada", on=builders.team(session)))
    live_database.write(lambda session: builders.activity(session, made, at=clock.now()))
    return made


def aimed(database: Database, agent: Person, *kinds: str, target: float = 4) -> None:
    days = {"starts_on": MONTH.start, "ends_on": MONTH.end}
    database.write(lambda session: [builders.goal(session, agent, metric_key=kind, target=target, **days) for kind in kinds])


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in at.markdown)


def links(at: AppTest) -> list[str]:
    return [link.proto.label for link in at.get("page_link")]


@pytest.mark.parametrize("screen", ["daily", "monthly"])
def test_a_running_goal_is_on_the_screen_with_the_way_to_all(app: Open, live_database: Database, ada: Person, screen: str) -> None:
    aimed(live_database, ada, "calls")
    at = visit(app, ada, screen)
    assert "1 of goal 4" in words(at)
    assert "All goals" in links(at)


def test_without_a_goal_it_teaches(app: Open, ada: Person) -> None:
    at = visit(app, ada, "daily")
    assert "No goal is running" in words(at)
    assert "Set a goal" in links(at)


def test_more_than_a_few_are_counted(app: Open, live_database: Database, ada: Person) -> None:
    aimed(live_database, ada, *GOAL_TYPES[:6])
    assert "All goals, 2 more running" in links(visit(app, ada, "daily"))


def test_nobody_sees_a_colleagues_goals_on_the_own_day(app: Open, live_database: Database, ada: Person) -> None:
    olga = live_database.write(lambda session: builders.person(session, name="Olga"))
    aimed(live_database, olga, "calls", target=977)
    assert "977" not in str(visit(app, ada, "daily"))
