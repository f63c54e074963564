"""What the goal routes answer with; a field's name says its unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Self

from api.v1.analytics_bodies import DaysOut, percent
from api.v1.fields import Shown
from api.v1.goal_plan_bodies import AnalysisOut, ChanceOut
from domain.goals.chance import Chance
from domain.goals.progress import GoalProgress
from domain.metrics.definition import Unit
from domain.metrics.pace import Pace
from domain.metrics.status import Status
from domain.periods import Period
from domain.records import GoalPeriod, GoalState
from services.goal_setting import WantedGoals
from services.goals import GoalBoard


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
