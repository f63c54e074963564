"""What the coach said to agents, and how well a language model says it."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.coaching.texts.text import CoachKind


class CoachingSession(SQLModel, table=True):
    """One text of the coach as an agent read it: the words, whose they are, what they rest on, and whether it was useful to the agent."""

    __tablename__: ClassVar[str] = "coaching_session"
    __table_args__ = (
        CheckConstraint(one_of("kind", CoachKind), name="known_kind"),
        CheckConstraint("(is_useful IS NULL) = (answered_at IS NULL)", name="answer_dated"),
        Index("uq_coaching_session_said", "agent_id", "kind", "digest", "model", unique=True),
        Index("ix_coaching_session_shown", "shown_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: CoachKind = Field(sa_column=Column(Word(CoachKind), nullable=False))
    about: str = blank(200)
    """What of its kind it was about: a suggestion's key."""
    digest: str = Field(max_length=64)
    """Of the facts and the prompt: the same is kept once, however often it is read."""
    sentences: list[str] = Field(sa_column=Column(JSONB, nullable=False))
    evidence: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """The facts as they were told, and what else they rest on."""
    model: str = blank(120)
    """Empty where rules said it."""
    prompt_version: str = blank(20)
    call_id: int | None = Field(default=None, sa_type=BigInteger)
    """The number of the question, which may be forgotten sooner than this."""
    shown_at: datetime = Field(sa_type=UtcDateTime)
    """For the first time."""
    shown_on: date
    """The same day by the agent's clock."""
    is_useful: bool | None = None
    """What the agent answered; None before they did."""
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AiEvaluation(SQLModel, table=True):
    """How a model did on the cases of one kind of text, with one version of prompt and cases: the last time it was tried."""

    __tablename__: ClassVar[str] = "ai_evaluation"
    __table_args__ = (
        CheckConstraint("least(usable, sound, rules_sound) >= 0 AND greatest(usable, sound, rules_sound) <= cases", name="of_all"),
    )

    purpose: str = Field(primary_key=True, max_length=40)
    model: str = Field(primary_key=True, max_length=120)
    prompt_version: str = Field(primary_key=True, max_length=20)
    cases_version: str = Field(primary_key=True, max_length=20)
    cases: int
    usable: int
    """Answers that said only the facts."""
    sound: int
    """Cases in which what would be shown, the model's words or else the rules', has no fault."""
    rules_sound: int
    """The same for the rules' words alone."""
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    """Who had it tried."""
    at: datetime = Field(sa_type=UtcDateTime)
