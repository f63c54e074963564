"""What the goal routes take and answer with; a field's name says its unit."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Self, TypeAlias

from pydantic import ConfigDict, Field, StrictInt, model_validator
from pydantic.config import JsonDict

from api.v1.analytics_bodies import PERCENT, DaysOut, percent
from api.v1.fields import Body, Day, Shown, left_out
from domain.goals.progress import GoalProgress
from domain.goals.target import BOUNDS
from domain.metrics.definition import Unit
from domain.metrics.pace import Pace
from domain.metrics.status import Status
from domain.money import from_minor
from domain.periods import Period
from domain.records import GoalPeriod
from services.goal_setting import WantedGoals
from services.goals import PAST, GoalBoard

_EXAMPLE: Final[JsonDict] = {"period": "monthly", "goals": {"conversions": 15, "revenue_minor": 1_500_000, "response_time_hours": 2.0}}
MOST_PAST: Final = 200
MOST_VERSION: Final = 2**31 - 1
LARGEST_GOAL_MINOR: Final = 10**14
_COUNTS: Final = ("conversions", "calls", "conversations", "appointments", "deals_won", "satisfaction")
"""Fields that are called and measured as their goal type is."""
Count: TypeAlias = Annotated[StrictInt, Field(ge=1, le=int(BOUNDS[Unit.COUNT].most))]
Hours: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0.01, le=720)]
Percent: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0.01, le=100)]
Stars: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=1, le=5)]


class Targets(Body):
    """What is to be reached; null takes a goal back, what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    conversions: Count | None = left_out()
    revenue_minor: Annotated[StrictInt, Field(ge=1, le=LARGEST_GOAL_MINOR)] | None = left_out()
    """In the smallest unit of the organisation's currency."""
    response_time_hours: Hours | None = left_out()
    """The median wait for the first contact, at most."""
    calls: Count | None = left_out()
    conversations: Count | None = left_out()
    appointments: Count | None = left_out()
    deals_won: Count | None = left_out()
    conversion_percent: Percent | None = left_out()
    satisfaction: Stars | None = left_out()

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name at least one figure to reach")
        return self

    def by_type(self, currency: str) -> dict[str, Decimal | None]:
        """The targets named, by goal type, in the metric's unit."""
        said = {
            **{name: _exact(getattr(self, name)) for name in _COUNTS},
            "revenue": None if self.revenue_minor is None else from_minor(self.revenue_minor, currency),
            "median_response_time": _exact(self.response_time_hours),
            "conversion_rate": None if self.conversion_percent is None else _of(self.conversion_percent) / PERCENT,
        }
        renamed = {"revenue_minor": "revenue", "response_time_hours": "median_response_time", "conversion_percent": "conversion_rate"}
        named = {renamed.get(name, name) for name in self.model_fields_set}
        return {kind: target for kind, target in said.items() if kind in named}


class GoalsIn(Body):
    """Goals for one calendar period."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    period: GoalPeriod
    day: Day | None = None
    """Any day of the period; the agent's today, unless told."""
    goals: Targets

    def wanted(self, agent_id: int, today: date, currency: str) -> WantedGoals:
        """The same for the service."""
        return WantedGoals(agent_id=agent_id, period=self.period, day=self.day or today, targets=self.goals.by_type(currency))


class GoalsQuery(Body):
    """How much of the past to tell."""

    past: Annotated[int, Field(ge=0, le=MOST_PAST)] = PAST
    """Goals that are over, the latest first."""


class GoalSeen(Body):
    """Which state of a goal the caller saw."""

    version: Annotated[int, Field(ge=1, le=MOST_VERSION)] | None = None
    """The goal's version; without it the goal goes as it is."""


class PaceOut(Shown):
    """How a running sum is going; money in minor units."""

    ahead: float
    """Against what is due by now; negative is behind."""
    needed_per_day: float | None
    """What each remaining working day must bring; null when none is left."""
    projection: float | None
    """Where it ends at the pace of the last four weeks."""
    low: float | None
    high: float | None

    @classmethod
    def of(cls, pace: Pace) -> Self:
        """The pace as an answer."""
        low, high = pace.interval or (None, None)
        return cls(ahead=pace.ahead, needed_per_day=pace.needed_per_day, projection=pace.projection, low=low, high=high)


class GoalOut(Shown):
    """A goal and how far it is at this moment, read from the facts."""

    id: int
    type: str
    """A key of docs/metrics.md."""
    name: str
    unit: Unit
    period: GoalPeriod
    days: DaysOut
    target: float
    """In the metric's unit: shares from 0 to 1, money in minor units."""
    value: float | None
    """Null when there was nothing to measure."""
    sample: int
    completion_percent: float | None
    """Null where it cannot be told yet; what is better when lower needs enough facts."""
    status: Status
    pace: PaceOut | None
    reached_on: date | None
    partly_seen: bool
    """Whether days of it so far are hidden from the caller; it is not judged then, unless the days they may see reach it alone."""
    version: int

    @classmethod
    def of(cls, found: GoalProgress) -> Self:
        """The goal as an answer."""
        goal, share = found.goal, found.completion_share
        return cls(
            id=goal.id,
            type=goal.type,
            name=found.definition.name,
            unit=found.definition.unit,
            period=goal.period,
            days=DaysOut.of(goal.days),
            target=goal.target,
            value=found.value,
            sample=found.measure.sample,
            completion_percent=percent(share),
            status=found.status,
            pace=PaceOut.of(found.pace) if found.pace else None,
            reached_on=found.reached_on,
            partly_seen=found.is_partly_seen,
            version=goal.version,
        )


class GoalBoardOut(Shown):
    """An agent's goals."""

    agent_id: int
    agent_name: str
    currency: str
    current: list[GoalOut]
    coming: list[GoalOut]
    past: list[GoalOut]
    has_older: bool

    @classmethod
    def of(cls, board: GoalBoard, agent_id: int, agent_name: str) -> Self:
        """The board as an answer."""
        return cls(
            agent_id=agent_id,
            agent_name=agent_name,
            currency=board.currency,
            current=[GoalOut.of(each) for each in board.current],
            coming=[GoalOut.of(each) for each in board.coming],
            past=[GoalOut.of(each) for each in board.past],
            has_older=board.has_older,
        )


class PeriodGoalsOut(Shown):
    """An agent's goals for one calendar period."""

    agent_id: int
    agent_name: str
    currency: str
    period: GoalPeriod
    days: DaysOut
    goals: list[GoalOut]

    @classmethod
    def of(cls, wanted: WantedGoals, agent_name: str, days: Period, found: tuple[Sequence[GoalProgress], str]) -> Self:
        """The goals there are now as an answer."""
        goals, currency = found
        return cls(
            agent_id=wanted.agent_id,
            agent_name=agent_name,
            currency=currency,
            period=wanted.period,
            days=DaysOut.of(days),
            goals=[GoalOut.of(each) for each in goals],
        )


def _of(number: float) -> Decimal:
    return Decimal(str(number))


def _exact(number: float | None) -> Decimal | None:
    return None if number is None else _of(number)
