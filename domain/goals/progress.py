"""How far a goal is: its figure, its share, its state and its pace, read from the facts of its days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Final

from domain.counters import Counters, total
from domain.goals.entry import GoalEntry
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Definition, View
from domain.metrics.measures import Measure, Median
from domain.metrics.pace import Aim, Pace, Recent, pace
from domain.metrics.status import Status, status_of
from domain.metrics.work import SECONDS_PER_HOUR
from domain.periods import Period
from domain.targets import held_aim
from domain.working_days import WorkDays

DECIDED: Final = frozenset({Status.PAUSED, Status.CANCELLED})
"""States that are somebody's decision and no verdict."""
ON_TRACK_CHANCE: Final = 0.5
"""A goal that is rather reached than missed is on track."""
AT_RISK_CHANCE: Final = 0.2
"""Below one chance in five it takes more than going on as before."""
JUDGED_BY_PACE: Final = frozenset({Status.ON_TRACK, Status.BEHIND, Status.AT_RISK, Status.TOO_EARLY})
"""What a running goal is by its pace alone; a chance, where there is one, knows better."""
RECENT_DAYS: Final = 28
"""Four weeks, as on the boards: every weekday four times, and recent enough to be called the pace of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalFacts:
    """An agent's facts, of more days than a goal has."""

    by_day: Mapping[date, Counters]
    waits: Sequence[tuple[date, int]]
    """Per lead: the day of its first contact and the seconds it had waited by then."""
    work_days: WorkDays

    def measure(self, definition: Definition, days: Period) -> Measure:
        """The figure of these days."""
        metric = METRICS.get(definition.key)
        if metric is None:
            return Median(tuple(seconds for day, seconds in self.waits if day in days), SECONDS_PER_HOUR)
        return metric.measure(total(counters for day, counters in self.by_day.items() if day in days))


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalProgress:
    """A goal and how far it is at this moment."""

    goal: GoalEntry
    measure: Measure
    completion_share: float | None
    """Value ÷ target, above 1 when surpassed; for what is better when lower target ÷ value, at most 1; None where nothing is measured."""
    status: Status
    pace: Pace | None
    """Only for what adds up over the period, while planned days are known."""
    reached_on: date | None
    """The first local day on which the running total reached the target; for a rate or an average the last day of its period."""
    is_over: bool
    days_gone: int = 0
    """Planned working days before today; only for what adds up."""
    days_planned: int = 0
    """Of all its days."""
    is_partly_seen: bool = False
    """Whether the viewer may not see every day of it so far: its figure counts only the days they may see."""

    @property
    def definition(self) -> Definition:
        """The metric it is about."""
        return self.goal.definition

    @property
    def value(self) -> float | None:
        """The figure, or None when there was nothing to measure."""
        return self.measure.value


def progress(goal: GoalEntry, facts: GoalFacts, today: date) -> GoalProgress:
    """The goal held against the facts of its days."""
    measured = facts.measure(goal.definition, goal.days)
    planned = facts.work_days.without(goal.left_out)
    asked = _aim(goal, planned, today)
    status = _status(goal, measured, asked)
    return GoalProgress(
        goal=goal,
        measure=measured,
        completion_share=completion_share(goal.definition, measured, goal.target),
        status=status,
        pace=_pace(goal, measured, asked, facts, today),
        reached_on=_reached_on(goal, facts, status, is_over=asked.is_finished),
        is_over=asked.is_finished,
        days_gone=asked.days_gone,
        days_planned=asked.days_planned,
    )


def judged_by_a_part(goal: GoalProgress) -> GoalProgress:
    """A goal by some of its days: a sum they reach is reached, whatever else was done; anything else is not known.

    When it was reached, how much is missing and at what pace it comes would be wrong by the days that are hidden.
    """
    is_reached = goal.status is Status.REACHED and goal.definition.prorated
    return replace(
        goal,
        completion_share=goal.completion_share if is_reached else None,
        status=goal.status if is_reached or goal.status in DECIDED else Status.NO_DATA,
        pace=None,
        reached_on=None,
        is_partly_seen=True,
    )


def by_chance(goal: GoalProgress, probability: float) -> GoalProgress:
    """A running goal with the state its chance gives it, so that the two never say different things.

    The chance knows what the pace does not: the season, deals that are open, how unevenly sales come and how sure the rate is.
    """
    if goal.status not in JUDGED_BY_PACE:
        return goal
    if probability >= ON_TRACK_CHANCE:
        return replace(goal, status=Status.ON_TRACK)
    return replace(goal, status=Status.BEHIND if probability >= AT_RISK_CHANCE else Status.AT_RISK)


def completion_share(definition: Definition, measured: Measure, target: float) -> float | None:
    """The part of the target that is there. What is better when lower is complete only with enough facts, never for having none."""
    if measured.value is None:
        return None
    if not definition.lower_is_better:
        return measured.value / target
    if measured.sample < definition.min_sample:
        return None
    return min(1.0, target / measured.value) if measured.value else 1.0


def _aim(goal: GoalEntry, work_days: WorkDays, today: date) -> Aim:
    if not goal.definition.prorated:
        return held_aim(goal.target, goal.days, today)
    planned = work_days.between(goal.starts_on, goal.ends_on)
    gone = work_days.between(goal.starts_on, min(today, goal.ends_on))
    tonight = work_days.between(goal.starts_on, min(today + timedelta(days=1), goal.ends_on))
    return Aim(
        target=goal.target,
        expected=goal.target * gone / planned if planned else 0.0,
        due_with_today=goal.target * tonight / planned if planned else 0.0,
        days_gone=gone,
        days_planned=planned,
        is_finished=today >= goal.ends_on,
    )


def _status(goal: GoalEntry, measured: Measure, asked: Aim) -> Status:
    """As for any target, but a goal ends at its end: reached, missed, or without the facts for a verdict.

    One that is paused to its end ends too, or pausing would be the way never to miss one.
    """
    if goal.is_cancelled:
        return Status.CANCELLED
    status = status_of(
        goal.definition,
        measured,
        target=goal.target,
        expected=asked.expected,
        elapsed_share=asked.elapsed_share,
        is_finished=asked.is_finished,
    )
    if not asked.is_finished:
        if goal.is_paused:
            return Status.REACHED if status is Status.REACHED and goal.definition.prorated else Status.PAUSED
        needs_time = goal.definition.view is View.COHORT and status in {Status.BEHIND, Status.AT_RISK}
        return Status.TOO_EARLY if needs_time else status
    if status is Status.TOO_EARLY:
        return Status.NO_DATA
    return status if status in {Status.REACHED, Status.NO_DATA} else Status.MISSED


def _pace(goal: GoalEntry, measured: Measure, asked: Aim, facts: GoalFacts, today: date) -> Pace | None:
    if not goal.definition.prorated or measured.value is None or not asked.days_planned or goal.is_paused:
        return None
    lately = Period(today - timedelta(days=RECENT_DAYS), today)
    done = facts.measure(goal.definition, lately)
    days = facts.work_days.between(lately.start, lately.end)
    return pace(measured.value, asked, Recent(events=done.sample, amount=done.value or 0.0, days=days))


def _reached_on(goal: GoalEntry, facts: GoalFacts, status: Status, *, is_over: bool) -> date | None:
    if status is not Status.REACHED:
        return None
    if not goal.definition.prorated:
        return goal.days.last_day if is_over else None
    days = sorted(day for day in facts.by_day if day in goal.days)
    running = accumulate(facts.by_day[day] for day in days)
    metric = METRICS[goal.type]
    return next((day for day, so_far in zip(days, running, strict=True) if (metric.measure(so_far).value or 0.0) >= goal.target), None)
