"""How the day's plan, the hour and the scoreboard are shown."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from fastapi import Path
from pydantic import Field

from api.v1.fields import Body, Shown, Words
from domain.coaching.daily_plan import MustDoKind
from domain.coaching.kept_plan import KeptMustDo
from domain.metrics.status import Status
from services.daily_plan import LONGEST_REASON, CameIn, PlanOfDay
from services.nudges import METRIC_KEY, HourlyNudge
from services.scoreboard import DayLine, Scoreboard

MustDoKey = Annotated[str, Path(pattern=r"^[a-z_]{1,24}\.[0-9]{1,19}$", description="The `key` of a must-do on today's plan.")]
Count = Annotated[int, Field(ge=0)]


class DoneIn(Body):
    """Whether a must-do is ticked."""

    done: bool = True


class PutOffIn(Body):
    """Why a must-do is put off for today."""

    reason: Annotated[Words, Field(min_length=1, max_length=LONGEST_REASON)]


class MustDoOut(Shown):
    """One of the day's must-dos with what became of it."""

    key: str
    """The same for the same thing every day."""
    position: int
    kind: MustDoKind
    title: str
    reason: str
    """Why, as it was said when the plan was made."""
    evidence: dict[str, Any]
    """The numbers behind it: since when it waits, chance, worth, score."""
    minutes: int
    lead_id: int | None
    deal_id: int | None
    event_id: int | None
    goal_id: int | None
    is_done: bool
    is_ticked: bool
    """Whether it was ticked by hand."""
    done_by_activity_id: int | None
    """The work of the day with its lead or deal."""
    asked: Count
    done_of_asked: Count
    """For a goal's part: how many it asks, and how many there are."""
    put_off_reason: str | None

    @classmethod
    def of(cls, one: KeptMustDo) -> Self:
        """The must-do for other programs."""
        shared = {name: getattr(one, name) for name in cls.model_fields if hasattr(one, name)}
        own = {"evidence": dict(one.evidence), "is_ticked": one.ticked_at is not None, "put_off_reason": one.put_off_reason or None}
        return cls(**shared | own | {"done_by_activity_id": one.activity_id})


class CameInOut(Shown):
    """Something that came in since the plan was made, and replaces nothing of it."""

    key: str
    kind: MustDoKind
    title: str
    reason: str
    minutes: int
    lead_id: int | None
    event_id: int | None
    is_pressing: bool
    """A new lead still within the hour of a fast answer."""


class DailyPlanOut(Shown):
    """An agent's day as promised, with what became of it."""

    agent_id: int
    agent_name: str
    day: date
    made_at: datetime
    is_day_off: bool
    next_key: str | None
    """The one thing to do now."""
    done: Count
    asked: Count
    """Without those put off."""
    completion_share: float | None
    must_dos: list[MustDoOut]
    came_in: list[CameInOut]

    @classmethod
    def of(cls, plan: PlanOfDay, agent_id: int, agent_name: str) -> Self:
        """The plan for other programs."""
        return cls(
            agent_id=agent_id,
            agent_name=agent_name,
            day=plan.day,
            made_at=plan.made_at,
            is_day_off=plan.is_day_off,
            next_key=plan.next.key if plan.next else None,
            done=plan.done,
            asked=len(plan.asked),
            completion_share=plan.completion_share,
            must_dos=[MustDoOut.of(each) for each in plan.must_dos],
            came_in=[_came_in(each) for each in plan.came_in],
        )


class HourlyNudgeOut(Shown):
    """Where an agent stands at this hour against their own days of the weekday."""

    agent_id: int
    agent_name: str
    metric_key: str
    hour: Annotated[int, Field(ge=0, le=23)]
    """On the agent's clock; what is counted was done before it."""
    usual: float | None
    """The median of these days; null with fewer than ten of them."""
    done: Count
    days: Count
    is_behind: bool
    """Like the slowest quarter of these days."""
    nudge: str | None
    """What the agent was told within the last two hours."""

    @classmethod
    def of(cls, found: HourlyNudge, agent_id: int, agent_name: str) -> Self:
        """The hour for other programs."""
        pattern = found.pattern
        return cls(
            agent_id=agent_id,
            agent_name=agent_name,
            metric_key=METRIC_KEY,
            hour=pattern.hour,
            usual=pattern.usual if pattern.is_known else None,
            done=pattern.done,
            days=pattern.days,
            is_behind=pattern.is_behind,
            nudge=found.told.sentence if found.told else None,
        )


class ScoreLineOut(Shown):
    """One figure of the day."""

    metric_key: str
    name: str
    value: float | None
    target: float | None
    """The day's part of the week's or month's."""
    left: float | None
    due_by_now: float | None
    status: Status

    @classmethod
    def of(cls, line: DayLine) -> Self:
        """The line for other programs."""
        reading = line.reading
        known = {"value": reading.value, "target": reading.target, "left": line.left, "due_by_now": line.due_by_now}
        return cls(metric_key=reading.metric.key, name=reading.metric.name, status=reading.status, **known)


class ScoreboardOut(Shown):
    """An agent's day so far."""

    agent_id: int
    agent_name: str
    day: date
    is_working_day: bool
    day_share: float
    """The part of the working hours that is gone."""
    must_dos_done: Count
    must_dos_asked: Count
    lines: list[ScoreLineOut]

    @classmethod
    def of(cls, board: Scoreboard, plan: PlanOfDay, agent_id: int, agent_name: str) -> Self:
        """The board for other programs."""
        return cls(
            agent_id=agent_id,
            agent_name=agent_name,
            day=board.day,
            is_working_day=board.is_working_day,
            day_share=board.day_share,
            must_dos_done=plan.done,
            must_dos_asked=len(plan.asked),
            lines=[ScoreLineOut.of(each) for each in board.lines],
        )


def _came_in(new: CameIn) -> CameInOut:
    return CameInOut.model_validate(new)
