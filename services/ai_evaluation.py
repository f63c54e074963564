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
from domain.coaching.texts.cases.case import VERSION, Case
from domain.coaching.texts.cases.every import CASES
from domain.coaching.texts.evaluation import Evaluated, Score
from domain.coaching.texts.text import CoachKind
from domain.errors import ConflictError
from domain.records import Role
from services.access import Viewer, require_role
from services.ai import Asked, Assistant, Phrased, phrase
from services.ai_prompts import VERSIONS, Purpose, prompt
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
    last = evaluations(session, assistant.model.name, VERSION, VERSIONS)
    return [
        Standing(purpose=purpose, prompt_version=prompt(purpose).version, cases=len(CASES[kind]), last=last.get(purpose))
        for purpose, kind in KINDS.items()
    ]


def evaluate(database: Database, assistant: Assistant, viewer: Viewer, purpose: Purpose, now: datetime) -> Evaluated:
    """Ask the model about every invented case of a kind and keep how it did. For admins; counts against the budget of the day for all.

    Takes some seconds a case. Raises ConflictError (`evaluation_stopped`) where the model could not be asked.
    """
    require_role(viewer, {Role.ADMIN})
    generous = replace(assistant, tokens_a_day_each=assistant.tokens_a_day)
    score = scored(purpose, lambda asked: _answered(database, generous, viewer, asked, now))
    found = Evaluated(score=score, model=assistant.model.name, prompt_version=prompt(purpose).version, at=now)
    database.write(lambda session: writes.keep_evaluation(session, purpose, VERSION, found, viewer.author_id))
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


def _answered(database: Database, assistant: Assistant, viewer: Viewer, asked: Asked, now: datetime) -> Phrased:
    phrased = phrase(database, assistant, viewer, asked, now)
    if phrased.outcome in INCOMPLETE:
        raise ConflictError(STOPPED.format(outcome=phrased.outcome.replace("_", " ")), code="evaluation_stopped")
    return phrased
