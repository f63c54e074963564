"""Talks between an agent and the manager who looks after them, and what the agent promised there."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, blank
from domain.one_on_ones.limits import LONGEST_COMMITMENT, LONGEST_NOTES, LONGEST_REASON, LONGEST_TOPICS


class OneOnOne(SQLModel, table=True):
    """A talk of two people; its words are theirs alone. One of a pair is in preparation at a time."""

    __tablename__: ClassVar[str] = "one_on_one"
    __table_args__ = (
        Index("ix_one_on_one_agent", "agent_id", "held_on"),
        Index("ix_one_on_one_manager", "manager_id", "held_on"),
        Index("uq_one_on_one_open", "agent_id", "manager_id", unique=True, postgresql_where=text("held_on IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    manager_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    planned_on: date
    topics: str = blank(LONGEST_TOPICS)
    """What the agent wants to talk about."""
    agenda: str = blank(LONGEST_TOPICS)
    """A line for each point, as the manager arranged it."""
    notes: str = blank(LONGEST_NOTES)
    """What was said, as the manager wrote it down; the agent reads it as it is written."""
    held_on: date | None = None
    """NULL while it is prepared; from then on nothing of it changes."""
    pre_read: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB))
    """What was known when it was held, in words; NULL before, and where nothing was kept."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every change to its words; a change names the version it saw."""
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class OneOnOneCommitment(SQLModel, table=True):
    """Something an agent promised in a talk, with a day. It stays the agent's when the talk itself is erased."""

    __tablename__: ClassVar[str] = "one_on_one_commitment"
    __table_args__ = (
        CheckConstraint("due_on >= made_on", name="due_after_made"),
        CheckConstraint("num_nonnulls(done_on, dropped_on) <= 1", name="one_ending"),
        Index("ix_one_on_one_commitment_agent", "agent_id", "due_on"),
        Index("ix_one_on_one_commitment_talk", "one_on_one_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    one_on_one_id: int | None = Field(default=None, foreign_key="one_on_one.id", ondelete="SET NULL")
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    words: str = Field(max_length=LONGEST_COMMITMENT)
    made_on: date
    due_on: date
    done_on: date | None = None
    dropped_on: date | None = None
    drop_reason: str = blank(LONGEST_REASON)
    """Why it no longer holds, as whoever dropped it said."""
