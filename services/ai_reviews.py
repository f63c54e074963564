"""A deal's review by a language model: the form it fills in is shown where everything in it stands in the facts, else the rules' review is.

An answer that says something else is asked for once more, as so long a text seldom goes wrong twice; its budget is counted twice.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from data.engine import Database
from data.writes import ai_calls as writes
from domain.ai.cleaning import clean
from domain.ai.facts import Facts, fenced
from domain.ai.grounding import objection
from domain.ai.outcome import Outcome
from domain.ai.redaction import Redaction
from domain.deals.review import Action, DealReview, Urgency
from domain.deals.review_facts import review_facts, without_days
from domain.deals.review_values import ReviewBasis
from integrations.text_model import Answer, Question
from services import ai, deal_reviews, review_guidance
from services.access import Viewer
from services.ai import Asked, Assistant
from services.ai_prompts import Purpose

MOST_ANSWER_TOKENS: Final = 1_600
"""A review has about 700; the rest is for models that think aloud first."""
MOST_SENTENCES: Final = 40
"""The longest review the prompt allows has 35."""
TRIES: Final = 2
FEWEST_STEPS: Final = 1
"""Actions, phrases and steps: a review without any of them is none."""
_ENDS: Final = (".", "!", "?", "…", "”", '"')


class ActionSaid(BaseModel):
    """An action as a model tells it."""

    model_config = ConfigDict(extra="forbid")

    what: str
    why: str
    how: str
    urgency: Urgency


class ReviewSaid(BaseModel):
    """The form a model fills in; the priority is not its to say."""

    model_config = ConfigDict(extra="forbid")

    situation: str
    strengths: list[str]
    concerns: list[str]
    red_flags: list[str]
    actions: list[ActionSaid]
    phrases: list[str]
    plan: list[str]

    @property
    def said_of_it(self) -> list[str]:
        """What it says of the deal."""
        return [self.situation, *self.strengths, *self.concerns, *self.red_flags, *(each.why for each in self.actions)]

    @property
    def asked_for(self) -> list[str]:
        """What it says is to be done, and when."""
        return [*(text for each in self.actions for text in (each.what, each.how)), *self.phrases, *self.plan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What came of asking."""

    outcome: Outcome
    review: DealReview | None = None
    """Where the outcome is OK."""


def is_offered(session: Session, assistant: Assistant, viewer: Viewer) -> bool:
    """Whether a button for it makes sense."""
    version = review_guidance.prompt_in_use(session).version
    asked = Asked(purpose=Purpose.DEAL_REVIEW, facts=Facts(facts=()), rules=(), own_version=version)
    return ai.may_be_asked(session, assistant, viewer, asked)


def review_by_model(database: Database, assistant: Assistant, viewer: Viewer, deal_id: int, now: datetime) -> Outcome:
    """Have the model review a deal and keep what it wrote, in English; takes some seconds. Raises as `deal_reviews.review`."""
    basis = database.write(lambda session: deal_reviews.basis_of(session, viewer, deal_id, now))
    found = written(database, assistant, viewer, basis, now)
    review = found.review
    if review is not None:
        database.write(lambda session: deal_reviews.keep_written(session, basis, review, now))
    return found.outcome


def written(
    database: Database, assistant: Assistant, viewer: Viewer, basis: ReviewBasis, now: datetime, *, is_invented: bool = False
) -> Written:
    """The model's review, or why there is none; takes some seconds, outside of any transaction. Never raises for what the model does."""
    with database.reading() as session:
        how = review_guidance.prompt_in_use(session)
    asked = Asked(
        purpose=Purpose.DEAL_REVIEW,
        facts=review_facts(basis),
        rules=(),
        agent_id=None if is_invented else basis.facts.agent_id,
        is_invented=is_invented,
        own_version=how.version,
    )
    redaction = Redaction(people=tuple(dict.fromkeys((viewer.name, basis.facts.agent_name or ""))))
    told = redaction.hidden(asked.facts.cleaned())
    question = Question(instructions=how.text, told=fenced(told), most_tokens=MOST_ANSWER_TOKENS, form=ReviewSaid)
    outcome = Outcome.UNGROUNDED
    for _ in range(TRIES):
        begun = ai.begin(database, assistant, viewer, asked, question, now)
        if isinstance(begun, Outcome):
            return Written(outcome=begun)
        answer = ai.answer_of(assistant, question, now)
        outcome = judged(answer, told, redaction)
        _end(database, begun, outcome, answer)
        if outcome is Outcome.OK and isinstance(answer.filled, ReviewSaid):
            return Written(outcome=outcome, review=_review(answer.filled, basis, redaction))
        if outcome is not Outcome.UNGROUNDED:
            break
    return Written(outcome=outcome)


def judged(answer: Answer, told: Facts, redaction: Redaction) -> Outcome:
    """Whether the form says only the facts, and has something to do, to say and to plan."""
    if answer.outcome is not Outcome.OK:
        return answer.outcome
    said = answer.filled
    if not isinstance(said, ReviewSaid) or min(len(said.actions), len(said.phrases), len(said.plan)) < FEWEST_STEPS:
        return Outcome.UNGROUNDED
    of_it, asked_for = _ended(said.said_of_it), _ended(said.asked_for)
    if not all((*of_it, *asked_for)):
        return Outcome.UNGROUNDED
    wrong = objection(of_it, without_days(told), redaction, most=MOST_SENTENCES)
    wrong = wrong or objection([*of_it, *asked_for], told, redaction, most=MOST_SENTENCES)
    return Outcome.OK if wrong is None else Outcome.UNGROUNDED


def _ended(texts: list[str]) -> list[str]:
    """Each as a sentence of its own, so that the capital of the next one is no name."""
    return [text if not text or text.endswith(_ENDS) else f"{text}." for text in map(str.strip, texts)]


def _end(database: Database, begun: int, outcome: Outcome, answer: Answer) -> None:
    database.write(lambda session: writes.end(session, begun, outcome, tokens=answer.tokens, seconds=answer.seconds))


def _review(said: ReviewSaid, basis: ReviewBasis, redaction: Redaction) -> DealReview:
    """With what was hidden back in its place, and the priority that was reckoned."""

    def shown(texts: list[str]) -> tuple[str, ...]:
        return tuple(redaction.restored(clean(text)) for text in texts)

    actions = [
        Action(what=what, why=why, how=how, urgency=each.urgency)
        for each in said.actions
        for what, why, how in [shown([each.what.rstrip("."), each.why, each.how])]
    ]
    lists = {name: shown(getattr(said, name)) for name in ("strengths", "concerns", "red_flags", "phrases", "plan")}
    return replace(
        DealReview(situation=shown([said.situation])[0], priority=basis.priority, actions=(), **lists),
        actions=tuple(sorted(actions, key=lambda each: list(Urgency).index(each.urgency))),
    )
