"""A language model that answers in sentences or fills in a form: what every way has in common, and the way of having none."""

from dataclasses import dataclass
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from domain.ai.outcome import Outcome


class Phrasing(BaseModel):
    """The only thing a model may answer with."""

    model_config = ConfigDict(extra="forbid")

    sentences: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a model is asked: how to answer, and what it is told."""

    instructions: str
    told: str
    most_tokens: int
    """Of the answer."""
    form: type[BaseModel] = Phrasing
    """What the answer has to fill in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of it; sentences only where the outcome is OK."""

    outcome: Outcome
    sentences: tuple[str, ...] = ()
    """Of a `Phrasing`."""
    filled: BaseModel | None = None
    """Any other form, filled in."""
    tokens: int | None = None
    """Used by question and answer; None where nobody said, 0 where the service did not take the question."""
    seconds: float = 0.0


class TextModel(Protocol):
    """A way to ask. It never raises, ends within its time limit, and tells no key and no words in logs."""

    @property
    def name(self) -> str:
        """Which model answers; empty for none."""

    def ask(self, question: Question) -> Answer:
        """The answer, or why there is none."""


class NoTextModel:
    """The way of an installation without a key."""

    name = ""

    def ask(self, question: Question) -> Answer:
        """Nothing is asked."""
        del question
        return Answer(outcome=Outcome.NOT_SET_UP, tokens=0)
