"""The Goals screen: what runs, what came of what is over, setting and changing, and whose goals an address gives away."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

import clock
from data.engine import Database
from data.models import Goal, Person, Team
from domain.goals.entry import GRAINS, goal_days
from domain.periods import containing
from domain.records import GoalPeriod, GoalState
from services import sessions
from tests import builders
from tests.ui.visits import charts, visit
from ui.goals.changes import CHANGE, PAUSE, REMOVE, RESUME

Open = Callable[[Person | None], AppTest]
TODAY = clock.now().date()
MONTH = goal_days(GoalPeriod.MONTHLY, TODAY)


@pytest.fixture
def boss(live_database: Database, team: Team, ada: Person) -> Person:
    del ada
    return live_database.write(lambda session: builders.manager(session, of=team, name="Boss"))


def aimed(database: Database, agent: Person, **fields: object) -> Goal:
    days = {"starts_on": MONTH.start, "ends_on": MONTH.end}
    return database.write(lambda session: builders.goal(session, agent, **days | fields))


def called(database: Database, agent: Person, times: int) -> None:
    database.write(lambda session: [builders.activity(session, agent, at=clock.now()) for _ in range(times)])


def stored(database: Database) -> dict[str, Decimal]:
    pursued = select(Goal).where(Goal.state != GoalState.CANCELLED).order_by(Goal.id)

    def read(session: Session) -> dict[str, Decimal]:
        return {row.metric_key: row.target.normalize() for row in session.scalars(pursued)}

    with database.reading() as session:
        return read(session)


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.caption, *at.info, *at.success, *at.error, *at.header))


def pick(at: AppTest, goal: Goal, choice: str) -> AppTest:
    at.menu_button(key=f"goal-menu-{goal.id}-1").click(choice).run()
    assert not at.exception
    return again(at, goal, choice)


def again(at: AppTest, goal: Goal, choice: str) -> AppTest:
    """AppTest knows no fragment runs: what opens a form is clicked again together with what is filled in."""
    at.menu_button(key=f"goal-menu-{goal.id}-1").click(choice)
    return at


def test_a_running_goal_shows_its_figure_its_bar_and_its_days(app: Open, live_database: Database, ada: Person) -> None:
    aimed(live_database, ada, metric_key="calls", target=4)
    called(live_database, ada, 3)
    at = visit(app, ada, "goals")
    assert "## 3 :small[:gray[of goal 4]]" in words(at)
    assert [text.split(",")[0] for text in charts(at)] == ["75 % there"]
    assert "left" in words(at)


def test_goals_that_are_over_say_what_became_of_them(app: Open, live_database: Database, ada: Person) -> None:
    before = containing(MONTH.start - timedelta(days=1), GRAINS[GoalPeriod.MONTHLY])
    days = {"starts_on": before.start, "ends_on": before.end}
    aimed(live_database, ada, metric_key="calls", target=1, **days)
    aimed(live_database, ada, metric_key="revenue", target=5, **days)
    aimed(live_database, ada, metric_key="satisfaction", target=4, **days)
    live_database.write(
        lambda session: builders.activity(session, ada, at=clock.now().replace(year=before.start.year, month=before.start.month, day=15))
    )
    shown = words(visit(app, ada, "goals"))
    assert "1 of 2 goals reached, 1 could not be measured" in shown
    assert f"on 15 {before.start:%b %Y}" in shown


def test_an_empty_screen_teaches(app: Open, ada: Person) -> None:
    assert "No goals yet" in words(visit(app, ada, "goals"))


def ask(at: AppTest) -> AppTest:
    at.button(key="goals-set").click().run()
    assert not at.exception
    return at


def test_several_goals_are_set_in_one_form(app: Open, live_database: Database, ada: Person) -> None:
    at = ask(visit(app, ada, "goals"))
    key = f"goal-monthly-{MONTH.start}"
    for kind, figure in (("conversions", 15), ("revenue", 15000), ("median_response_time", 2), ("conversion_rate", 20)):
        at.number_input(key=f"{key}-{kind}").set_value(float(figure))
    at.button(key="goals-set").click()
    at.button(key="goals-save").click().run()
    assert not at.exception
    assert stored(live_database) == {
        "conversions": Decimal(15),
        "revenue": Decimal(15000),
        "median_response_time": Decimal(2),
        "conversion_rate": Decimal("0.2"),
    }
    assert "are set" in words(at)


def test_the_form_starts_from_what_is_there_and_from_what_was_before(app: Open, live_database: Database, ada: Person) -> None:
    aimed(live_database, ada, metric_key="revenue", target=Decimal("1234.5"))
    at = ask(visit(app, ada, "goals"))
    field = at.number_input(key=f"goal-monthly-{MONTH.start}-revenue")
    assert (field.value, field.label) == (1234.5, "Revenue (USD)")
    assert "no figure" in at.number_input(key=f"goal-monthly-{MONTH.start}-conversions").placeholder


def test_nothing_named_is_refused_with_what_to_do(app: Open, live_database: Database, ada: Person) -> None:
    at = ask(visit(app, ada, "goals"))
    at.button(key="goals-set").click()
    at.button(key="goals-save").click().run()
    assert "Name at least one figure" in words(at)
    assert stored(live_database) == {}


@pytest.mark.parametrize("params", [{"agent": "foreign"}, {"agent": "999999"}, {"agent": "x"}])
def test_foreign_goals_are_told_like_none(app: Open, live_database: Database, ada: Person, params: dict[str, str]) -> None:
    olga = live_database.write(lambda session: builders.person(session, name="Olga"))
    aimed(live_database, olga, target=77)
    at = visit(app, ada, "goals", agent=str(olga.id) if params["agent"] == "foreign" else params["agent"])
    assert [note.value for note in at.info] == ["There is no such agent among yours."]
    assert "77" not in words(at)
    assert "goals-set" not in {button.key for button in at.button}


def test_a_manager_sets_the_goals_of_the_agent_they_chose(app: Open, live_database: Database, boss: Person, ada: Person) -> None:
    opened = visit(app, boss, "goals", agent=str(ada.id))
    assert "What does each of them want to reach" in words(opened)
    at = ask(opened)
    at.number_input(key=f"goal-monthly-{MONTH.start}-conversions").set_value(9.0)
    at.button(key="goals-set").click()
    at.button(key="goals-save").click().run()
    with live_database.reading() as session:
        (goal,) = session.scalars(select(Goal))
    assert (goal.agent_id, goal.target, goal.created_by) == (ada.id, 9, boss.id)


def test_a_manager_is_told_what_their_figures_leave_out(app: Open, live_database: Database, boss: Person, team: Team) -> None:
    late = live_database.write(lambda session: builders.person(session, name="Late", on=team, since=TODAY))
    aimed(
        live_database,
        late,
        period=GoalPeriod.YEARLY,
        starts_on=TODAY.replace(month=1, day=1),
        ends_on=TODAY.replace(year=TODAY.year + 1, month=1, day=1),
    )
    assert "Counts only the days on a team of yours, so it is not judged here" in words(visit(app, boss, "goals", agent=str(late.id)))
    assert "only the days" not in words(visit(app, late, "goals"))


def test_a_goal_is_changed(app: Open, live_database: Database, ada: Person) -> None:
    goal = aimed(live_database, ada, metric_key="conversion_rate", target=Decimal("0.2"))
    at = pick(visit(app, ada, "goals"), goal, CHANGE)
    field = at.number_input(key=f"goal-change-{goal.id}-1")
    assert (field.value, field.label) == (20.0, "Conversion rate (%)")
    field.set_value(12.5)
    at.button(key="goal-change-save").click().run()
    assert stored(live_database) == {"conversion_rate": Decimal("0.125")}
    assert "the goal is changed" in words(at)
    assert "goal-change-save" not in {button.key for button in at.button}


def test_a_goal_is_taken_back_after_asking(app: Open, live_database: Database, ada: Person) -> None:
    goal = aimed(live_database, ada)
    at = pick(visit(app, ada, "goals"), goal, REMOVE)
    assert set(stored(live_database)) == {"conversions"}
    at.button(key="goal-act").click().run()
    assert stored(live_database) == {}
    assert "No goals yet" in words(at)
    assert [each.label for each in at.expander] == ["Taken back (1)"]


def test_a_goal_is_paused_and_resumed(app: Open, live_database: Database, ada: Person) -> None:
    goal = aimed(live_database, ada, metric_key="calls", target=1000, name="Winter")
    at = visit(app, ada, "goals")
    for choice, shown in ((PAUSE, "Paused"), (RESUME, "the goal runs again")):
        at = pick(at, goal, choice)
        at.button(key="goal-act").click().run()
        assert not at.exception
        assert shown in words(at)
        assert "Winter" in words(at)
    assert "Paused" not in words(at)


def test_a_goal_by_a_deadline_is_set_under_a_name(app: Open, live_database: Database, ada: Person) -> None:
    at = visit(app, ada, "goals")
    at.button(key="goals-set").click().run()
    at.segmented_control(key="goals-period").set_value(GoalPeriod.SPAN)
    at.button(key="goals-set").click().run()
    at.date_input(key="goals-deadline").set_value(TODAY + timedelta(days=40))
    at.text_input(key="goals-name").set_value("By summer")
    at.button(key="goals-set").click().run()
    at.number_input(key=f"goal-span-{TODAY}-By summer-revenue").set_value(50_000.0)
    at.button(key="goals-set").click()
    at.button(key="goals-save").click().run()
    assert not at.exception
    with live_database.reading() as session:
        (goal,) = session.scalars(select(Goal))
    assert (goal.name, goal.starts_on, goal.ends_on, goal.target) == ("By summer", TODAY, TODAY + timedelta(days=41), 50_000)
    assert "By summer" in words(at)


def test_nothing_is_taken_back_once_the_session_ended(app: Open, live_database: Database, ada: Person) -> None:
    goal = aimed(live_database, ada)
    at = pick(visit(app, ada, "goals"), goal, REMOVE)
    live_database.write(lambda session: sessions.end_sessions(session, ada.id or 0, clock.now(), by=ada.id or 0))
    at.button(key="goal-act").click().run()
    assert set(stored(live_database)) == {"conversions"}
    assert not [button for button in at.button if str(button.key).startswith("goal")]


def out_of_reach(database: Database, agent: Person) -> Goal:
    """Half of sixty days is gone with a call a day, and 100 were wanted."""
    database.write(lambda session: [builders.activity(session, agent, at=clock.now() - timedelta(days=back)) for back in range(1, 31)])
    span = {"period": GoalPeriod.SPAN, "starts_on": TODAY - timedelta(days=30), "ends_on": TODAY + timedelta(days=30)}
    return database.write(lambda session: builders.goal(session, agent, metric_key="calls", target=100, **span))


def advice_button(at: AppTest, what: str) -> Button:
    (found,) = (each for each in at.button if (each.key or "").startswith("advice-") and (each.key or "").endswith(what))
    return found


@pytest.mark.parametrize("screen", ["goals", "monthly"])
def test_another_target_is_proposed_and_taken(app: Open, live_database: Database, ada: Person, screen: str) -> None:
    out_of_reach(live_database, ada)
    at = visit(app, ada, screen)
    assert "A goal within reach?" in words(at)
    wanted = advice_button(at, "accept")
    wanted.click().run()
    assert not at.exception
    assert stored(live_database) == {"calls": Decimal(wanted.label.removeprefix("Make it "))}
    assert f"the goal is {wanted.label.removeprefix('Make it ')} now" in words(at)
    assert "within reach?" not in words(at)


def test_a_declined_target_is_proposed_to_nobody_again(app: Open, live_database: Database, ada: Person, boss: Person) -> None:
    out_of_reach(live_database, ada)
    at = visit(app, ada, "goals")
    advice_button(at, "decline").click().run()
    assert stored(live_database) == {"calls": Decimal(100)}
    for each in (ada, boss):
        assert "within reach?" not in words(visit(app, each, "goals", agent=str(ada.id)))
