"""Monitoring of deals: which schedules run, what became of each time they were due, and what people were told."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, blank
from domain.deals.monitoring import LONGEST_HOURS, SHORTEST_HOURS


class DealMonitoring(SQLModel, table=True):
    """A schedule by which open deals are reviewed again and again until it is stopped; another interval is another row."""

    __tablename__: ClassVar[str] = "deal_monitoring"
    __table_args__ = (
        CheckConstraint(f"interval_hours BETWEEN {SHORTEST_HOURS} AND {LONGEST_HOURS}", name="hours_to_a_week"),
        Index(
            "uq_deal_monitoring_running",
            "team_id",
            unique=True,
            postgresql_where=text("stopped_at IS NULL"),
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_deal_monitoring_team", "team_id"),
        Index("ix_deal_monitoring_started_by", "started_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    team_id: int | None = Field(default=None, foreign_key="team.id", ondelete="CASCADE")
    """Whose deals; NULL for everybody's but those of teams with a schedule of their own."""
    interval_hours: int
    started_at: datetime = Field(sa_type=UtcDateTime)
    """It is due then and at every interval from then on."""
    started_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    """NULL for a program."""
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MonitoringRun(SQLModel, table=True):
    """One time a schedule was due: once for each slot, however many processes there are."""

    __tablename__: ClassVar[str] = "deal_monitoring_run"
    __table_args__ = (
        UniqueConstraint("monitoring_id", "slot_at"),
        Index("ix_deal_monitoring_run_open", "id", postgresql_where=text("finished_at IS NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    monitoring_id: int = Field(foreign_key="deal_monitoring.id", ondelete="CASCADE")
    slot_at: datetime = Field(sa_type=UtcDateTime)
    began_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """Once the deals are reviewed and people are told, or monitoring was stopped meanwhile."""
    deals: int
    """Open deals it was about."""
    high: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    medium: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    low: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    told: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """People who had news."""
    error: str = blank(80)
    """The kind of what went wrong."""


class MonitoringTold(SQLModel, table=True):
    """What somebody was last told of a deal: while it stays so, the deal is no news to them."""

    __tablename__: ClassVar[str] = "deal_monitoring_told"
    __table_args__ = (Index("ix_deal_monitoring_told_deal", "deal_id"),)

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    deal_id: int = Field(sa_type=BigInteger, foreign_key="deal.id", primary_key=True, ondelete="CASCADE")
    digest: str = Field(max_length=64)
    told_at: datetime = Field(sa_type=UtcDateTime)
