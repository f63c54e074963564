"""What agents did, when, and how it ended."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import ActivityType, Direction, Outcome


class Activity(SQLModel, table=True):
    """One thing an agent did. Local day and hour are the agent's when it was written, so that history does not shift when someone moves."""

    __tablename__: ClassVar[str] = "activity"
    __table_args__ = (
        CheckConstraint(one_of("type", ActivityType), name="known_type"),
        CheckConstraint(one_of("outcome", Outcome), name="known_outcome"),
        CheckConstraint(one_of("direction", Direction), name="known_direction"),
        CheckConstraint("duration_seconds >= 0", name="duration_not_negative"),
        CheckConstraint("local_hour BETWEEN 0 AND 23", name="hour_range"),
        Index("uq_activity_origin_external", "origin", "external_id", unique=True),
        Index("ix_activity_agent_occurred", "agent_id", text("occurred_at DESC"), text("id DESC")),
        Index("ix_activity_occurred", text("occurred_at DESC"), text("id DESC")),
        Index("ix_activity_lead", "lead_id", postgresql_where=text("lead_id IS NOT NULL")),
        Index("ix_activity_deal", "deal_id", postgresql_where=text("deal_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="RESTRICT")
    type: ActivityType = Field(sa_column=Column(Word(ActivityType), nullable=False))
    outcome: Outcome | None = Field(default=None, sa_column=Column(Word(Outcome)))
    direction: Direction | None = Field(default=None, sa_column=Column(Word(Direction)))
    subject: str = blank(300)
    notes: str = blank(10_000)
    category: str = blank(60)
    lead_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="lead.id", ondelete="SET NULL")
    deal_id: int | None = Field(default=None, sa_type=BigInteger, foreign_key="deal.id", ondelete="SET NULL")
    duration_seconds: int | None = None
    occurred_at: datetime = Field(sa_type=UtcDateTime)
    local_on: date
    local_hour: int = Field(sa_column=Column(SmallInteger, nullable=False))
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    origin: str = Field(default="app", max_length=40, sa_column_kwargs={"server_default": text("'app'")})
    external_id: str | None = Field(default=None, max_length=120)
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
