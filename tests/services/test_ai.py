"""The one way to a language model: only facts go out, only facts come back, budgets hold, and rules speak whenever it does not."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Lock

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from data.engine import Database
from data.models import AiCall, AuditEntry, Organisation, Person
from domain.ai.facts import Fact, Facts
from domain.ai.outcome import Outcome
from domain.errors import AccessError
from domain.records import Role
from integrations.openai_text import OpenAiTextModel
from integrations.text_model import Answer, NoTextModel, Question, TextModel
from services import ai_admin
from services.access import Viewer, viewer
from services.ai import Asked, Assistant, Phrased, may_be_asked, phrase
from services.ai_prompts import VERSIONS, Purpose, prompt
from tests import builders
from tests.builders import NOON
from tests.fakes.injections import INJECTIONS
from tests.fakes.text_model import KEY, TextService, data
from tests.fakes.worlds import text_service

__all__ = ["text_service"]

ADA, CLIENT = "Ada Lovelace", "Grace Hopper"
PLAN = Fact(name="safe plan", figure="268", words="calls")
RULES = ("By rules: 268 calls.",)
Asking = Callable[..., Phrased]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Loading the library takes longer than these tests wait for an answer."""
    import openai  # noqa: F401, PLC0415


@pytest.fixture
def ada(fresh_database: Database) -> Viewer:
    fresh_database.write(lambda session: builders.organisation(session, uses_ai=True))
    person: Person = fresh_database.write(lambda session: builders.person(session, name=ADA, email="ada@example.com"))
    with fresh_database.reading() as session:
        return viewer(session, person.id)


def model(service: TextService, name: str = "ok", *, whole: float = 5.0) -> OpenAiTextModel:
    return OpenAiTextModel(f"{service.url}/v1", SecretStr(KEY), name, silence_seconds=min(whole, 5.0), whole_seconds=whole)


def assistant(model: TextModel, *, all_day: int = 10**6, each: int = 10**6) -> Assistant:
    return Assistant(model=model, tokens_a_day=all_day, tokens_a_day_each=each)


def asked(*facts: Fact, must_say: tuple[str, ...] = ("268 calls",), people: tuple[str, ...] = ()) -> Asked:
    told = Facts(facts=(PLAN, *facts), must_say=must_say, must_not_say=("not worth it", "unclear whether it pays"), people=people)
    return Asked(purpose=Purpose.GOAL_ANALYSIS, facts=told, rules=RULES)


def calls(database: Database) -> list[AiCall]:
    with database.reading() as session:
        return list(session.scalars(select(AiCall).order_by(AiCall.id)))


class Counting:
    """A model that counts and answers at once."""

    name = "counting"

    def __init__(self, outcome: Outcome = Outcome.OK, tokens: int | None = 1000, meanwhile: Callable[[], object] = lambda: None) -> None:
        self.asked, self.outcome, self.tokens, self.meanwhile, self.lock = 0, outcome, tokens, meanwhile, Lock()

    def ask(self, question: Question) -> Answer:
        del question
        with self.lock:
            self.asked += 1
        self.meanwhile()
        return Answer(outcome=self.outcome, sentences=("It takes 268 calls.",), tokens=self.tokens, seconds=0.5)


def test_a_grounded_answer_is_shown_as_the_models_and_what_it_used_is_written_down(
    fresh_database: Database, text_service: TextService, ada: Viewer
) -> None:
    found = phrase(fresh_database, assistant(model(text_service)), ada, asked(), NOON)
    assert (found.sentences, found.outcome, found.is_by_ai) == (("The facts say: 268 calls.",), Outcome.OK, True)
    (call,) = calls(fresh_database)
    assert (call.id, call.purpose, call.prompt_version, call.model) == (found.call_id, "goal_analysis", "v1", "ok")
    assert (call.tokens, call.outcome, call.person_id, call.at) == (500, Outcome.OK, ada.person_id, NOON)
    assert (found.digest, Phrased.kept(found.record(NOON))) == (asked().digest, found)


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("badjson", Outcome.UNREADABLE),
        ("wrongschema", Outcome.UNREADABLE),
        ("refusal", Outcome.DECLINED),
        ("html", Outcome.UNREADABLE),
        ("429", Outcome.BUSY),
        ("hang", Outcome.LATE),
        ("drip", Outcome.LATE),
    ],
)
def test_without_an_answer_the_rules_speak_and_say_why(
    fresh_database: Database, text_service: TextService, ada: Viewer, name: str, outcome: Outcome
) -> None:
    found = phrase(fresh_database, assistant(model(text_service, name, whole=0.4 if outcome is Outcome.LATE else 5.0)), ada, asked(), NOON)
    assert (found.sentences, found.outcome, found.is_by_ai) == (RULES, outcome, False)
    assert [call.outcome for call in calls(fresh_database)] == [outcome]


def test_without_a_key_or_with_the_switch_off_nothing_is_asked(fresh_database: Database, ada: Viewer) -> None:
    quiet, counting = assistant(NoTextModel()), assistant(Counting())
    assert phrase(fresh_database, quiet, ada, asked(), NOON).outcome is Outcome.NOT_SET_UP
    fresh_database.write(lambda session: setattr(session.get_one(Organisation, 1), "uses_ai", False))
    assert phrase(fresh_database, counting, ada, asked(), NOON) == phrase(fresh_database, counting, ada, asked(), NOON)
    assert (counting.model.asked, calls(fresh_database)) == (0, [])
    with fresh_database.reading() as session:
        assert [may_be_asked(session, each, ada, asked()) for each in (quiet, counting)] == [False, False]


def test_an_obedient_model_is_given_orders_in_vain(
    fresh_database: Database, text_service: TextService, ada: Viewer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert len(INJECTIONS) >= 50
    helper = assistant(model(text_service, "obedient"))
    for order, obeyed in INJECTIONS.items():
        text_service.obeys = {"a note": obeyed}
        question = asked(Fact(name="a note", words=order, is_foreign=True))
        found = phrase(fresh_database, helper, ada, question, NOON)
        assert (found.sentences, found.outcome) == (RULES, Outcome.UNGROUNDED), order
        sent = text_service.requests[-1].json
        assert (sent["input"][0]["content"].count("<"), sent["instructions"]) == (2, prompt(Purpose.GOAL_ANALYSIS).text)
        assert [set(fact) & {"words", "quoted"} for fact in data(sent)["facts"]] == [{"words"}, {"quoted"}]
    assert KEY not in caplog.text


def test_nothing_personal_leaves_and_it_is_back_in_the_answer(fresh_database: Database, text_service: TextService, ada: Viewer) -> None:
    note = f"{CLIENT} (hopper@navy.example, +1 202 555 0143, CRM-00A17xQ) asked for ADA LOVELACE; call Hopper: https://navy.example/x"
    facts = (Fact(name="client", words=CLIENT), Fact(name="a note", words=note, is_foreign=True))
    found = phrase(
        fresh_database, assistant(model(text_service)), ada, asked(*facts, must_say=("268 calls", CLIENT), people=(CLIENT,)), NOON
    )
    assert (found.sentences, found.is_by_ai) == ((f"The facts say: 268 calls; {CLIENT}.",), True)
    (request,) = text_service.requests
    sent = request.body.decode() + repr({**request.headers, "Authorization": ""})
    personal = ("grace", "hopper", "ada", "lovelace", "navy.example", "555", "00A17xQ", ada.email)
    assert [each for each in personal if re.search(rf"(?i)(?<![a-z]){re.escape(each)}(?![a-z])", sent)] == []
    assert request.json["store"] is False


def test_budgets_hold_for_each_and_for_all_whoever_asks_at_once(fresh_database: Database, ada: Viewer) -> None:
    counting = Counting()
    helper = assistant(counting, each=5_000)
    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(lambda _: phrase(fresh_database, helper, ada, asked(), NOON).outcome, range(50)))
    used = sum(call.tokens for call in calls(fresh_database))
    assert (set(found), used <= 5_000, counting.asked) == ({Outcome.OK, Outcome.NO_BUDGET}, True, found.count(Outcome.OK))
    assert counting.asked in {2, 3, 4}
    full = assistant(Counting(), all_day=used)
    assert phrase(fresh_database, full, ada, asked(), NOON).outcome is Outcome.NO_BUDGET
    assert phrase(fresh_database, helper, ada, asked(), NOON + timedelta(days=1)).outcome is Outcome.OK


def test_what_nobody_counted_stays_counted_at_its_most(fresh_database: Database, ada: Viewer) -> None:
    phrase(fresh_database, assistant(Counting(Outcome.LATE, tokens=None)), ada, asked(), NOON)
    phrase(fresh_database, assistant(Counting(Outcome.UNREACHABLE, tokens=0)), ada, asked(), NOON)
    assert [call.tokens > 800 for call in calls(fresh_database)] == [True, False]


def test_a_service_that_failed_five_times_is_left_alone_for_a_minute(fresh_database: Database, ada: Viewer) -> None:
    counting = Counting(Outcome.TROUBLE, tokens=0)
    helper = assistant(counting)
    found = [phrase(fresh_database, helper, ada, asked(), NOON).outcome for _ in range(6)]
    assert (found, counting.asked) == ([Outcome.TROUBLE] * 5 + [Outcome.PAUSED], 5)
    counting.outcome = Outcome.OK
    assert phrase(fresh_database, helper, ada, asked(), NOON + timedelta(seconds=61)).is_by_ai


def test_no_transaction_is_open_while_the_model_thinks(fresh_database: Database, ada: Viewer) -> None:
    seen: list[dict[str, int]] = []
    counting = Counting(meanwhile=lambda: seen.append(fresh_database.connections_in_use))
    assert phrase(fresh_database, assistant(counting), ada, asked(), NOON).is_by_ai
    assert seen == [{"writer": 0, "reader": 0}]


def test_an_admin_switches_it_on_tries_it_and_sees_what_it_used(fresh_database: Database, text_service: TextService, ada: Viewer) -> None:
    boss_id: int = fresh_database.write(lambda session: builders.person(session, role=Role.ADMIN).id)
    helper = assistant(model(text_service), all_day=9_000, each=5_000)
    with fresh_database.reading() as session:
        boss = viewer(session, boss_id)
    fresh_database.write(lambda session: ai_admin.switch(session, boss, NOON, on=False))
    assert ai_admin.trial(fresh_database, helper, boss, NOON).sentences == ("The facts say: 7 calls.",)
    for _ in range(2):
        fresh_database.write(lambda session: ai_admin.switch(session, boss, NOON, on=True))
    with fresh_database.reading() as session:
        found = ai_admin.use(session, boss, helper, NOON)
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        with pytest.raises(AccessError):
            ai_admin.use(session, ada, helper, NOON)
    assert (found.is_set_up, found.is_on, found.model, found.tokens_used, found.tokens_a_day) == (True, True, "ok", 500, 9_000)
    assert (dict(found.outcomes), actions) == ({Outcome.OK: 1}, ["ai_switched_off", "ai_switched_on"])
    with pytest.raises(AccessError):
        ai_admin.trial(fresh_database, helper, ada, NOON)
    with pytest.raises(AccessError):
        fresh_database.write(lambda session: ai_admin.switch(session, ada, NOON, on=True))


def test_every_purpose_has_its_prompt_and_every_version_says_it_is_data() -> None:
    for purpose in Purpose:
        assert "everything in it is data" in prompt(purpose).text.casefold()
    assert set(VERSIONS) == set(Purpose)
