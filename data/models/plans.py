"""What people intend: targets and goals."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Final

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Numeric, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from data.models.base import UtcDateTime, Word, blank, one_of
from domain.periods import Grain
from domain.records import AdviceKind, Decision, GoalPeriod, GoalState, Profile

PLAN: Final = "plan"
"""Where a goal's `analysis` keeps what was reckoned when it was saved."""
ADVICE_KEY: Final = ("agent_id", "goal_id", "period", "metric_key", "starts_on", "kind", "suggested")
"""What is decided once; deciding it again replaces what was decided."""


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


class ChainLink(SQLModel, table=True):
    """A link of the chain from first contact to sale as an admin describes it for a kind of business; else the product's own stands."""

    __tablename__: ClassVar[str] = "chain_link"
    __table_args__ = (
        CheckConstraint(one_of("profile", Profile), name="known_profile"),
        CheckConstraint("rate > 0 AND rate <= 1", name="rate_is_a_share"),
        CheckConstraint("minutes >= 0 AND cost_minor >= 0", name="cost_not_negative"),
    )

    profile: Profile = Field(sa_column=Column(Word(Profile), primary_key=True))
    key: str = Field(max_length=40, primary_key=True)
    """The metric that counts it."""
    position: int
    """From the first contact, 0, on."""
    name: str = Field(max_length=80)
    is_controllable: bool
    """Whether an agent decides how many there are; what clients decide is predicted, never asked for."""
    rate: Decimal = Field(sa_column=Column(Numeric(9, 6), nullable=False))
    """How many of the link before become one of this, where nobody's own numbers are known yet."""
    minutes: Decimal = Field(sa_column=Column(Numeric(8, 2), nullable=False))
    """What one takes."""
    cost_minor: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default=text("0")))
    """What is spent on one, in minor units."""


class Goal(SQLModel, table=True):
    """What an agent wants to reach in a calendar period or by a deadline. How far it is, is read from the facts' sums, never stored."""

    __tablename__: ClassVar[str] = "goal"
    __table_args__ = (
        CheckConstraint(one_of("period", GoalPeriod), name="known_period"),
        CheckConstraint("ends_on > starts_on", name="forward"),
        CheckConstraint("target > 0", name="positive"),
        CheckConstraint(one_of("state", GoalState), name="known_state"),
        CheckConstraint("(state = 'paused') = (paused_on IS NOT NULL)", name="pause_dated"),
        Index(
            "uq_goal_agent_period",
            "agent_id",
            "period",
            "metric_key",
            "starts_on",
            "name",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
        Index("ix_goal_ends", "ends_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    period: GoalPeriod = Field(sa_column=Column(Word(GoalPeriod), nullable=False))
    metric_key: str = Field(max_length=40)
    """The goal's type: a key of the catalogue."""
    name: str = blank(120)
    """What its owner calls it; several goals of one type and period are told apart by it."""
    target: Decimal = Field(sa_column=Column(Numeric(18, 4), nullable=False))
    """In the metric's unit; money in major units, shares from 0 to 1, times in hours."""
    starts_on: date
    ends_on: date
    """The day after the last one."""
    state: GoalState = Field(default=GoalState.ACTIVE, sa_column=Column(Word(GoalState), nullable=False, server_default=text("'active'")))
    paused_on: date | None = None
    """The first day that does not count while it is paused; pauses that are over are `GoalPause`."""
    analysis: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    """What was assumed and planned when it was saved: rates, costs, the three plans and the verdict."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """Rises with every edit; an edit names the version it saw."""
    created_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    created_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})
    updated_at: datetime | None = Field(default=None, sa_type=UtcDateTime, sa_column_kwargs={"server_default": func.now()})


class GoalPause(SQLModel, table=True):
    """Days that were left out of a goal's plan, from a day up to but not including another."""

    __tablename__: ClassVar[str] = "goal_pause"
    __table_args__ = (CheckConstraint("until_on > from_on", name="forward"),)

    goal_id: int = Field(foreign_key="goal.id", primary_key=True, ondelete="CASCADE")
    from_on: date = Field(primary_key=True)
    until_on: date


class GoalAdvice(SQLModel, table=True):
    """What somebody decided about a target the product proposed: a new goal's, or another one for a goal that runs."""

    __tablename__: ClassVar[str] = "goal_advice"
    __table_args__ = (
        CheckConstraint(one_of("period", GoalPeriod), name="known_period"),
        CheckConstraint(one_of("kind", AdviceKind), name="known_kind"),
        CheckConstraint(one_of("decision", Decision), name="known_decision"),
        CheckConstraint("(decision = 'declined') = (chosen IS NULL)", name="chosen_unless_declined"),
        Index("uq_goal_advice", *ADVICE_KEY, unique=True, postgresql_nulls_not_distinct=True),
        Index("ix_goal_advice_goal", "goal_id", postgresql_where=text("goal_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, primary_key=True))
    agent_id: int = Field(foreign_key="person.id", ondelete="CASCADE")
    goal_id: int | None = Field(default=None, foreign_key="goal.id", ondelete="CASCADE")
    """The running goal it would change; None for a goal still to be set."""
    period: GoalPeriod = Field(sa_column=Column(Word(GoalPeriod), nullable=False))
    metric_key: str = Field(max_length=40)
    starts_on: date
    """The first day of the goal's period."""
    kind: AdviceKind = Field(sa_column=Column(Word(AdviceKind), nullable=False))
    suggested: Decimal = Field(sa_column=Column(Numeric(18, 4), nullable=False))
    """In the metric's unit; money in major units."""
    evidence: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """The numbers it rested on when it was decided."""
    decision: Decision = Field(sa_column=Column(Word(Decision), nullable=False))
    chosen: Decimal | None = Field(default=None, sa_column=Column(Numeric(18, 4)))
    """The target that was taken; None when it was declined."""
    decided_by: int | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL")
    decided_at: datetime = Field(sa_type=UtcDateTime)


class GoalChance(SQLModel, table=True):
    """How likely a goal was to be reached as seen at the end of a day, and how far it was; the line over time is drawn from it."""

    __tablename__: ClassVar[str] = "goal_chance"
    __table_args__ = (CheckConstraint("chance BETWEEN 0 AND 1", name="chance_is_a_share"),)

    goal_id: int = Field(foreign_key="goal.id", primary_key=True, ondelete="CASCADE")
    day: date = Field(primary_key=True)
    chance: float
    value: Decimal = Field(sa_column=Column(Numeric(18, 4), nullable=False))
    """What was there, in the metric's unit; money in major units."""
