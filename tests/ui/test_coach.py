"""The coach on the screen: one button until it is opened, rules first, a model only where it may be asked, and words that managers read."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

import clock
from assistant import assistant
from data.engine import Database
from data.models import AiCall, CoachingSession, ContentPost, Organisation, Person, Team
from data.writes import coaching as writes
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.texts.cases.case import VERSION
from domain.coaching.texts.evaluation import Evaluated, Score
from domain.records import Role
from services.ai_prompts import Purpose
from settings import settings
from tests import builders
from tests.fakes.text_model import KEY, TextService
from tests.fakes.worlds import text_service
from tests.ui.visits import Open, visit
from ui import phrased

__all__ = ["text_service"]

TODAY = clock.now().date()


@pytest.fixture
def team(live_database: Database) -> Team:
    live_database.write(lambda session: builders.organisation(session, uses_ai=True))
    return live_database.write(builders.team)


@pytest.fixture
def ada(live_database: Database, team: Team) -> Person:
    made: Person = live_database.write(lambda session: builders.person(session, name="Ada Lovelace", on=team))
    fields = {"on": TODAY, "kind": MustDoKind.NEW_LEAD, "title": "Contact Zelda Quill", "minutes": 5}
    live_database.write(lambda session: builders.must_do(session, made, **fields))
    return made


@pytest.fixture
def key(live_database: Database, text_service: TextService, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A model that answers is set up."""
    del live_database

    def set_up() -> None:
        for name, value in (("KEY", KEY), ("URL", f"{text_service.url}/v1"), ("MODEL", "ok")):
            monkeypatch.setenv(f"PACESETTER_AI_{name}", value)
        settings.cache_clear()
        assistant.cache_clear()

    return set_up


def evaluated(database: Database, *, usable: int) -> None:
    score = Score(cases=12, usable=usable, sound=12, rules_sound=12)
    found = Evaluated(score=score, model="ok", prompt_version="v1", at=clock.now())
    database.write(lambda session: writes.keep_evaluation(session, Purpose.DAY_PLAN, VERSION, found, None))


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.caption)).replace("\\", "")


def opened(app: Open, person: Person) -> AppTest:
    at = visit(app, person, "daily")
    at.button(key="coach-day_plan").click().run()
    assert not at.exception
    return at


def asks(at: AppTest) -> list[str]:
    return [each.label for each in at.button if each.label == phrased.LABEL]


def sessions(database: Database) -> list[tuple[str, bool | None]]:
    with database.reading() as session:
        return [(row.model, row.is_useful) for row in session.scalars(select(CoachingSession).order_by(CoachingSession.id))]


def test_nothing_is_said_or_asked_before_the_coach_is_opened(
    app: Open, live_database: Database, ada: Person, key: Callable[[], None], text_service: TextService
) -> None:
    key()
    at = visit(app, ada, "daily")
    assert (sessions(live_database), text_service.requests, "Was this useful?" in words(at)) == ([], [], False)
    at = opened(app, ada)
    assert ("First, contact a new lead (5 minutes)" in words(at), phrased.BY_RULES in words(at), asks(at)) == (True, True, [])
    assert sessions(live_database) == [("", None)]


def test_a_model_that_did_as_well_as_the_rules_says_it_when_asked_and_only_then(
    app: Open, live_database: Database, ada: Person, key: Callable[[], None], text_service: TextService
) -> None:
    key()
    evaluated(live_database, usable=3)
    assert asks(opened(app, ada)) == []
    evaluated(live_database, usable=12)
    at = opened(app, ada)
    assert (asks(at), text_service.requests) == ([phrased.LABEL], [])
    at.button(key="coach-day_plan").click()
    next(each for each in at.button if each.label == phrased.LABEL).click().run()
    assert not at.exception
    assert ("The facts say: 5 minutes; contact a new lead." in words(at), phrased.BY_AI in words(at)) == (True, True)
    sent = text_service.requests[0].body.decode()
    assert [name for name in ("Zelda", "Quill", "Ada", "Lovelace") if name in sent] == []
    assert sessions(live_database) == [("", None), ("ok", None)]
    with live_database.reading() as session:
        assert [call.purpose for call in session.scalars(select(AiCall))] == ["day_plan"]
    assert asks(opened(app, ada)) == []


def test_managers_read_what_was_said_and_ask_nothing(
    app: Open, live_database: Database, team: Team, ada: Person, key: Callable[[], None]
) -> None:
    del key
    opened(app, ada)
    boss = live_database.write(lambda session: builders.manager(session, of=team))
    at = visit(app, boss, "daily", agent=str(ada.id))
    assert [each.key for each in at.button if (each.key or "").startswith("coach-")] == ["coach-said"]
    at.button(key="coach-said").click().run()
    assert not at.exception
    assert "First, contact a new lead (5 minutes)" in words(at)


def test_a_draft_fills_the_text_of_a_suggested_post_and_posts_nothing(app: Open, live_database: Database, ada: Person) -> None:
    live_database.write(lambda session: [builders.deal(session, ada, stage="Offer") for _ in range(3)])
    at = visit(app, ada, "weekly")
    plan = next(button for button in at.button if (button.key or "").startswith("content-plan-"))
    plan.click().run()
    at.button(key=plan.key).click()
    next(each for each in at.button if each.label == "Draft the text").click().run()
    assert not at.exception
    body = next(each for each in at.text_area if each.label.startswith("Text"))
    assert (body.value.splitlines()[0], "3" in body.value) == ("Where are you with Offer? This is what happens there.", False)
    assert (phrased.BY_RULES in words(at), sessions(live_database)) == (True, [("", None)])
    with live_database.reading() as session:
        assert session.scalars(select(ContentPost)).all() == []


def test_an_admin_evaluates_a_kind_and_sees_how_it_did(
    app: Open, live_database: Database, team: Team, key: Callable[[], None], text_service: TextService
) -> None:
    del team
    key()
    boss = live_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x"))
    at = visit(app, boss, "settings")
    assert words(at).count("Not evaluated") == 5  # four of the coach, and reviews of deals
    at.button(key="ai-evaluate-energy").click().run()
    assert not at.exception
    assert ("Rules say it" in words(at), "7 of 7 answers usable" in words(at), words(at).count("Not evaluated")) == (False, True, 4)
    assert len(text_service.requests) == 7
    with live_database.reading() as session:
        assert session.get_one(Organisation, 1).uses_ai
