"""What was asked of a language model."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, one_of
from domain.ai.outcome import Outcome


class AiCall(SQLModel, table=True):
    """One question to a language model: what it was for, what it used, what became of it. What was said is not in it."""

    __tablename__: ClassVar[str] = "ai_call"
    __table_args__ = (
        CheckConstraint(one_of("outcome", Outcome), name="known_outcome"),
        CheckConstraint("tokens >= 0", name="tokens_not_negative"),
        Index("ix_ai_call_at", "at"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    purpose: str = Field(max_length=40)
    prompt_version: str = Field(max_length=20)
    model: str = Field(max_length=120)
    tokens: int
    """Used by question and answer; until the service has said so, or if it never does, the most they can have been."""
    seconds: float | None = None
    """Until the answer, or until it was given up; None while it is waited for."""
    outcome: Outcome = Field(sa_column=Column(Word(Outcome), nullable=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    """Who asked."""
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", index=True)
    """Whom it was about."""
    at: datetime = Field(sa_type=UtcDateTime)
