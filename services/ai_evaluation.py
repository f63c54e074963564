"""Whether the model does as well as the rules on the cases of a kind; until it did, with this prompt, it is not asked for that kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.engine import Database
from data.queries.coaching import evaluations
from data.writes import coaching as writes
from domain.ai.outcome import TROUBLES, Outcome
from domain.coaching.texts.cases.case import Case
from domain.coaching.texts.cases.every import CASES
from domain.coaching.texts.evaluation import Evaluated, Score
from domain.coaching.texts.text import CoachKind
from domain.deals.review_cases.every import CASES as REVIEW_CASES
from domain.deals.rule_review import rule_review
from domain.errors import ConflictError
from domain.records import Role
from services import review_guidance
from services.access import Viewer, require_role
from services.ai import Asked, Assistant, Phrased, cases_version, phrase
from services.ai_prompts import VERSIONS, Purpose, prompt
from services.ai_reviews import written
from services.coach import asked_of

INCOMPLETE: Final = TROUBLES | {Outcome.NOT_SET_UP, Outcome.NO_BUDGET, Outcome.PAUSED}
"""Says nothing of how well the model phrases; an evaluation that meets one is not kept."""
STOPPED: Final = "The evaluation stopped, and nothing is kept: the language model could not be asked ({outcome}). Try again later."
KINDS: Final[Mapping[Purpose, CoachKind]] = {
    Purpose.DAY_PLAN: CoachKind.DAY_PLAN,
    Purpose.PATTERNS: CoachKind.PATTERNS,
    Purpose.CONTENT: CoachKind.CONTENT,
    Purpose.ENERGY: CoachKind.ENERGY,
}
TRIED_REVIEWS: Final = REVIEW_CASES[::4]
"""Every fourth of the made-up deals: all fifty would take ten minutes and most of a day's budget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the model stands for one kind."""

    purpose: Purpose
    prompt_version: str
    cases: int
    last: Evaluated | None
    """With this model, prompt and these cases; None before it was tried."""

    @property
    def is_on(self) -> bool:
        """Whether it is good enough to be asked."""
        return self.last is not None and self.last.score.is_enough


def standings(session: Session, viewer: Viewer, assistant: Assistant) -> list[Standing]:
    """Of every kind, for admins."""
    require_role(viewer, {Role.ADMIN})
    counts = {purpose: len(CASES[kind]) for purpose, kind in KINDS.items()} | {Purpose.DEAL_REVIEW: len(TRIED_REVIEWS)}
    versions = {**VERSIONS, Purpose.DEAL_REVIEW: review_guidance.prompt_in_use(session).version}
    return [
        Standing(
            purpose=purpose,
            prompt_version=versions[purpose],
            cases=cases,
            last=evaluations(session, assistant.model.name, cases_version(purpose), versions).get(purpose),
        )
        for purpose, cases in counts.items()
    ]


def evaluate(database: Database, assistant: Assistant, viewer: Viewer, purpose: Purpose, now: datetime) -> Evaluated:
    """Ask the model about every invented case of a kind and keep how it did. For admins; counts against the budget of the day for all.

    Takes some seconds a case. Raises ConflictError (`evaluation_stopped`) where the model could not be asked.
    """
    require_role(viewer, {Role.ADMIN})
    with database.reading() as session:
        version = review_guidance.prompt_in_use(session).version if purpose is Purpose.DEAL_REVIEW else prompt(purpose).version
    generous = replace(assistant, tokens_a_day_each=assistant.tokens_a_day)
    if purpose is Purpose.DEAL_REVIEW:
        score = _scored_reviews(database, generous, viewer, now)
    else:
        score = scored(purpose, lambda asked: _answered(database, generous, viewer, asked, now))
    found = Evaluated(score=score, model=assistant.model.name, prompt_version=version, at=now)
    database.write(lambda session: writes.keep_evaluation(session, purpose, cases_version(purpose), found, viewer.author_id))
    return found


def scored(purpose: Purpose, say: Callable[[Asked], Phrased]) -> Score:
    """How well all cases of a kind are said."""
    cases = CASES[KINDS[purpose]]
    said = [(case, say(invented(case))) for case in cases]
    return Score(
        cases=len(cases),
        usable=sum(phrased.is_by_ai for _, phrased in said),
        sound=sum(not case.faults(phrased.sentences) for case, phrased in said),
        rules_sound=sum(not case.rules_faults() for case in cases),
    )


def invented(case: Case) -> Asked:
    """A case as a question; it holds nothing of anybody."""
    return replace(asked_of(case.text, agent_id=0), agent_id=None, consent="", is_invented=True)


def _scored_reviews(database: Database, assistant: Assistant, viewer: Viewer, now: datetime) -> Score:
    """How well the made-up deals are reviewed: figures, priority and urgency; the rules' own words are not asked of a model."""
    usable = sound = rules_sound = 0
    for case in TRIED_REVIEWS:
        found = written(database, assistant, viewer, case.basis, now, is_invented=True)
        _check(found.outcome)
        by_rules = rule_review(case.basis)
        usable += found.review is not None
        sound += not case.faults(found.review or by_rules, figures_only=True)
        rules_sound += not case.faults(by_rules, figures_only=True)
    return Score(cases=len(TRIED_REVIEWS), usable=usable, sound=sound, rules_sound=rules_sound)


def _answered(database: Database, assistant: Assistant, viewer: Viewer, asked: Asked, now: datetime) -> Phrased:
    phrased = phrase(database, assistant, viewer, asked, now)
    _check(phrased.outcome)
    return phrased


def _check(outcome: Outcome) -> None:
    if outcome in INCOMPLETE:
        raise ConflictError(STOPPED.format(outcome=outcome.replace("_", " ")), code="evaluation_stopped")
