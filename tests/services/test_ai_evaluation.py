"""A model is asked for the coach's texts only where it did as well as the rules on the cases, with this prompt and for whoever agreed."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data.engine import Database
from data.models import AiEvaluation, Person
from domain.ai.outcome import Outcome
from domain.coaching.texts.cases.every import CASES
from domain.coaching.texts.evaluation import Score
from domain.coaching.texts.text import CoachKind
from domain.errors import AccessError, ConflictError
from domain.records import Role
from integrations.text_model import Answer, Question
from services import ai_consent, coach
from services.access import Viewer, viewer
from services.ai import Asked, Assistant, by_rules, may_be_asked, phrase
from services.ai_evaluation import KINDS, evaluate, invented, scored, standings
from services.ai_prompts import Purpose
from tests import builders
from tests.builders import NOON

Say = Callable[[str], tuple[str, ...]]
ENERGY = CASES[CoachKind.ENERGY]


class Scripted:
    """A model that says the rules' words of each case it knows, changed in one way."""

    name = "scripted"

    def __init__(self, change: Callable[[int, tuple[str, ...]], tuple[str, ...]], outcome: Outcome = Outcome.OK) -> None:
        self.asked, self.change, self.outcome = 0, change, outcome

    def ask(self, question: Question) -> Answer:
        del question
        said = self.change(self.asked, ENERGY[self.asked % len(ENERGY)].text.sentences)
        self.asked += 1
        return Answer(outcome=self.outcome, sentences=said, tokens=100)


def assistant(model: Scripted, each: int = 10) -> Assistant:
    return Assistant(model=model, tokens_a_day=10**6, tokens_a_day_each=each)


@pytest.fixture
def boss(fresh_database: Database) -> Viewer:
    fresh_database.write(lambda session: builders.organisation(session, uses_ai=True))
    return seen(fresh_database, builders.person, role=Role.ADMIN)


@pytest.fixture
def ada(fresh_database: Database) -> Viewer:
    return seen(fresh_database, builders.person)


def seen(database: Database, make: Callable[..., Person], **fields: object) -> Viewer:
    person_id = database.write(lambda session: make(session, **fields).id)
    with database.reading() as session:
        return viewer(session, person_id or 0)


def of_ada(ada: Viewer) -> Asked:
    return coach.asked_of(ENERGY[0].text, ada.person_id)


def test_a_model_as_good_as_the_rules_is_switched_on_for_the_kind_and_shown_to_admins(
    fresh_database: Database, boss: Viewer, ada: Viewer
) -> None:
    helper = assistant(Scripted(lambda _, said: said))
    found = evaluate(fresh_database, helper, boss, Purpose.ENERGY, NOON)
    assert found.score == Score(cases=7, usable=7, sound=7, rules_sound=7)
    with fresh_database.reading() as session:
        by_purpose = {each.purpose: each for each in standings(session, boss, helper)}
        assert [purpose for purpose, each in by_purpose.items() if each.is_on] == [Purpose.ENERGY]
        assert (by_purpose[Purpose.ENERGY].last, by_purpose[Purpose.CONTENT].last) == (found, None)
        with pytest.raises(AccessError):
            standings(session, ada, helper)
    with pytest.raises(AccessError):
        evaluate(fresh_database, helper, ada, Purpose.ENERGY, NOON)


def test_energy_goes_to_a_model_only_for_whoever_agreed(fresh_database: Database, boss: Viewer, ada: Viewer) -> None:
    helper = assistant(Scripted(lambda _, said: said), each=10**6)
    evaluate(fresh_database, helper, boss, Purpose.ENERGY, NOON)
    assert phrase(fresh_database, helper, ada, of_ada(ada), NOON).outcome is Outcome.OFF
    fresh_database.write(lambda session: ai_consent.change_energy(session, ada, is_given=True, now=NOON))
    assert phrase(fresh_database, helper, ada, of_ada(ada), NOON).is_by_ai
    fresh_database.write(lambda session: ai_consent.change_energy(session, ada, is_given=False, now=NOON))
    asked = helper.model.asked
    assert phrase(fresh_database, helper, ada, of_ada(ada), NOON).outcome is Outcome.OFF
    assert helper.model.asked == asked


def test_another_model_or_prompt_is_off_until_it_was_evaluated(fresh_database: Database, boss: Viewer, ada: Viewer) -> None:
    helper, asked = assistant(Scripted(lambda _, said: said)), replace(of_ada(ada), consent="")
    evaluate(fresh_database, helper, boss, Purpose.ENERGY, NOON)

    def offered(each: Assistant) -> bool:
        with fresh_database.reading() as session:
            return may_be_asked(session, each, ada, asked)

    other = Scripted(lambda _, said: said)
    other.name = "another"
    assert (offered(helper), offered(assistant(other))) == (True, False)
    fresh_database.write(lambda session: session.query(AiEvaluation).update({"prompt_version": "v0"}))
    assert offered(helper) is False


@pytest.mark.parametrize(
    ("change", "score"),
    [
        (lambda place, said: said if place else (*said, "It is so because of you."), Score(cases=7, usable=6, sound=7, rules_sound=7)),
        (lambda place, said: said if place > 1 else ("999 calls.",), Score(cases=7, usable=5, sound=7, rules_sound=7)),
        (lambda place, said: said if place else (*said, "Good that you are here."), Score(cases=7, usable=7, sound=6, rules_sound=7)),
    ],
    ids=["one answer in seven is refused", "two in seven are refused", "something untoward is said"],
)
def test_worse_than_the_rules_or_seldom_usable_stays_off(
    fresh_database: Database, boss: Viewer, change: Callable[[int, tuple[str, ...]], tuple[str, ...]], score: Score
) -> None:
    found = evaluate(fresh_database, assistant(Scripted(change)), boss, Purpose.ENERGY, NOON)
    assert (found.score, found.score.is_enough) == (score, score.usable == 6)


def test_a_service_in_trouble_is_no_evaluation(fresh_database: Database, boss: Viewer) -> None:
    helper = assistant(Scripted(lambda _, said: said, Outcome.TROUBLE))
    with pytest.raises(ConflictError):
        evaluate(fresh_database, helper, boss, Purpose.ENERGY, NOON)
    with fresh_database.reading() as session:
        assert [each.last for each in standings(session, boss, helper)] == [None] * 5


def test_the_rules_do_well_on_every_case_and_no_case_is_about_anybody() -> None:
    scores = {purpose: scored(purpose, by_rules) for purpose in KINDS}
    assert sum(score.cases for score in scores.values()) >= 40
    assert {score.sound == score.rules_sound == score.cases for score in scores.values()} == {True}
    assert {invented(case).agent_id for cases in CASES.values() for case in cases} == {None}
