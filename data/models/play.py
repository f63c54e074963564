"""What makes work a little more fun: points, streaks, achievements, celebrations and rewards; and how somebody's energy was."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.coaching.achievements import GrantState
from domain.coaching.celebration import Rung
from domain.coaching.energy import Daypart
from domain.coaching.own_achievements import Span
from domain.coaching.rewards import ClaimState
from domain.coaching.streaks import DayState


class PointValueChange(SQLModel, table=True):
    """What a kind of work is worth from a day on, as an admin set it; before its first row the product's own value stands."""

    __tablename__: ClassVar[str] = "point_value"
    __table_args__ = (CheckConstraint("points >= 0 AND most >= points", name="worth"),)

    key: str = Field(max_length=40, primary_key=True)
    """A counter of the day."""
    from_on: date = Field(primary_key=True)
    points: int
    most: int
    """Points a day of this kind at most."""
    set_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    set_at: datetime = Field(sa_type=UtcDateTime)


class PointEntry(SQLModel, table=True):
    """A line of the points ledger: only ever added, so that what a day brought can be followed; a correction is a line of its own."""

    __tablename__: ClassVar[str] = "point_entry"
    __table_args__ = (CheckConstraint("points <> 0", name="says_something"), Index("ix_point_entry_agent_day", "agent_id", "day"))

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    day: date
    reason: str = Field(max_length=40)
    """The kind of work, a counter of the day; or an achievement of the company's own."""
    points: int
    """Negative where facts were corrected."""
    created_at: datetime = Field(sa_type=UtcDateTime)


class DailyScore(SQLModel, table=True):
    """How an agent's day was closed: what was done against their own minimum, and the streak it left."""

    __tablename__: ClassVar[str] = "daily_score"
    __table_args__ = (
        CheckConstraint(one_of("state", DayState), name="known_state"),
        CheckConstraint("completion_share BETWEEN 0 AND 1", name="completion_is_a_share"),
    )

    agent_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True)
    completion_share: float | None = None
    """Of the day's must-dos; None where there were none."""
    points: int
    state: DayState = Field(sa_column=Column(Word(DayState), nullable=False))
    done: int
    minimum: int
    length: int
    """Days in a row after this one; what follows is what the next day begins with."""
    best: int
    freezes: int
    towards: int


class StreakSetting(SQLModel, table=True):
    """How somebody wants their days counted and celebrated; nobody else sees a streak unless they share it."""

    __tablename__: ClassVar[str] = "streak_setting"
    __table_args__ = (CheckConstraint("minimum > 0", name="asks_something"),)

    agent_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    minimum: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    pauses: list[list[str | None]] = Field(default_factory=list, sa_column=Column(JSONB, nullable=False, server_default=text("'[]'")))
    """Pairs of the first day that does not count and the first that does again, None while it lasts."""
    is_shared: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    is_muted: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """No confetti; the words stay."""


class Celebration(SQLModel, table=True):
    """That something done was worth a moment of joy: once for each event, shown once."""

    __tablename__: ClassVar[str] = "celebration"
    __table_args__ = (
        CheckConstraint(one_of("rung", Rung), name="known_rung"),
        Index("uq_celebration_event", "agent_id", "event", unique=True),
        Index("ix_celebration_unseen", "agent_id", postgresql_where=text("seen_at IS NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    event: str = Field(max_length=60)
    """`activity:812` or `deal:77`."""
    rung: Rung = Field(sa_column=Column(Word(Rung), nullable=False))
    reason: str = Field(max_length=200)
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AchievementGrant(SQLModel, table=True):
    """An achievement an agent holds for a period, with what it was granted for."""

    __tablename__: ClassVar[str] = "achievement_grant"
    __table_args__ = (
        CheckConstraint(one_of("state", GrantState), name="known_state"),
        Index("uq_achievement_grant", "agent_id", "achievement", "period", unique=True),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    achievement: str = Field(max_length=40)
    period: str = Field(max_length=20)
    """`2026-W48`, `2026-11`, or `ever`."""
    value: float
    """What was reached, in the metric's unit; money in minor units."""
    evidence: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """The first and last day it rests on, and the ids of its newest records."""
    state: GrantState = Field(sa_column=Column(Word(GrantState), nullable=False))
    earned_on: date
    """The agent's day on which the last record it needed happened; for a goal, the day it was seen to be reached."""
    granted_at: datetime = Field(sa_type=UtcDateTime)
    """When it was noticed, which for imported history is much later."""


class OwnAchievementDefinition(SQLModel, table=True):
    """An achievement the company defined itself; what it asks never changes, so that what was granted for it stays true."""

    __tablename__: ClassVar[str] = "own_achievement"
    __table_args__ = (
        CheckConstraint(one_of("span", Span), name="known_span"),
        CheckConstraint("least > 0", name="asks_something"),
        CheckConstraint("points BETWEEN 0 AND 1000", name="points_in_reason"),
        Index("ix_own_achievement_created_by", "created_by"),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    about: str = blank(200)
    metric_key: str = Field(max_length=40)
    least: int
    span: Span = Field(sa_column=Column(Word(Span), nullable=False))
    points: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    """What it brings on the day it is earned."""
    is_active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime = Field(sa_type=UtcDateTime)


class Reward(SQLModel, table=True):
    """Something an admin promises for a milestone: a level of play, or an achievement."""

    __tablename__: ClassVar[str] = "reward"
    __table_args__ = (CheckConstraint("(play_level IS NULL) <> (achievement = '')", name="one_milestone"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    play_level: int | None = Field(default=None, sa_column=Column(SmallInteger))
    achievement: str = blank(40)
    is_active: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime = Field(sa_type=UtcDateTime)


class RewardClaim(SQLModel, table=True):
    """That an agent asked for a reward, and what was decided."""

    __tablename__: ClassVar[str] = "reward_claim"
    __table_args__ = (
        CheckConstraint(one_of("state", ClaimState), name="known_state"),
        Index("uq_reward_claim", "reward_id", "agent_id", unique=True),
        Index("ix_reward_claim_agent", "agent_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    reward_id: int = Field(foreign_key="reward.id", ondelete="CASCADE")
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    state: ClaimState = Field(sa_column=Column(Word(ClaimState), nullable=False))
    word: str = blank(300)
    """What whoever decided said."""
    claimed_at: datetime = Field(sa_type=UtcDateTime)
    decided_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EnergyCheckIn(SQLModel, table=True):
    """How much energy somebody said they had, for themselves alone: no manager, admin or program reads it."""

    __tablename__: ClassVar[str] = "energy_check_in"
    __table_args__ = (
        CheckConstraint("energy BETWEEN 1 AND 5", name="on_the_scale"),
        CheckConstraint(one_of("daypart", Daypart), name="known_daypart"),
    )

    person_id: int = Field(foreign_key="person.id", primary_key=True, ondelete="CASCADE")
    local_on: date = Field(primary_key=True)
    daypart: Daypart = Field(sa_column=Column(Word(Daypart), primary_key=True))
    energy: int = Field(sa_column=Column(SmallInteger, nullable=False))
    told_at: datetime = Field(sa_type=UtcDateTime)
