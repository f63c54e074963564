"""What a goal takes, as programs are told: plans, cost, worth, what they rest on, and how likely it is.

Shares and chances are from 0 to 1, money is in minor units.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import Field

from api.v1.fields import Shown
from domain.goals.chance import Chance
from domain.goals.cost import AssumptionUnit, Verdict
from domain.goals.plans import PlanKey
from domain.goals.posterior import Source
from services.goal_plan_record import plan_record
from services.goal_plans import GoalAnalysis


class ChanceOut(Shown):
    """How likely a running goal is reached by its last day: what is there, open deals, and new business at the present rate."""

    probability: float
    needed_per_working_day: float | None
    """Null when no working day is left."""
    expected_value: float
    low: float
    high: float
    """It ends between low and high in four of five cases."""
    from_open_deals: float
    from_new_business: float

    @classmethod
    def of(cls, found: Chance) -> Self:
        """The chance as an answer."""
        low, high = found.interval80
        return cls(
            probability=found.probability,
            needed_per_working_day=found.needed_per_workday,
            expected_value=found.expected_value,
            low=low,
            high=high,
            from_open_deals=found.from_open,
            from_new_business=found.from_new,
        )


class StepNowOut(Shown):
    """How much of a link there was lately."""

    key: str
    name: str
    controllable: bool
    count: int
    per_working_day: float | None


class PerformanceOut(Shown):
    """The present performance; no steps where the chain does not lead to the goal."""

    first_on: Annotated[date, Field(alias="from")]
    last_on: Annotated[date, Field(alias="to")]
    steps: list[StepNowOut]


class AverageLuckOut(Shown):
    """What would do if luck were always average, and how often that is enough."""

    activities: int
    chance: float


class StepOut(Shown):
    """A link's part in a plan. What is not controllable is predicted, never asked for."""

    key: str
    name: str
    controllable: bool
    expected: float
    """How many come of the plan's activities on average."""
    needed: int | None
    """How many of this link alone give the plan's chance; null behind the goal's own link."""


class PlanOut(Shown):
    """So many of the first link, and what follows from them."""

    key: PlanKey
    chance: float
    activities: int
    per_working_day: float | None
    steps: list[StepOut]
    hours: float
    cost_minor: int
    revenue_minor: int
    """Expected, also from sales beyond the goal."""
    profit_minor: int
    roi: float | None
    """Profit ÷ cost; null at no cost."""
    pays_chance: float
    """That more is left than it cost."""
    verdict: Verdict


class AssumptionOut(Shown):
    """A number the plans rest on; a key of `assumptions` in a request."""

    key: str
    name: str
    value: float
    unit: AssumptionUnit
    source: Source
    detail: str


class SaidOut(Shown):
    """What a language model said of the analysis when somebody asked; every figure in it was checked against these."""

    sentences: list[str]
    model: str
    prompt_version: str
    call: int | None
    """The number of the question in the usage table."""
    digest: str
    """Of the facts it was told."""
    at: datetime


class AnalysisOut(Shown):
    """What is left of a goal, seen through the chain from first contact to sale."""

    currency: str
    still_to_reach: float
    working_days_left: int
    verdict: Verdict | None
    """On the safe plan: worth it from seven chances in ten that it pays, not from four down; null without a plan."""
    roi: float | None
    sentences: list[str]
    """By rules."""
    words: SaidOut | None = None
    """The same in a language model's words; null where nobody asked for them."""
    performance: PerformanceOut
    average_luck: AverageLuckOut | None
    plans: list[PlanOut]
    """Coin flip (at least 50 %), safe (80 %) and stretch (95 %), as far as they are within reason."""
    assumptions: list[AssumptionOut]

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """The analysis as an answer."""
        return cls.model_validate(record)


class ChanceDayOut(Shown):
    """How likely the goal was when a day ended."""

    day: date
    chance: float


class GoalAnalysisOut(Shown):
    """A goal's analysis now, and as it was kept when the goal was last set."""

    goal_id: int
    now: AnalysisOut
    as_set: AnalysisOut | None
    """Null for goals set before analyses were kept."""
    chance: ChanceOut | None
    chance_by_day: list[ChanceDayOut]

    @classmethod
    def of(cls, goal_id: int, found: GoalAnalysis) -> Self:
        """All of it as an answer."""
        return cls(
            goal_id=goal_id,
            now=AnalysisOut.of(plan_record(found.view)),
            as_set=AnalysisOut.of(found.kept) if found.kept else None,
            chance=ChanceOut.of(found.view.chance) if found.view.chance else None,
            chance_by_day=[ChanceDayOut(day=each.day, chance=each.chance) for each in found.line],
        )
