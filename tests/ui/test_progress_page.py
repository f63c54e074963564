"""The Progress screen: level and why, what the next one asks, moving with the facts, training, the ladder, and foreign agents."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, TrainingCompletion, TrainingModule
from domain.records import DealStatus, ModuleKind, Role, Skill
from services import assessments
from tests import builders
from tests.ui.visits import as_typed, visit

Open = Callable[[Person | None], AppTest]
TODAY = clock.now().date()


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    team = live_database.write(lambda session: builders.team(session, name="North"))
    ada = live_database.write(lambda session: builders.person(session, name="Ada", on=team))
    live_database.write(lambda session: builders.manager(session, of=team, name="Boss", id=900))
    return ada


@pytest.fixture
def boss(live_database: Database, ada: Person) -> Person:
    del ada
    with live_database.reading() as session:
        return session.get_one(Person, 900)


def sold(database: Database, agent: Person, times: int) -> None:
    fields = {"status": DealStatus.WON, "closed_on": TODAY - timedelta(days=20), "amount_minor": 1000}
    database.write(lambda session: [builders.deal(session, agent, **fields) for _ in range(times)])


def words(at: AppTest) -> str:
    said = " ".join(str(each.value) for each in (*at.markdown, *at.caption, *at.info, *at.success, *at.error, *at.header))
    return as_typed(said.replace("\\", ""))


def test_the_level_follows_the_sales_and_says_why(app: Open, live_database: Database, ada: Person) -> None:
    sold(live_database, ada, 6)
    shown = words(visit(app, ada, "progress"))
    assert "## Developing" in shown
    assert "6 sales in the last twelve months; Developing is 5 to 19." in shown
    assert "What Consistent performer asks" in shown
    assert "Calls a week: 0 of 60" in shown


def test_a_recorded_call_moves_the_figure_with_no_further_step(app: Open, live_database: Database, ada: Person) -> None:
    assert "Calls a week: 0 of 40" in words(visit(app, ada, "progress"))
    live_database.write(lambda session: [builders.activity(session, ada, at=clock.now()) for _ in range(8)])
    shown = words(visit(app, ada, "progress"))
    assert "Calls a week: 0 of 40" not in shown
    assert "Calls a week: 2" in shown


def test_a_plan_says_what_to_do_and_why(app: Open, ada: Person) -> None:
    shown = words(visit(app, ada, "progress"))
    assert "40 calls this week, as Developing asks." in shown
    assert "5 more sales within twelve months for Developing." in shown
    assert "Too early to tell how long the next level takes" in shown


def test_a_module_is_marked_as_done_by_the_agent_alone(app: Open, live_database: Database, ada: Person, boss: Person) -> None:
    module = live_database.write(lambda session: builders.training_module(session, title="First sentences", body="Read **this**."))
    at = visit(app, ada, "progress")
    assert "First sentences (15 min)" in words(at)
    at.button(key=f"module-done-{module.id}").click().run()
    assert "Done on" in words(at)
    with live_database.reading() as session:
        assert [row.person_id for row in session.scalars(select(TrainingCompletion))] == [ada.id]
    at = visit(app, boss, "progress", agent=str(ada.id))
    assert "Done on" in words(at)
    assert not [button for button in at.button if button.key and button.key.startswith(("module-done", "module-undo", "module-edit"))]


def test_an_admin_writes_a_module_on_the_screen(app: Open, live_database: Database, ada: Person) -> None:
    del ada
    admin = live_database.write(lambda session: builders.person(session, role=Role.ADMIN))
    at = visit(app, admin, "progress")
    at.button(key="module-add").click().run()
    at.text_input(key="module-form-new-title").set_value("Quick answers")
    at.selectbox(key="module-form-new-skill").set_value(Skill.SPEED)
    at.text_area(key="module-form-new-body").set_value("Answer first, write later.")
    at.button(key="module-add").click()
    at.button(key="module-form-new-save").click().run()
    assert not at.exception
    with live_database.reading() as session:
        (row,) = session.scalars(select(TrainingModule))
    assert (row.title, row.skill, row.kind, row.created_by) == ("Quick answers", Skill.SPEED, ModuleKind.MARKDOWN, admin.id)


def test_a_manager_sees_the_ladder_of_their_team(app: Open, live_database: Database, ada: Person, boss: Person) -> None:
    sold(live_database, ada, 6)
    assert "Nobody is assessed yet" in words(visit(app, boss, "progress"))
    live_database.write(lambda session: assessments.assess_everybody(session, clock.now()))
    at = visit(app, boss, "progress")
    (frame,) = at.dataframe
    assert frame.value.iloc[0].tolist()[:2] == ["Ada", "Developing"]
    assert "History" in words(at)


def test_an_agent_has_no_ladder_and_no_form(app: Open, ada: Person) -> None:
    at = visit(app, ada, "progress")
    assert "The ladder" not in words(at)
    assert "module-add" not in {button.key for button in at.button}


@pytest.mark.parametrize("asked", ["foreign", "999999", "x"])
def test_a_foreign_agents_level_is_told_like_none(app: Open, live_database: Database, ada: Person, asked: str) -> None:
    olga = live_database.write(lambda session: builders.person(session, name="Olga"))
    sold(live_database, olga, 30)
    at = visit(app, ada, "progress", agent=str(olga.id) if asked == "foreign" else asked)
    assert [note.value for note in at.info] == ["There is no such agent among yours."]
    assert "Consistent" not in words(at)
