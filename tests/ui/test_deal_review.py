"""A language model writes the review on a deal's page: only where it may be asked, only when somebody asks, and marked as its own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

import clock
from assistant import assistant
from data.engine import Database
from data.models import Deal, Person
from data.writes import coaching as writes
from domain.coaching.texts.evaluation import Evaluated, Score
from domain.deals.review_cases.case import VERSION
from domain.records import Role
from services.ai_prompts import Purpose
from settings import settings
from tests import builders
from tests.fakes.text_model import KEY, TextService
from tests.fakes.worlds import text_service
from tests.ui.visits import Open, visit

__all__ = ["text_service"]

ASK = "deal-review-ask"


@pytest.fixture
def ada(live_database: Database) -> Person:
    live_database.write(lambda session: builders.organisation(session, uses_ai=True))
    made: Person = live_database.write(lambda session: builders.person(session, name="Ada Lovelace"))
    return made


@pytest.fixture
def deal(live_database: Database, ada: Person) -> Deal:
    now = clock.now()
    old = {"created_on": now.date() - timedelta(days=40), "last_activity_at": now - timedelta(days=16, hours=1)}
    made: Deal = live_database.write(lambda session: builders.deal(session, ada, name="Roof of Grace Hopper", stage="Offer", **old))
    return made


@pytest.fixture
def set_up(live_database: Database, text_service: TextService, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sets up a model of this name that passed the evaluation."""

    def with_model(name: str) -> None:
        for part, value in (("KEY", KEY), ("URL", f"{text_service.url}/v1"), ("MODEL", name)):
            monkeypatch.setenv(f"PACESETTER_AI_{part}", value)
        settings.cache_clear()
        assistant.cache_clear()
        score = Score(cases=13, usable=13, sound=13, rules_sound=13)
        found = Evaluated(score=score, model=name, prompt_version="v1", at=clock.now())
        live_database.write(lambda session: writes.keep_evaluation(session, Purpose.DEAL_REVIEW, VERSION, found, None))

    return with_model


def words(at: AppTest) -> str:
    return " ".join(str(each.value) for each in (*at.markdown, *at.caption)).replace("\\", "")


def offered(at: AppTest) -> bool:
    return any(each.key == ASK for each in at.button)


def test_without_a_model_nothing_is_offered(app: Open, ada: Person, deal: Deal) -> None:
    assert not offered(visit(app, ada, "deals", deal=str(deal.id)))


def test_a_model_that_passed_writes_the_review_when_asked(
    app: Open, ada: Person, deal: Deal, set_up: Callable[[str], None], text_service: TextService
) -> None:
    set_up("ok")
    at = visit(app, ada, "deals", deal=str(deal.id))
    assert (offered(at), text_service.requests) == (True, [])
    at.button(key=ASK).click().run()
    assert not at.exception
    assert "The facts say: 16 days." in words(at)
    assert "Written by a language model from the same facts, " in words(at)
    assert not any(name in text_service.requests[0].body.decode() for name in ("Grace", "Hopper", "Ada", "Lovelace"))


def test_an_administrator_writes_guidelines_looks_at_them_and_goes_back(
    app: Open, live_database: Database, ada: Person, set_up: Callable[[str], None]
) -> None:
    assert ada
    set_up("ok")
    boss: Person = live_database.write(lambda session: builders.person(session, role=Role.ADMIN, name="Ann"))
    at = visit(app, boss, "settings")
    at.text_area(key="review-guidance-words-0").input("Be brief.").run()
    assert any(each.value.rstrip().endswith("Be brief.") for each in at.code)
    at.button(key="review-guidance-save").click().run()
    assert not at.exception
    at.text_area(key="review-guidance-words-1").input("Be kind.").run()
    at.button(key="review-guidance-save").click().run()
    assert "Version 1, " in words(at)
    at.button(key="review-guidance-again-1").click().run()
    assert at.text_area(key="review-guidance-words-3").value == "Be brief."


def test_a_model_that_says_something_else_leaves_the_rules_review(
    app: Open, ada: Person, deal: Deal, set_up: Callable[[str], None], text_service: TextService
) -> None:
    set_up("obedient")
    text_service.obeys = {"Offer": ["The chance is 99 %."]}
    at = visit(app, ada, "deals", deal=str(deal.id))
    at.button(key="deal-review-make").click().run()
    at.button(key=ASK).click().run()
    assert "The language model said something these figures do not say, so it is not shown." in words(at)
    assert "Written by rules, " in words(at)
    assert "99" not in words(at)
    assert len(text_service.requests) == 2
