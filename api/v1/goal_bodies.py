"""What the goal routes take and answer with; a field's name says its unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Self, TypeAlias

from pydantic import ConfigDict, Field, StrictInt, model_validator
from pydantic.config import JsonDict

from api.v1.analytics_bodies import PERCENT, DaysOut, percent
from api.v1.fields import Body, Day, Shown, Words, left_out
from api.v1.goal_plan_bodies import AnalysisOut, ChanceOut
from domain.goals.chance import Chance
from domain.goals.entry import LONGEST_NAME
from domain.goals.progress import GoalProgress
from domain.goals.target import BOUNDS
from domain.metrics.definition import Unit
from domain.metrics.pace import Pace
from domain.metrics.status import Status
from domain.money import from_minor
from domain.periods import Period
from domain.records import GoalPeriod, GoalState
from services.goal_setting import WantedGoals
from services.goals import PAST, GoalBoard

_EXAMPLE: Final[JsonDict] = {"period": "monthly", "goals": {"conversions": 15, "revenue_minor": 1_500_000, "response_time_hours": 2.0}}
MOST_PAST: Final = 200
MOST_VERSION: Final = 2**31 - 1
LARGEST_GOAL_MINOR: Final = 10**14
_RENAMED: Final = {
    "revenue_minor": "revenue",
    "response_time_hours": "median_response_time",
    "conversion_percent": "conversion_rate",
    "win_percent": "win_rate",
}
"""Fields that are called after their unit, with their goal type; the others are called and measured as theirs is."""
_PERCENTS: Final = frozenset({"conversion_percent", "win_percent"})
Count: TypeAlias = Annotated[StrictInt, Field(ge=1, le=int(BOUNDS[Unit.COUNT].most))]
Hours: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0.01, le=720)]
Percent: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0.01, le=100)]
MOST_ASSUMPTIONS: Final = 40
AssumptionKey: TypeAlias = Annotated[str, Field(pattern=r"^[a-z_.]{1,60}$")]
Figure: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0, le=1e14)]
GoalName: TypeAlias = Annotated[Words, Field(max_length=LONGEST_NAME)]
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
    emails: Count | None = left_out()
    messages: Count | None = left_out()
    follow_ups: Count | None = left_out()
    appointments_set: Count | None = left_out()
    meetings: Count | None = left_out()
    showings: Count | None = left_out()
    proposals: Count | None = left_out()
    agreements: Count | None = left_out()
    lists_sent: Count | None = left_out()
    conversion_percent: Percent | None = left_out()
    win_percent: Percent | None = left_out()
    satisfaction: Stars | None = left_out()

    @model_validator(mode="after")
    def _names_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("name at least one figure to reach")
        return self

    def by_type(self, currency: str) -> dict[str, Decimal | None]:
        """The targets named, by goal type, in the metric's unit."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return {_RENAMED.get(name, name): _in_unit(name, figure, currency) for name, figure in said.items()}


class GoalsIn(Body):
    """Goals for one calendar period, or from a day to a deadline."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    period: GoalPeriod
    day: Day | None = None
    """Any day of the period, or the first one of a `span`; the agent's today, unless told."""
    deadline: Day | None = None
    """The last day of a `span`, at most two years after its first; no other period has one."""
    name: GoalName = ""
    """Tells several goals of a kind for the same days apart, and calls them something on every screen."""
    goals: Targets
    assumptions: Annotated[dict[AssumptionKey, Figure], Field(max_length=MOST_ASSUMPTIONS)] = Field(default_factory=dict)
    """What you know better than the product, by the keys an analysis names, such as `{"margin": 0.6}`; the plans rest on it."""

    def wanted(self, agent_id: int, today: date, currency: str) -> WantedGoals:
        """The same for the service."""
        targets = self.goals.by_type(currency)
        day = self.day or today
        return WantedGoals(
            agent_id=agent_id,
            period=self.period,
            day=day,
            deadline=self.deadline,
            name=self.name,
            targets=targets,
            assumptions=self.assumptions,
        )


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
    """The metric's."""
    goal_name: str
    """What its owner calls it; empty for most."""
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
    """How it stands by the facts."""
    state: GoalState
    """What its owner decided."""
    paused_on: date | None
    """The first day of the present pause; its days are not planned for the goal."""
    pace: PaceOut | None
    chance: ChanceOut | None
    """Null for what is no running sum, before its first day, while it is paused, and where days are hidden from the caller."""
    reached_on: date | None
    partly_seen: bool
    """Whether days of it so far are hidden from the caller; it is not judged then, unless the days they may see reach it alone."""
    version: int

    @classmethod
    def of(cls, found: GoalProgress, chance: Chance | None = None) -> Self:
        """The goal as an answer."""
        goal, share = found.goal, found.completion_share
        return cls(
            id=goal.id,
            type=goal.type,
            name=found.definition.name,
            goal_name=goal.name,
            unit=found.definition.unit,
            period=goal.period,
            days=DaysOut.of(goal.days),
            target=goal.target,
            value=found.value,
            sample=found.measure.sample,
            completion_percent=percent(share),
            status=found.status,
            state=goal.state,
            paused_on=goal.paused_on,
            pace=PaceOut.of(found.pace) if found.pace else None,
            chance=ChanceOut.of(chance) if chance else None,
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
    cancelled: list[GoalOut]
    """Those taken back, the latest first."""
    has_older: bool

    @classmethod
    def of(cls, board: GoalBoard, chances: Mapping[int, Chance], agent_id: int, agent_name: str) -> Self:
        """The board as an answer."""
        return cls(
            agent_id=agent_id,
            agent_name=agent_name,
            currency=board.currency,
            current=[GoalOut.of(each, chances.get(each.goal.id)) for each in board.current],
            coming=[GoalOut.of(each) for each in board.coming],
            past=[GoalOut.of(each) for each in board.past],
            cancelled=[GoalOut.of(each) for each in board.cancelled],
            has_older=board.has_older,
        )


class PeriodGoalsOut(Shown):
    """An agent's goals for one calendar period, or for days of their own that begin on one day."""

    agent_id: int
    agent_name: str
    currency: str
    period: GoalPeriod
    days: DaysOut
    goals: list[GoalOut]
    analyses: dict[int, AnalysisOut]
    """By goal id: what each of the goals named in the request takes, as it is kept with the goal."""

    @classmethod
    def of(
        cls,
        wanted: WantedGoals,
        agent_name: str,
        days: Period,
        found: tuple[Sequence[GoalProgress], str],
        plans: Mapping[int, Mapping[str, Any]],
    ) -> Self:
        """The goals there are now as an answer."""
        goals, currency = found
        return cls(
            agent_id=wanted.agent_id,
            agent_name=agent_name,
            currency=currency,
            period=wanted.period,
            days=DaysOut.of(days),
            goals=[GoalOut.of(each) for each in goals],
            analyses={goal_id: AnalysisOut.of(plan) for goal_id, plan in plans.items()},
        )


def _in_unit(field: str, figure: float | None, currency: str) -> Decimal | None:
    """The figure in its metric's unit, exactly as it was written; None takes the goal back."""
    if figure is None:
        return None
    if field == "revenue_minor":
        return from_minor(int(figure), currency)
    exact = Decimal(str(figure))
    return exact / PERCENT if field in _PERCENTS else exact
