"""The 90-day cycles of agents, what each phase of them is about, and proposals to begin one."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, Column, Index, func, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, one_of
from domain.coaching.cycles import Phase
from domain.records import Decision


class CoachingCycle(SQLModel, table=True):
    """Ninety days of an agent's from the day they began, or fewer where they ended it."""

    __tablename__: ClassVar[str] = "coaching_cycle"
    __table_args__ = (
        CheckConstraint("ends_on > starts_on AND ends_on <= starts_on + 90", name="length"),
        Index("uq_coaching_cycle_start", "agent_id", "starts_on", unique=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    starts_on: date
    ends_on: date
    """The day after its last one."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every focus that is named."""
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class CycleFocus(SQLModel, table=True):
    """What a phase is about: what its agent chose, and beside it what somebody else proposes."""

    __tablename__: ClassVar[str] = "cycle_focus"
    __table_args__ = (CheckConstraint(one_of("phase", Phase), name="known_phase"),)

    cycle_id: int = Field(foreign_key="coaching_cycle.id", primary_key=True, ondelete="CASCADE")
    phase: Phase = Field(sa_column=Column(Word(Phase), primary_key=True))
    is_accepted: bool = Field(primary_key=True)
    metric_key: str = Field(max_length=40)
    named_by: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    """Who proposed it; NULL for the agent."""


class CycleProposal(SQLModel, table=True):
    """Somebody's proposal that an agent begins a cycle, and what the agent decided; one waits at a time."""

    __tablename__: ClassVar[str] = "cycle_proposal"
    __table_args__ = (
        CheckConstraint(one_of("decision", Decision), name="known_decision"),
        CheckConstraint("(decision IS NULL) = (decided_on IS NULL)", name="decided_on_a_day"),
        Index("ix_cycle_proposal_agent", "agent_id"),
        Index("uq_cycle_proposal_waiting", "agent_id", unique=True, postgresql_where=text("decision IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    metric_key: str = Field(max_length=40)
    """What the first phase would be about."""
    proposed_by: int | None = Field(default=None, foreign_key="person.id", index=True, ondelete="SET NULL")
    proposed_on: date
    decision: Decision | None = Field(default=None, sa_column=Column(Word(Decision)))
    """NULL while it waits; edited where the agent began with another figure."""
    decided_on: date | None = None
