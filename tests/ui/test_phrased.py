"""An analysis in words on the screen: the rules' at once, a model's for who asks where that is allowed, kept and not paid twice."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from assistant import assistant
from data.engine import Database
from data.models import AiCall, Goal, Organisation, Person
from domain.goals.entry import goal_days
from domain.records import GoalPeriod, Profile, Role
from settings import settings
from tests import builders
from tests.fakes.text_model import KEY, TextService
from tests.fakes.worlds import text_service
from tests.ui.visits import visit
from ui import phrased
from ui.goals import analysis

__all__ = ["text_service"]

Open = Callable[[Person | None], AppTest]
MONTH = goal_days(GoalPeriod.MONTHLY, clock.now().date())


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    team = live_database.write(lambda session: builders.team(session, profile=Profile.REAL_ESTATE))
    made: Person = live_database.write(lambda session: builders.person(session, name="Ada Lovelace", on=team))
    return made


@pytest.fixture
def key(live_database: Database, text_service: TextService, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets the key, with the model that behaves so."""
    del live_database

    def set_up(model: str) -> None:
        for name, value in (("KEY", KEY), ("URL", f"{text_service.url}/v1"), ("MODEL", model)):
            monkeypatch.setenv(f"PACESETTER_AI_{name}", value)
        settings.cache_clear()
        assistant.cache_clear()

    return set_up


def allow(database: Database) -> None:
    database.write(lambda session: setattr(session.get_one(Organisation, 1), "uses_ai", True))


def planned(app: Open, person: Person, figure: float = 50_000.0) -> AppTest:
    at = visit(app, person, "goals", plan="true")
    at.number_input(key=f"plan-{person.id}-revenue-monthly-{MONTH.start}-figure").set_value(figure).run()
    assert not at.exception
    return at


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.caption, *at.error, *at.success, *at.warning, *at.info))


def asks(at: AppTest) -> list[str]:
    return [each.label for each in at.button if each.label == phrased.LABEL]


def press(at: AppTest) -> AppTest:
    next(each for each in at.button if each.label == phrased.LABEL).click().run()
    assert not at.exception
    return at


def what_it_takes(at: AppTest, goal: Goal) -> AppTest:
    at.menu_button(key=f"goal-menu-{goal.id}-1").click(analysis.TITLE).run()
    assert not at.exception
    return at


def test_without_a_key_or_a_switch_the_rules_speak_and_no_button_is_there(
    app: Open, live_database: Database, ada: Person, key: Callable[[str], None]
) -> None:
    at = planned(app, ada)
    assert (asks(at), phrased.BY_RULES in words(at), "you reach \\$50,000" in words(at)) == ([], True, True)
    key("ok")
    assert asks(at.run()) == []
    allow(live_database)
    assert asks(at.run()) == [phrased.LABEL]


def test_the_models_words_are_marked_and_saved_with_the_goal_and_asked_for_once(
    app: Open, live_database: Database, ada: Person, key: Callable[[str], None], text_service: TextService
) -> None:
    key("ok")
    allow(live_database)
    at = press(planned(app, ada))
    assert ("The facts say" in words(at), phrased.BY_AI in words(at), phrased.BY_RULES in words(at), asks(at)) == (True, True, False, [])
    assert "Lovelace" not in text_service.requests[0].body.decode()
    at.button(key="plan-save").click().run()
    with live_database.reading() as session:
        (goal,) = session.scalars(select(Goal))
    assert goal.analysis is not None
    assert goal.analysis["plan"]["words"]["sentences"][0].startswith("The facts say: ")
    at = what_it_takes(visit(app, ada, "goals"), goal)
    assert ("The facts say" in words(at), phrased.BY_AI in words(at), asks(at)) == (True, True, [])
    assert len(text_service.requests) == 1


def test_words_asked_for_later_are_kept_with_the_goal_too(
    app: Open, live_database: Database, ada: Person, key: Callable[[str], None]
) -> None:
    at = planned(app, ada)
    at.button(key="plan-save").click().run()
    key("ok")
    allow(live_database)
    with live_database.reading() as session:
        (goal,) = session.scalars(select(Goal))
    at = what_it_takes(visit(app, ada, "goals"), goal)
    assert phrased.BY_RULES in words(at)
    at.menu_button(key=f"goal-menu-{goal.id}-1").click(analysis.TITLE)
    at = press(at)
    assert phrased.BY_AI in words(at)
    with live_database.reading() as session:
        assert [call.agent_id for call in session.scalars(select(AiCall))] == [ada.id]
        assert "words" in session.get_one(Goal, goal.id).analysis["plan"]


def test_a_model_that_fails_leaves_the_rules_words_with_a_sentence(
    app: Open, live_database: Database, ada: Person, key: Callable[[str], None]
) -> None:
    key("500")
    allow(live_database)
    at = press(planned(app, ada))
    assert (phrased.FAILED in words(at), "you reach \\$50,000" in words(at), phrased.BY_AI in words(at)) == (True, True, False)
    assert KEY not in words(at)


def test_an_admin_tries_it_switches_it_on_and_sees_its_use(app: Open, live_database: Database, key: Callable[[str], None]) -> None:
    live_database.write(builders.organisation)
    boss = live_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x"))
    at = visit(app, boss, "settings")
    assert ("No key is set" in words(at), at.toggle(key="ai_on").disabled) == (True, True)
    key("ok")
    at = visit(app, boss, "settings")
    at.button(key="ai_trial").click().run()
    assert "It answers: The facts say: 7 calls" in words(at).replace("\\", "")
    at.toggle(key="ai_on").set_value(True).run()
    assert not at.exception
    with live_database.reading() as session:
        assert session.get_one(Organisation, 1).uses_ai
    assert ("Figures may go" in words(at), "1 answered" in words(at), KEY in words(at)) == (True, True, False)
