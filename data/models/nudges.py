"""What an agent was nudged about and by which arm of the experiment, and what people want to be told."""

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.coaching.nudge_experiment import Arm
from domain.notices import NoticeKind


class Nudge(SQLModel, table=True):
    """An agent was behind their own usual at an hour: told by an arm, or held out and told nothing. Rows of both are what is compared."""

    __tablename__: ClassVar[str] = "nudge"
    __table_args__ = (
        CheckConstraint(one_of("arm", Arm), name="known_arm"),
        CheckConstraint("hour BETWEEN 0 AND 23", name="hour_range"),
        CheckConstraint("(arm = 'held_out') = (sentence = '')", name="held_out_says_nothing"),
        Index("uq_nudge_agent_day_hour", "agent_id", "day", "hour", unique=True),
        Index("ix_nudge_made", "made_at"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    day: date
    hour: int = Field(sa_column=Column(SmallInteger, nullable=False))
    """On the agent's clock."""
    arm: Arm = Field(sa_column=Column(Word(Arm), nullable=False))
    metric_key: str = Field(max_length=40)
    usual: float
    """The median of what was done by this hour on the days looked at."""
    done: int
    days: int
    """How many days of this weekday stand behind it."""
    sentence: str = blank(300)
    made_at: datetime = Field(sa_type=UtcDateTime)
    opted_out_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """When the agent switched nudges off within a day of this one."""


class NotificationSetting(SQLModel, table=True):
    """When somebody may be reached by their channels, and how often a day; nobody is in it who never chose."""

    __tablename__: ClassVar[str] = "notification_setting"
    __table_args__ = (CheckConstraint("daily_cap BETWEEN 1 AND 50", name="cap_range"),)

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    quiet_from: time
    quiet_until: time
    """On the person's clock; the same as `quiet_from` for no quiet hours."""
    daily_cap: int = Field(sa_column=Column(SmallInteger, nullable=False))
    changed_at: datetime = Field(sa_type=UtcDateTime)


class NotificationChoice(SQLModel, table=True):
    """Whether somebody wants one kind of message by their channels; the inbox keeps it all the same."""

    __tablename__: ClassVar[str] = "notification_choice"
    __table_args__ = (CheckConstraint(one_of("kind", NoticeKind), name="known_kind"),)

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    kind: NoticeKind = Field(sa_column=Column(Word(NoticeKind), primary_key=True))
    is_wanted: bool = Field(sa_column_kwargs={"server_default": text("true")})
    changed_at: datetime = Field(sa_type=UtcDateTime)
