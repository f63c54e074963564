"""What the goal routes take; a field's name says its unit."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Self, TypeAlias

from pydantic import ConfigDict, Field, StrictInt, model_validator
from pydantic.config import JsonDict

from api.v1.analytics_bodies import PERCENT
from api.v1.fields import Body, Day, Words, left_out
from domain.goals.entry import LONGEST_NAME
from domain.goals.target import BOUNDS
from domain.metrics.definition import Unit
from domain.money import from_minor
from domain.records import GoalPeriod
from services.goal_setting import WantedGoals
from services.goals import PAST

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


def _in_unit(field: str, figure: float | None, currency: str) -> Decimal | None:
    """The figure in its metric's unit, exactly as it was written; None takes the goal back."""
    if figure is None:
        return None
    if field == "revenue_minor":
        return from_minor(int(figure), currency)
    exact = Decimal(str(figure))
    return exact / PERCENT if field in _PERCENTS else exact
