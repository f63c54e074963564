"""What people intend: targets, goals and the calendar."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Numeric, func, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.periods import Grain
from domain.records import EventKind, EventStatus, GoalPeriod


class KpiTarget(SQLModel, table=True):
    """What a metric should reach per agent and period: for one agent, a team's agents, or everybody; the narrowest wins."""

    __tablename__: ClassVar[str] = "kpi_target"
    __table_args__ = (
        CheckConstraint(one_of("grain", Grain), name="known_grain"),
        CheckConstraint("team_id IS NULL OR agent_id IS NULL", name="one_scope"),
        CheckConstraint("until_on > from_on", name="forward"),
        CheckConstraint("target > 0", name="positive"),
        Index("uq_kpi_target", "metric_key", "grain", "team_id", "agent_id", "from_on", unique=True, postgresql_nulls_not_distinct=True),
    )

    id: int | None = Field(default=None, primary_key=True)
    metric_key: str = Field(max_length=40)
    grain: Grain = Field(sa_column=Column(Word(Grain), nullable=False))
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    target: Decimal = Field(sa_column=Column(Numeric(18, 4), nullable=False))
    """In the metric's unit; money in major units."""
    from_on: date
    until_on: date | None = None
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")


class Goal(SQLModel, table=True):
    """What an agent wants to reach in a calendar period. How far it is is never stored: it is read from the facts' sums at that moment."""

    __tablename__: ClassVar[str] = "goal"
    __table_args__ = (
        CheckConstraint(one_of("period", GoalPeriod), name="known_period"),
        CheckConstraint("ends_on > starts_on", name="forward"),
        CheckConstraint("target > 0", name="positive"),
        Index("uq_goal_agent_period", "agent_id", "period", "metric_key", "starts_on", unique=True),
        Index("ix_goal_ends", "ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    period: GoalPeriod = Field(sa_column=Column(Word(GoalPeriod), nullable=False))
    metric_key: str = Field(max_length=40)
    """The goal's type: a key of the catalogue."""
    target: Decimal = Field(sa_column=Column(Numeric(18, 4), nullable=False))
    """In the metric's unit; money in major units, shares from 0 to 1, times in hours."""
    starts_on: date
    ends_on: date
    """The day after the last one."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every edit; an edit names the version it saw."""
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
    updated_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


LINKS = ("lead", "deal", "activity")
"""What an entry may be about; indexed, because taking one of these away looks for the entries that name it."""


class CalendarEvent(SQLModel, table=True):
    """Something an agent has planned; start and end are moments, `local_on` is the day in the agent's zone."""

    __tablename__: ClassVar[str] = "calendar_event"
    __table_args__ = (
        CheckConstraint(one_of("kind", EventKind), name="known_kind"),
        CheckConstraint(one_of("status", EventStatus), name="known_status"),
        CheckConstraint("ends_at > starts_at", name="forward"),
        Index("ix_calendar_event_agent", "agent_id", "local_on"),
        Index("ix_calendar_event_day", "local_on"),
        *(Index(f"ix_calendar_event_{link}", f"{link}_id", postgresql_where=text(f"{link}_id IS NOT NULL")) for link in LINKS),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    kind: EventKind = Field(sa_column=Column(Word(EventKind), nullable=False))
    title: str = Field(max_length=200)
    notes: str = blank(2000)
    starts_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    local_on: date
    status: EventStatus = Field(default=EventStatus.PLANNED, sa_column=Column(Word(EventStatus), nullable=False))
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    deal_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal.id", ondelete="SET NULL")
    activity_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="activity.id", ondelete="SET NULL")
    """The activity written when the event was completed."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every edit; an edit names the version it saw."""
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
