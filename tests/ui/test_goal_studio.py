"""Planning a goal on the screen: from a figure to three plans, other assumptions, a suggestion taken, and the goal set."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Goal, GoalAdvice, GoalChance, Person
from domain.goals.entry import goal_days
from domain.records import ActivityType, GoalPeriod, Profile
from tests import builders
from tests.ui.visits import charts, visit

Open = Callable[[Person | None], AppTest]
TODAY = clock.now().date()
MONTH = goal_days(GoalPeriod.MONTHLY, TODAY)


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    team = live_database.write(lambda session: builders.team(session, profile=Profile.REAL_ESTATE))
    made: Person = live_database.write(lambda session: builders.person(session, name="Ada", on=team))
    return made


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.caption, *at.error, *at.success))


def opened(app: Open, person: Person, **params: str) -> AppTest:
    at = visit(app, person, "goals", **params)
    at.toggle(key="plan").set_value(True).run()
    assert not at.exception
    return at


def asked(at: AppTest, person: Person, figure: float, kind: str = "revenue") -> AppTest:
    at.number_input(key=f"plan-{person.id}-{kind}-monthly-{MONTH.start}-figure").set_value(figure).run()
    assert not at.exception
    return at


def test_fifty_thousand_this_month_becomes_plans_cost_and_a_verdict(app: Open, live_database: Database, ada: Person) -> None:
    at = asked(opened(app, ada), ada, 50_000.0)
    shown = words(at)
    for told in ("Coin flip", "Safe", "Stretch", "calls**", "appointments booked**", "in your hands", "about", "ROI", "Is it worth it?"):
        assert told in shown
    assert any("The chance grows with what is done" in text for text in charts(at))
    at.button(key="plan-save").click().run()
    assert not at.exception
    with live_database.reading() as session:
        (goal,) = session.scalars(select(Goal))
    assert (goal.agent_id, goal.metric_key, goal.target, goal.analysis["plan"]["still_to_reach"]) == (ada.id, "revenue", 50_000, 5_000_000)
    assert "the goal is set" in words(at)


def test_steps_that_are_hardly_recorded_are_named(app: Open, live_database: Database, ada: Person) -> None:
    for kind in (ActivityType.CALL, ActivityType.SHOWING):
        live_database.write(lambda session, kind=kind: builders.activity(session, ada, type=kind, at=clock.now()))
    shown = words(asked(opened(app, ada), ada, 50_000.0))
    assert "Conversations, Appointments booked, Appointments held" in shown


def test_a_number_of_ones_own_changes_the_verdict(app: Open, ada: Person) -> None:
    at = asked(opened(app, ada), ada, 50_000.0)
    key = f"plan-{ada.id}-revenue-monthly-{MONTH.start}-said"
    at.number_input(key=f"{key}-hourly").set_value(90_000.0).run()
    assert "Not worth it as it stands" in words(at)
    assert [each.label for each in at.expander if "rests on" in each.label] == ["What this rests on (1 number of yours)"]
    at.number_input(key=f"{key}-margin").set_value(700.0).run()
    assert "name a number from 0 up to 1" in words(at)


def test_a_suggestion_is_taken_and_may_be_changed(app: Open, live_database: Database, ada: Person) -> None:
    for back in range(1, 7):
        week = TODAY - timedelta(days=7 * back)
        live_database.write(lambda session, week=week: builders.activity(session, ada, at=clock.now() - (TODAY - week)))
    at = opened(app, ada)
    at.selectbox(key="plan-kind").select("calls")
    at.segmented_control(key="plan-period").set_value(GoalPeriod.WEEKLY).run()
    week = goal_days(GoalPeriod.WEEKLY, TODAY).start
    at.button(key=f"plan-{ada.id}-calls-weekly-{week}-attainable").click().run()
    assert at.number_input(key=f"plan-{ada.id}-calls-weekly-{week}-figure").value == 1
    assert "You reached this in all of the last" in words(at)
    at.button(key=f"plan-{ada.id}-calls-weekly-{week}-elite-decline").click().run()
    assert f"plan-{ada.id}-calls-weekly-{week}-elite" not in {each.key for each in at.button}
    at.button(key="plan-save").click().run()
    with live_database.reading() as session:
        told = [(each.kind, each.decision) for each in session.scalars(select(GoalAdvice).order_by(GoalAdvice.id))]
    assert told == [("elite", "declined"), ("attainable", "accepted")]


def test_nobody_plans_for_a_foreign_agent(app: Open, live_database: Database, ada: Person) -> None:
    olga = live_database.write(lambda session: builders.person(session, name="Olga"))
    at = visit(app, ada, "goals", agent=str(olga.id), plan="true")
    assert [note.value for note in at.info] == ["There is no such agent among yours."]
    assert "plan-kind" not in {each.key for each in at.selectbox}


def test_a_running_goal_tells_its_chance_and_how_it_went(app: Open, live_database: Database, ada: Person) -> None:
    days = {"starts_on": MONTH.start, "ends_on": MONTH.end}
    goal = live_database.write(lambda session: builders.goal(session, ada, metric_key="calls", target=4, **days))
    for back, chance in ((2, 0.25), (1, 0.5)):
        row = GoalChance(goal_id=goal.id, day=TODAY - timedelta(days=back), chance=chance, value=0)
        live_database.write(lambda session, row=row: session.add(row))
    at = visit(app, ada, "goals")
    assert "chance to reach it" in words(at)
    assert "Chance at the end of each day, from 25 % to 50 %." in charts(at)
