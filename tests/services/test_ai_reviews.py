"""A language model reviews a deal: only figures go out, only what stands in the facts comes back, and rules speak otherwise."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from data.engine import Database
from data.models import AiCall, Organisation, StoredReview
from data.writes import coaching as writes
from domain.ai.outcome import Outcome
from domain.coaching.texts.evaluation import Evaluated, Score
from domain.deals.facts import Note, Talk
from domain.deals.priority import DealPriority
from domain.deals.review_cases.case import VERSION
from domain.deals.review_cases.every import CASES
from domain.deals.review_record import ReviewAuthor, record_of
from domain.deals.review_values import ReviewBasis
from domain.deals.rule_review import rule_review
from domain.records import Role
from integrations.openai_text import OpenAiTextModel
from integrations.text_model import Answer, Question, TextModel
from services import deal_reviews, review_guidance
from services.access import Viewer, viewer
from services.ai import Assistant
from services.ai_evaluation import TRIED_REVIEWS, evaluate
from services.ai_prompts import VERSIONS, Purpose
from services.ai_reviews import ReviewSaid, Written, is_offered, review_by_model, written
from tests import builders
from tests.builders import NOON, TUESDAY
from tests.domain.deals.test_rule_review import DAY, basis
from tests.domain.deals.test_warnings import facts
from tests.fakes.injections import INJECTIONS
from tests.fakes.text_model import KEY, TextService, data, review
from tests.fakes.worlds import text_service

__all__ = ["text_service"]

QUIET = facts(
    agent_name="Ada Lovelace",
    talk=Talk(last_at=NOON - 16 * DAY),
    tasks=(),
    expected_close_on=None,
    amount_minor=4_500_000,
    created_on=TUESDAY - 47 * DAY,
)
"""None of its figures is one that an order asks for."""


class Scripted:
    """Fills the form in as it is told, one after the other, the last one again and again."""

    name = "scripted"

    def __init__(self, *forms: dict[str, Any], outcome: Outcome = Outcome.OK) -> None:
        self.forms, self.outcome, self.asked = forms, outcome, 0

    def ask(self, question: Question) -> Answer:
        assert question.form is ReviewSaid
        said = self.forms[min(self.asked, len(self.forms) - 1)]
        self.asked += 1
        return Answer(outcome=self.outcome, filled=ReviewSaid.model_validate(said), tokens=700)


class ByRules:
    """Says of each made-up deal what the rules say, changed in one way."""

    name = "by rules"

    def __init__(self, change: Callable[[dict[str, Any]], dict[str, Any]] = lambda said: said) -> None:
        self.asked, self.change = 0, change

    def ask(self, question: Question) -> Answer:
        del question
        said = record_of(rule_review(TRIED_REVIEWS[self.asked % len(TRIED_REVIEWS)].basis))
        del said["priority"]
        self.asked += 1
        return Answer(outcome=Outcome.OK, filled=ReviewSaid.model_validate(self.change(said)), tokens=700)


def assistant(model: TextModel, *, all_day: int = 10**6, each: int = 10**6) -> Assistant:
    return Assistant(model=model, tokens_a_day=all_day, tokens_a_day_each=each)


def served(service: TextService, name: str = "ok") -> Assistant:
    return assistant(OpenAiTextModel(f"{service.url}/v1", SecretStr(KEY), name, silence_seconds=5.0, whole_seconds=5.0))


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Loading the library takes longer than these tests wait for an answer."""
    import openai  # noqa: F401, PLC0415


@pytest.fixture
def ada(fresh_database: Database) -> Viewer:
    fresh_database.write(lambda session: builders.organisation(session, uses_ai=True))
    return seen(fresh_database, name="Ada Lovelace")


def seen(database: Database, **fields: Any) -> Viewer:
    person_id = database.write(lambda session: builders.person(session, **fields).id)
    with database.reading() as session:
        return viewer(session, person_id or 0)


def switch_on(database: Database, model: str, version: str = VERSIONS[Purpose.DEAL_REVIEW]) -> None:
    score = Score(cases=13, usable=13, sound=13, rules_sound=13)
    found = Evaluated(score=score, model=model, prompt_version=version, at=NOON)
    database.write(lambda session: writes.keep_evaluation(session, Purpose.DEAL_REVIEW, VERSION, found, None))


def asked(database: Database, helper: Assistant, who: Viewer, rests_on: ReviewBasis | None = None) -> Written:
    switch_on(database, helper.model.name)
    return written(database, helper, who, rests_on or basis(QUIET), NOON)


def outcomes(database: Database) -> list[Outcome]:
    with database.reading() as session:
        return [call.outcome for call in session.scalars(select(AiCall).order_by(AiCall.id))]


def test_a_form_filled_in_from_the_facts_is_the_review_with_the_priority_that_was_reckoned(
    fresh_database: Database, text_service: TextService, ada: Viewer
) -> None:
    found = asked(fresh_database, served(text_service), ada)
    assert found.outcome is Outcome.OK
    assert found.review is not None
    assert found.review.situation == "The facts say: 16 days."
    assert (found.review.priority, found.review.actions[0].what) == (DealPriority.MEDIUM, "Call the client")
    assert outcomes(fresh_database) == [Outcome.OK]


def test_no_name_no_title_and_no_note_leaves(fresh_database: Database, text_service: TextService, ada: Viewer) -> None:
    noted = replace(
        QUIET,
        name="Roof of Grace Hopper",
        company="Hopper Ltd",
        stage="Offer for Ada Lovelace, call +1 202 555 0143",
        notes=(Note(at=NOON - DAY, text="Grace says it is too expensive, mail grace@example.com"),),
    )
    asked(fresh_database, served(text_service), ada, basis(noted))
    (request,) = text_service.requests
    told = request.body.decode()
    assert not any(word in told for word in ("Grace", "Hopper", "Lovelace", "555", "expensive", "grace@"))
    stages = [fact["quoted"] for fact in data(request.json)["facts"] if "quoted" in fact]
    assert stages == ["Offer for PERSON_1, call PHONE_1"]


def test_what_does_not_stand_in_the_facts_is_asked_for_once_more(fresh_database: Database, ada: Viewer) -> None:
    model = Scripted(review("It has been 99 days.", "16 days."), review("Nothing was done for 16 days."))
    found = asked(fresh_database, assistant(model), ada)
    assert (found.outcome, outcomes(fresh_database)) == (Outcome.OK, [Outcome.UNGROUNDED, Outcome.OK])
    assert found.review is not None
    assert found.review.situation == "Nothing was done for 16 days."


@pytest.mark.parametrize(
    "said",
    [
        review("It has been 99 days.", "16 days."),
        review("Nothing was done for long."),
        review("16 days because of you."),
        review("16 days.", "The deadline is tomorrow."),
        review("16 days.", "Ask Olga."),
        review("16 days") | {"actions": []},
        review("16 days") | {"plan": [""]},
        review("16 days", *["Fine."] * 50),
    ],
    ids=["figure", "glossed over", "cause", "day", "name", "nothing to do", "empty", "long"],
)
def test_after_a_second_such_answer_there_is_none(fresh_database: Database, ada: Viewer, said: dict[str, Any]) -> None:
    model = Scripted(said)
    assert asked(fresh_database, assistant(model), ada) == Written(outcome=Outcome.UNGROUNDED)
    assert model.asked == 2


@pytest.mark.parametrize("order", INJECTIONS)
def test_orders_in_the_name_of_a_stage_are_given_in_vain(
    fresh_database: Database, text_service: TextService, ada: Viewer, order: str
) -> None:
    text_service.obeys = {order: INJECTIONS[order]}
    told = replace(QUIET, stage=order)
    found = asked(fresh_database, served(text_service, "obedient"), ada, basis(told))
    obeyed = any(each in str(found.review) for each in INJECTIONS[order] if each)
    assert not obeyed, found


def test_budget_trouble_and_the_switch_have_their_names(fresh_database: Database, ada: Viewer) -> None:
    good = review("Nothing was done for 16 days.")
    assert asked(fresh_database, assistant(Scripted(good), each=10), ada).outcome is Outcome.NO_BUDGET
    broken = Scripted(good, outcome=Outcome.TROUBLE)
    assert asked(fresh_database, assistant(broken), ada).outcome is Outcome.TROUBLE
    assert broken.asked == 1
    fresh_database.write(lambda session: session.execute(update(Organisation).values(uses_ai=False)))
    assert asked(fresh_database, assistant(Scripted(good)), ada).outcome is Outcome.OFF


def test_what_the_rules_say_of_the_made_up_deals_would_be_let_through_if_a_model_said_it(fresh_database: Database, ada: Viewer) -> None:
    switch_on(fresh_database, ByRules.name)
    for case in CASES:
        said = record_of(rule_review(case.basis))
        del said["priority"]
        model = Scripted(said)
        model.name = ByRules.name
        assert written(fresh_database, assistant(model), ada, case.basis, NOON).review == rule_review(case.basis), case.name


def test_until_the_model_did_as_well_as_the_rules_it_is_not_asked(fresh_database: Database, ada: Viewer) -> None:
    boss = seen(fresh_database, role=Role.ADMIN)
    helper = assistant(ByRules())
    assert written(fresh_database, helper, ada, basis(QUIET), NOON).outcome is Outcome.OFF
    found = evaluate(fresh_database, helper, boss, Purpose.DEAL_REVIEW, NOON)
    assert (found.score.usable, found.score.is_enough) == (len(TRIED_REVIEWS), True)
    with fresh_database.reading() as session:
        assert is_offered(session, helper, ada)
        assert not is_offered(session, assistant(Scripted()), ada)


def test_guidelines_of_the_company_go_along_once_the_model_was_evaluated_with_them(
    fresh_database: Database, text_service: TextService, ada: Viewer
) -> None:
    boss = seen(fresh_database, role=Role.ADMIN)
    helper = served(text_service)
    switch_on(fresh_database, "ok")
    fresh_database.write(lambda session: review_guidance.change(session, boss, "Be brief.", NOON))
    assert written(fresh_database, helper, ada, basis(QUIET), NOON).outcome is Outcome.OFF
    with fresh_database.reading() as session:
        version = review_guidance.prompt_in_use(session).version
    switch_on(fresh_database, "ok", version)
    assert written(fresh_database, helper, ada, basis(QUIET), NOON).outcome is Outcome.OK
    assert "Be brief." in text_service.requests[0].json["instructions"]


def test_a_model_that_is_seldom_usable_stays_off(fresh_database: Database, ada: Viewer) -> None:
    assert ada
    boss = seen(fresh_database, role=Role.ADMIN)
    helper = assistant(ByRules(lambda said: said | {"situation": "It is worth $777."}))
    found = evaluate(fresh_database, helper, boss, Purpose.DEAL_REVIEW, NOON)
    assert (found.score.usable, found.score.is_enough) == (0, False)


def test_what_the_model_wrote_is_kept_and_stands_while_nothing_changes(fresh_database: Database, ada: Viewer) -> None:
    model = Scripted(review("Nothing was done for 12 days."))
    switch_on(fresh_database, model.name)
    old = {"created_on": TUESDAY - 30 * DAY, "last_activity_at": NOON - 12 * DAY}
    deal_id = fresh_database.write(lambda session: builders.deal(session, session.get_one(builders.Person, ada.person_id), **old).id)
    assert review_by_model(fresh_database, assistant(model), ada, deal_id, NOON) is Outcome.OK
    again = fresh_database.write(lambda session: deal_reviews.review(session, ada, deal_id, NOON))
    assert (again.author, again.is_new, again.review.situation) == (ReviewAuthor.MODEL, False, "Nothing was done for 12 days.")
    with fresh_database.reading() as session:
        assert len(session.scalars(select(StoredReview)).all()) == 1
