"""What needed doing when: alerts with their life, what people did about them, and from when on each team hears of them."""

from datetime import datetime, time
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.alerts.log import Happening


class Alert(SQLModel, table=True):
    """One episode of a rule about a team, or about one agent of it; at most one at a time is not over."""

    __tablename__: ClassVar[str] = "alert"
    __table_args__ = (
        CheckConstraint(one_of("rule", AlertRule), name="known_rule"),
        CheckConstraint(one_of("priority", Priority), name="known_priority"),
        CheckConstraint(one_of("state", AlertState), name="known_state"),
        CheckConstraint(one_of("ending", Ending), name="known_ending"),
        CheckConstraint("(state = 'resolved') = (resolved_at IS NOT NULL AND ending IS NOT NULL)", name="ending_dated"),
        CheckConstraint("state <> 'firing' OR fired_at IS NOT NULL", name="firing_dated"),
        Index(
            "uq_alert_open",
            "team_id",
            "rule",
            "agent_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("state <> 'resolved'"),
        ),
        Index("ix_alert_team_resolved", "team_id", text("resolved_at DESC"), postgresql_where=text("state = 'resolved'")),
        Index("ix_alert_agent", "agent_id"),
        Index("ix_alert_assignee", "assignee_id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    rule: AlertRule = Field(sa_column=Column(Word(AlertRule), nullable=False))
    priority: Priority = Field(sa_column=Column(Word(Priority), nullable=False))
    team_id: int = Field(foreign_key="team.id", ondelete="CASCADE")
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    """None for what is about the team."""
    period: str = blank(10)
    """The week it is about; empty for what has none."""
    state: AlertState = Field(default=AlertState.PENDING, sa_column=Column(Word(AlertState), nullable=False))
    held: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    cleared: int = Field(default=0, sa_column=Column(SmallInteger, nullable=False))
    count: int = 0
    sentence: str = Field(max_length=400)
    """As of the last evaluation at which it held."""
    evidence: str = blank(2_000)
    noticed_at: datetime = Field(sa_type=UtcDateTime)
    fired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ending: Ending | None = Field(default=None, sa_column=Column(Word(Ending)))
    evaluated_at: datetime = Field(sa_type=UtcDateTime)
    """The slot of the last evaluation: the same one twice counts once."""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When a digest last had it as firing."""
    end_told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    silenced_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assignee_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class AlertEntry(SQLModel, table=True):
    """One thing that happened to an alert, by itself or by somebody; nothing here is changed later."""

    __tablename__: ClassVar[str] = "alert_entry"
    __table_args__ = (
        CheckConstraint(one_of("what", Happening), name="known_happening"),
        Index("ix_alert_entry_alert", "alert_id", "id"),
        Index("ix_alert_entry_person", "person_id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    alert_id: int = Field(sa_type=BigInteger, foreign_key="alert.id", ondelete="CASCADE")
    what: Happening = Field(sa_column=Column(Word(Happening), nullable=False))
    person_id: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    """Who did it; None for what the product found by itself."""
    note: str = blank(500)
    at: datetime = Field(sa_type=UtcDateTime)


class AlertSetting(SQLModel, table=True):
    """A team's own thresholds and quiet hours; a team that is not in it has the product's."""

    __tablename__: ClassVar[str] = "alert_setting"
    __table_args__ = (
        CheckConstraint(
            "least(calls, booked, lists, support_index, support_calls, silent_hours, goals) >= 0", name="thresholds_not_negative"
        ),
        Index("ix_alert_setting_changed_by", "changed_by"),
    )

    team_id: int = Field(foreign_key="team.id", primary_key=True, ondelete="CASCADE")
    calls: int
    booked: int
    lists: int
    support_index: int
    support_calls: int
    silent_hours: int
    goals: int
    quiet_from: time
    quiet_until: time
    """By the company's clock; the same as `quiet_from` for no quiet hours."""
    changed_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    changed_at: datetime = Field(sa_type=UtcDateTime)
