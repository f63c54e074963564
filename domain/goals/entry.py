"""What a goal is, of which kinds there are, and which days its period has."""

from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Final

from domain.errors import InputError
from domain.formatting import day_text, period_text
from domain.metrics.catalog import DEFINITIONS
from domain.metrics.definition import Definition
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.periods import Grain, Period, containing
from domain.records import GoalPeriod, GoalState
from domain.working_days import Span

GOAL_TYPES: Final = (
    "conversions",
    "revenue",
    MEDIAN_RESPONSE_TIME.key,
    "calls",
    "conversations",
    "appointments",
    "deals_won",
    "emails",
    "messages",
    "follow_ups",
    "appointments_set",
    "meetings",
    "showings",
    "proposals",
    "agreements",
    "lists_sent",
    "conversion_rate",
    "win_rate",
    "satisfaction",
)
"""The metrics somebody can set a goal for, in the order they are offered; none is neutral, or reaching it would mean nothing."""
GRAINS: Final = {
    GoalPeriod.WEEKLY: Grain.WEEK,
    GoalPeriod.MONTHLY: Grain.MONTH,
    GoalPeriod.QUARTERLY: Grain.QUARTER,
    GoalPeriod.YEARLY: Grain.YEAR,
}
AHEAD: Final = timedelta(days=2 * 366)
"""Nobody sets goals for what begins later than in two years; a year beyond is a slip of the keyboard."""
LONGEST: Final = timedelta(days=2 * 366)
"""A goal with days of its own lasts at most two years: nobody can work toward what is further away day by day."""
LONGEST_NAME: Final = 120
ENDS_BY_ITSELF: Final = "A week, a month, a quarter or a year ends by itself. Choose days of its own for a goal with a deadline."


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalEntry:
    """A goal as it was set."""

    id: int
    agent_id: int
    period: GoalPeriod
    type: str
    """A key among `GOAL_TYPES`."""
    target: float
    """In the metric's unit; money in minor units."""
    starts_on: date
    ends_on: date
    """The day after the last one."""
    version: int
    name: str = ""
    """What its owner calls it; several goals of one type and period are told apart by it."""
    state: GoalState = GoalState.ACTIVE
    paused_on: date | None = None
    """The first day that does not count, while it is paused."""
    pauses: tuple[Span, ...] = ()
    """Earlier pauses: days that are not planned for it."""

    @property
    def title(self) -> str:
        """Its name, or the metric's."""
        return self.name or self.definition.name

    @property
    def is_paused(self) -> bool:
        """Whether it is paused now."""
        return self.state is GoalState.PAUSED

    @property
    def is_cancelled(self) -> bool:
        """Whether it was taken back."""
        return self.state is GoalState.CANCELLED

    @property
    def definition(self) -> Definition:
        """The metric it is about."""
        return DEFINITIONS[self.type]

    @property
    def days(self) -> Period:
        """Its days as the calendar unit they are, or as a span of their own."""
        return Period(self.starts_on, self.ends_on, GRAINS.get(self.period))

    @property
    def left_out(self) -> tuple[Span, ...]:
        """Every pause, the present one without an end."""
        return (*self.pauses, Span(self.paused_on)) if self.paused_on else self.pauses


def goal_days(period: GoalPeriod, day: date) -> Period:
    """The calendar unit the day falls in."""
    return containing(day, GRAINS[period])


def open_days(period: GoalPeriod, day: date, today: date) -> Period:
    """The calendar unit of the day, if a goal can still be set for it; raises InputError for one that is over or very far away."""
    days = goal_days(period, day)
    if days.end <= today:
        current = period_text(goal_days(period, today))
        raise InputError(f"{period_text(days)} is over. Set a goal for {current} or later.", code="period_over")
    if days.start > today + AHEAD:
        raise InputError(f"{period_text(days)} is too far away. Set a goal that begins by {today + AHEAD}.", code="period_too_far")
    return days


def span_days(start: date, last_day: date, today: date) -> Period:
    """Days of the goal's own, both ends included; raises InputError for what is over, reversed, longer than two years or far away."""
    if last_day < today:
        raise InputError(f"{day_text(last_day)} is over. Choose a deadline from today on.", code="period_over")
    days = Period(start, last_day + timedelta(days=1))
    if days.end - days.start > LONGEST:
        raise InputError("A goal lasts at most two years. Choose an earlier deadline.", code="period_too_long")
    if start > today + AHEAD:
        raise InputError(f"{day_text(start)} is too far away. Set a goal that begins by {today + AHEAD}.", code="period_too_far")
    return days


def asked_days(period: GoalPeriod, day: date, deadline: date | None, today: date) -> Period:
    """The days of a goal still to be set: the calendar unit of the day, or from it to the deadline. Raises InputError as both do."""
    if period is GoalPeriod.SPAN:
        if deadline is None:
            raise InputError("A goal with days of its own needs a deadline.", code="deadline_missing")
        return span_days(day, deadline, today)
    if deadline is not None:
        raise InputError(ENDS_BY_ITSELF, code="no_deadline")
    return open_days(period, day, today)


def checked_name(name: str) -> str:
    """The name without spaces around it; raises InputError for one that is too long."""
    short = " ".join(name.split())
    if len(short) > LONGEST_NAME:
        raise InputError(f"A goal's name has at most {LONGEST_NAME} characters.", code="name_too_long")
    return short


def known_type(key: str) -> Definition:
    """The metric of the goal type; raises InputError that names the nearest one there is."""
    if key in GOAL_TYPES:
        return DEFINITIONS[key]
    near = get_close_matches(key, GOAL_TYPES, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"Choose among {', '.join(GOAL_TYPES)}."
    raise InputError(f"“{key[:40]}” is no kind of goal. {hint}", code="unknown_goal_type")
