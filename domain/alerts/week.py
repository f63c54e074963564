"""The rules of a week: too few calls, too few booked for the next, and an agent who needs support.

Their thresholds are for a full week. They are asked for in the measure of the working days gone; holidays, absences and people who joined
on Wednesday lower them, and nobody is told anything in the first days of a week.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Self

from domain.alerts.finding import AlertRule, Finding, Verdict, below
from domain.alerts.thresholds import Thresholds
from domain.formatting import about_text
from domain.metrics.catalog import METRICS

EARLY_SHARE: Final = 0.4
"""With less than two of five working days gone a week's calls say little: one long visit is half of what there is."""
EARLY_BOOKED_SHARE: Final = 0.5
"""Most of next week is booked in the course of this one; before its middle an empty calendar is no news."""
MARGIN: Final = 0.1
"""A tenth above what is expected it is clear again: expectations rise every midnight, and a team on the line must not flap."""
CALLS: Final = METRICS["calls"].words
POINTS: Final = METRICS["performance_index"].words
TEAMS: Final = "the team's "


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkWeek:
    """Working days of a week, of one person or of several added up."""

    gone: int = 0
    """Planned days before today."""
    planned: int = 0
    """Planned days of the whole week: without holidays and absences, since they joined."""
    usual: int = 0
    """Days of a normal week of the same people."""

    def __add__(self, other: Self) -> Self:
        """Of both together."""
        return type(self)(gone=self.gone + other.gone, planned=self.planned + other.planned, usual=self.usual + other.usual)

    @property
    def elapsed_share(self) -> float | None:
        """The part of the planned days that is gone; None where none is planned."""
        return self.gone / self.planned if self.planned else None

    def due(self, full: float) -> float:
        """What of a full week's figure is due before today."""
        return full * self.gone / self.usual if self.usual else 0.0

    def whole(self, full: float) -> float:
        """What of a full week's figure may be asked of this week."""
        return full * self.planned / self.usual if self.usual else 0.0


def week_name(day: date) -> str:
    """The ISO week of the day: 2026-W11."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def low_calls(week: WorkWeek, calls: int, threshold: int, period: str) -> Finding | None:
    """Fewer calls than the days gone ask for; None where the rule is switched off."""
    if not threshold:
        return None
    expected = week.due(threshold)
    return Finding(
        rule=AlertRule.LOW_CALLS,
        verdict=_unless_early(week, EARLY_SHARE, below(calls, expected, margin=MARGIN)),
        period=period,
        count=calls,
        sentence=f"{CALLS.counted(calls)} this week; by now about {about_text(expected)} were to be expected.",
        evidence=f"{_gone(week, TEAMS)}; {_in_week(week, threshold, 'this one')}",
    )


def low_booked(week: WorkWeek, following: WorkWeek, booked: int, threshold: int, period: str) -> Finding | None:
    """Fewer calls in next week's calendar than this week's days gone let expect; None where the rule is switched off."""
    if not threshold:
        return None
    whole = following.whole(threshold)
    expected = whole * (week.elapsed_share or 0.0)
    verdict = below(booked, expected, margin=MARGIN) if following.planned else Verdict.OPEN
    return Finding(
        rule=AlertRule.LOW_BOOKED,
        verdict=_unless_early(week, EARLY_BOOKED_SHARE, verdict),
        period=period,
        count=booked,
        sentence=f"{CALLS.counted(booked)} booked for next week; by now about {about_text(expected)} were to be expected.",
        evidence=f"{_gone(week, TEAMS)}; {_in_week(following, threshold, 'next week')}",
    )


def needs_support(agent_id: int, name: str, week: WorkWeek, calls: int, points: int, held: Thresholds, period: str) -> Finding | None:
    """An agent with both few points and few calls by their own days gone; None where the rule is switched off."""
    if not held.support_index or not held.support_calls:
        return None
    least_points, least_calls = week.due(held.support_index), week.due(held.support_calls)
    both = {below(points, least_points, margin=MARGIN), below(calls, least_calls, margin=MARGIN)}
    verdict = Verdict.HOLDS if both == {Verdict.HOLDS} else (Verdict.CLEAR if Verdict.CLEAR in both else Verdict.OPEN)
    return Finding(
        rule=AlertRule.NEEDS_SUPPORT,
        verdict=_unless_early(week, EARLY_SHARE, verdict),
        agent_id=agent_id,
        period=period,
        count=calls,
        sentence=f"{name} may need a hand: {CALLS.counted(calls)} and {POINTS.counted(points)} this week.",
        evidence=f"{_gone(week)}; by now at least {about_text(least_calls)} calls or {about_text(least_points)} points were to be expected "
        f"({held.support_calls} and {held.support_index} in a full week).",
    )


def _unless_early(week: WorkWeek, share: float, verdict: Verdict) -> Verdict:
    return verdict if week.elapsed_share is not None and week.elapsed_share >= share else Verdict.OPEN


def _gone(week: WorkWeek, whose: str = "") -> str:
    return f"{week.gone} of {whose}{week.planned} working days gone"


def _in_week(week: WorkWeek, threshold: int, which: str) -> str:
    """What the threshold comes to in a week with days off."""
    if week.planned == week.usual:
        return f"the threshold is {threshold} a week."
    off = week.usual - week.planned
    return f"the threshold is {threshold} in a full week, {about_text(week.whole(threshold))} in {which}: {off} days off."
