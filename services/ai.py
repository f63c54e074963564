"""Facts put into words: by a language model where one may be asked and says nothing but the facts, else by rules.

The one way to a model. What is personal stays here, budgets hold for everybody together and for each person, a service that fails is left
alone for a while, and no transaction is open while it thinks. Whoever calls it has asked before whether the viewer may see the facts.
"""

import hashlib
import json
import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Organisation
from data.queries import ai_calls as queries
from data.queries.coaching import evaluations
from data.writes import ai_calls as writes
from data.writes.ai_calls import CallRow
from domain.ai.breaker import Breaker
from domain.ai.cleaning import clean
from domain.ai.facts import Facts, fenced
from domain.ai.grounding import objection
from domain.ai.outcome import TROUBLES, Outcome
from domain.ai.redaction import Redaction
from domain.coaching.texts.cases.case import VERSION as CASES_VERSION
from domain.deals.review_cases.case import VERSION as REVIEW_CASES_VERSION
from domain.local_time import day_start, local_time
from integrations.text_model import Answer, Question, TextModel
from services.access import Viewer
from services.ai_consent import is_given
from services.ai_prompts import EVALUATED, Purpose, prompt

MOST_ANSWER_TOKENS: Final = 800
"""Five sentences have about 150; the rest is for models that think aloud first."""
SIGNS_PER_TOKEN: Final = 3
"""English has four and more, so that what is entered before is never less than what is used."""
_LOG: Final = logging.getLogger("pacesetter.ai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """The model of this installation, and how much it may be asked."""

    model: TextModel
    tokens_a_day: int
    tokens_a_day_each: int
    breaker: Breaker = field(default_factory=Breaker)
    hosts: frozenset[str] = frozenset()
    """Where a link in an answer may lead; nowhere, as installed."""

    @property
    def is_set_up(self) -> bool:
        """Whether there is a model to ask."""
        return bool(self.model.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is to be put into words."""

    purpose: Purpose
    facts: Facts
    rules: tuple[str, ...]
    """The same by rules: what is shown where no model says it as well."""
    agent_id: int | None = None
    """Whom it is about."""
    consent: str = ""
    """What whoever asks must have agreed to; nothing for facts others see as well."""
    is_invented: bool = False
    """Whether it holds nothing of anybody, so that it may be asked before anything is switched on."""
    own_version: str = ""
    """Of the prompt, where it is not the product's as it comes."""

    @property
    def version(self) -> str:
        """Of the prompt it is asked with."""
        return self.own_version or prompt(self.purpose).version

    @property
    def digest(self) -> str:
        """Changes with the facts and with the prompt: the same question need not be paid twice."""
        told = json.dumps([self.purpose, self.version, fenced(self.facts)])
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrased:
    """The words, whose they are, and what they rest on."""

    sentences: tuple[str, ...]
    outcome: Outcome
    """OK where a model said them."""
    digest: str
    model: str = ""
    prompt_version: str = ""
    call_id: int | None = None

    @property
    def is_by_ai(self) -> bool:
        """Whether a model said it; else rules did."""
        return self.outcome is Outcome.OK

    def record(self, now: datetime) -> dict[str, Any]:
        """The same as plain words and numbers, to keep beside the facts."""
        said = {"sentences": list(self.sentences), "digest": self.digest, "model": self.model, "prompt_version": self.prompt_version}
        return {**said, "call": self.call_id, "at": now.isoformat()}

    @classmethod
    def kept(cls, record: Mapping[str, Any]) -> "Phrased":
        """What was kept."""
        return cls(
            sentences=tuple(record["sentences"]),
            outcome=Outcome.OK,
            digest=record["digest"],
            model=record["model"],
            prompt_version=record["prompt_version"],
            call_id=record["call"],
        )


def may_be_asked(session: Session, assistant: Assistant, viewer: Viewer, asked: Asked) -> bool:
    """Whether a button for it makes sense: a model is there, switched on, good enough for this, and the viewer agreed where they must."""
    return assistant.is_set_up and _is_allowed(session, assistant, viewer, asked)


def by_rules(asked: Asked, outcome: Outcome = Outcome.OFF) -> Phrased:
    """The rules' words, and why they are shown."""
    return Phrased(sentences=asked.rules, outcome=outcome, digest=asked.digest)


def phrase(database: Database, assistant: Assistant, viewer: Viewer, asked: Asked, now: datetime) -> Phrased:
    """The facts in a model's words, or in the rules' with the reason; never raises for what the model or its service does.

    Takes a few seconds: for somebody who asked for it and waits, outside of any transaction.
    """
    redaction = Redaction(people=tuple(dict.fromkeys((viewer.name, *asked.facts.people))))
    told = redaction.hidden(asked.facts.cleaned())
    question = question_of(asked.purpose, told)
    begun = begin(database, assistant, viewer, asked, question, now)
    if isinstance(begun, Outcome):
        return by_rules(asked, begun)
    answer = judged(answer_of(assistant, question, now), told, redaction, assistant.hosts)
    database.write(lambda session: writes.end(session, begun, answer.outcome, tokens=answer.tokens, seconds=answer.seconds))
    if answer.outcome is not Outcome.OK:
        return replace(by_rules(asked, answer.outcome), call_id=begun)
    return Phrased(
        sentences=tuple(redaction.restored(each) for each in answer.sentences),
        outcome=Outcome.OK,
        digest=asked.digest,
        model=assistant.model.name,
        prompt_version=prompt(asked.purpose).version,
        call_id=begun,
    )


def question_of(purpose: Purpose, told: Facts) -> Question:
    """What goes to the model of facts without anything personal."""
    return Question(instructions=prompt(purpose).text, told=fenced(told), most_tokens=MOST_ANSWER_TOKENS)


def is_on(session: Session) -> bool:
    """Whether an administrator lets facts go to a model."""
    company = session.get(Organisation, 1)
    return company is not None and company.uses_ai


def today_since(session: Session, now: datetime) -> datetime:
    """When the company's day began: budgets are for a day."""
    company = session.get(Organisation, 1)
    zone = company.time_zone if company else "UTC"
    return day_start(local_time(now, zone).on, zone)


def _row(assistant: Assistant, viewer: Viewer, asked: Asked, question: Question) -> CallRow:
    return CallRow(
        purpose=asked.purpose,
        prompt_version=asked.version,
        model=assistant.model.name,
        most_tokens=len(question.instructions + question.told) // SIGNS_PER_TOKEN + question.most_tokens,
        person_id=None if viewer.is_program else viewer.person_id,
        agent_id=asked.agent_id,
    )


def begin(database: Database, assistant: Assistant, viewer: Viewer, asked: Asked, question: Question, now: datetime) -> int | Outcome:
    """The number of the question that may be asked, or why it may not; what it can use is taken from the budget at once."""
    if not assistant.is_set_up:
        return Outcome.NOT_SET_UP
    if not assistant.breaker.lets_through(now):
        return Outcome.PAUSED
    row = _row(assistant, viewer, asked, question)
    return database.write(
        lambda session: _entered(session, assistant, row, now) if _is_allowed(session, assistant, viewer, asked) else Outcome.OFF
    )


def _is_allowed(session: Session, assistant: Assistant, viewer: Viewer, asked: Asked) -> bool:
    """Whether these facts may go to this model: invented ones always, others as the administrator and whoever asks decided."""
    if asked.is_invented:
        return True
    if not is_on(session) or (asked.purpose in EVALUATED and not is_good_enough(session, assistant.model.name, asked)):
        return False
    return not asked.consent or is_given(session, viewer.author_id, asked.consent)


def cases_version(purpose: Purpose) -> str:
    """Which cases a model is tried on for a purpose."""
    return REVIEW_CASES_VERSION if purpose is Purpose.DEAL_REVIEW else CASES_VERSION


def is_good_enough(session: Session, model: str, asked: Asked) -> bool:
    """Whether the model did as well as the rules on the cases, with the prompt in use."""
    found = evaluations(session, model, cases_version(asked.purpose), {asked.purpose: asked.version}).get(asked.purpose)
    return found is not None and found.score.is_enough


def _entered(session: Session, assistant: Assistant, row: CallRow, now: datetime) -> int | Outcome:
    writes.hold_budget(session)
    used = queries.used(session, row.person_id, today_since(session, now))
    if used.by_all + row.most_tokens > assistant.tokens_a_day or used.by_person + row.most_tokens > assistant.tokens_a_day_each:
        return Outcome.NO_BUDGET
    return writes.begin(session, row, now)


def answer_of(assistant: Assistant, question: Question, now: datetime) -> Answer:
    """What the model answers, however that ends; five troubles in a row and it is left alone for a while."""
    answer = assistant.model.ask(question)
    assistant.breaker.note(now, failed=answer.outcome in TROUBLES)
    return answer


def judged(answer: Answer, told: Facts, redaction: Redaction, hosts: Collection[str]) -> Answer:
    """The answer without unseen signs where it says only the facts; else that it does not."""
    if answer.outcome is not Outcome.OK:
        return answer
    wrong = objection(answer.sentences, told, redaction, hosts)
    if wrong is None:
        return replace(answer, sentences=tuple(map(clean, answer.sentences)))
    _LOG.info("An answer of the language model is not shown: %s", wrong)
    return replace(answer, outcome=Outcome.UNGROUNDED, sentences=())
