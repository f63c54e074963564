"""What deals may need help with: each warning with its life, and from when on a pipeline's warnings speak."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.deals.priority import DealPriority
from domain.deals.warning_life import WarningEnding, WarningState
from domain.deals.warnings import WarningRule


class StoredWarning(SQLModel, table=True):
    """A rule about a deal as it was last found: one row a deal and rule, which begins anew with every episode."""

    __tablename__: ClassVar[str] = "deal_warning"
    __table_args__ = (
        CheckConstraint(one_of("rule", WarningRule), name="known_rule"),
        CheckConstraint(one_of("state", WarningState), name="known_state"),
        CheckConstraint(one_of("priority", DealPriority), name="known_priority"),
        CheckConstraint(one_of("ending", WarningEnding), name="known_ending"),
        CheckConstraint("(state = 'snoozed') = (snoozed_until IS NOT NULL)", name="snoozed_until_when"),
        CheckConstraint("(state = 'resolved') = (resolved_at IS NOT NULL AND ending IS NOT NULL)", name="ending_dated"),
        Index("ix_deal_warning_agent", "agent_id"),
        Index("ix_deal_warning_changed_by", "changed_by"),
    )

    deal_id: int = Field(sa_type=BigInteger, foreign_key="deal.id", primary_key=True, ondelete="CASCADE")
    rule: WarningRule = Field(sa_column=Column(Word(WarningRule), primary_key=True))
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    """Whose the deal was when it was last looked at; tells open screens whose figures moved. Who may see it is asked of the deal."""
    state: WarningState = Field(default=WarningState.OPEN, sa_column=Column(Word(WarningState), nullable=False))
    priority: DealPriority = Field(sa_column=Column(Word(DealPriority), nullable=False))
    """Of the deal as a whole, the same for all its warnings."""
    since: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the situation began; NULL where nobody knows."""
    evidence: str = Field(max_length=500)
    noticed_at: datetime = Field(sa_type=UtcDateTime)
    snoozed_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = blank(200)
    """Why somebody put it aside or resolved it."""
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: WarningEnding | None = Field(default=None, sa_column=Column(Word(WarningEnding)))


class WarningSetting(SQLModel, table=True):
    """A pipeline's own figures; a pipeline that is not in it has the product's."""

    __tablename__: ClassVar[str] = "deal_warning_setting"
    __table_args__ = (
        CheckConstraint(
            "least(quiet_days, quiet_days_early, ghosted_messages, ghosted_days, close_overdue_days, stalled_days, step_days, "
            "pushes, overdue_tasks, contacts) >= 0",
            name="figures_not_negative",
        ),
        CheckConstraint("0 < medium_points AND medium_points < high_points", name="high_is_higher"),
        Index("ix_deal_warning_setting_changed_by", "changed_by"),
    )

    pipeline: str = Field(max_length=80, primary_key=True)
    quiet_days: int
    quiet_days_early: int
    ghosted_messages: int
    ghosted_days: int
    close_overdue_days: int
    stalled_days: int
    step_days: int
    pushes: int
    overdue_tasks: int
    contacts: int
    medium_points: int = Field(default=3, sa_column_kwargs={"server_default": text("3")})
    high_points: int = Field(default=6, sa_column_kwargs={"server_default": text("6")})
    red_flags: str = Field(max_length=4_000)
    """A line for each word or phrase."""
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    changed_at: datetime = Field(sa_type=UtcDateTime)
