"""What jobs work out from the facts and keep, because it cannot be asked of the facts later or is too slow to ask each time."""

from datetime import date, datetime
from typing import ClassVar, Final

from sqlalchemy import BigInteger, CheckConstraint, Column, Index
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.records import DealStatus


class DealSnapshot(SQLModel, table=True):
    """How a deal stood at the end of a day: every open deal, and those closed on that day. Changes between days are read from it."""

    __tablename__: ClassVar[str] = "deal_snapshot"
    __table_args__ = (CheckConstraint(one_of("status", DealStatus), name="known_status"), Index("ix_deal_snapshot_deal", "deal_id", "day"))

    day: date = Field(primary_key=True)
    deal_id: int = Field(sa_type=BigInteger, foreign_key="deal.id", primary_key=True, ondelete="CASCADE")
    agent_id: int | None = Field(default=None, foreign_key="person.id", ondelete="CASCADE")
    pipeline: str = blank(80)
    stage: str = blank(80)
    status: DealStatus = Field(sa_column=Column(Word(DealStatus), nullable=False))
    amount_minor: int | None = Field(default=None, sa_column=Column(BigInteger))
    expected_close_on: date | None = None


class TeamRanking(SQLModel, table=True):
    """An agent's place in their team for the month so far, as it stood at the end of a day."""

    __tablename__: ClassVar[str] = "team_ranking"
    __table_args__ = (
        CheckConstraint("first_place <= place AND place <= last_place", name="place_in_band"),
        Index("ix_team_ranking_agent", "agent_id", "day"),
    )

    team_id: int = Field(foreign_key="team.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True)
    agent_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    place: int
    first_place: int
    """The best and the worst place luck could as well have given: the band."""
    last_place: int
    score: float
    """The performance index that was ranked."""
    ranked: int
    """How many agents were ranked."""
    computed_at: datetime = Field(sa_type=UtcDateTime)


DERIVED: Final = frozenset(
    {
        "achievement_grant",
        "assessment",
        "celebration",
        "daily_score",
        "deal_monitoring_told",
        "deal_review",
        "deal_snapshot",
        "deal_warning",
        "goal_chance",
        "point_entry",
        "team_ranking",
        "win_learning",
    }
)
"""These tables hold nothing anybody entered: they go with the facts they were worked out from."""
