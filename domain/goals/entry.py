"""What a goal is, of which kinds there are, and which days its period has."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.metrics.catalog import DEFINITIONS
from domain.metrics.definition import Definition
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.periods import Grain, Period, containing
from domain.records import GoalPeriod

GOAL_TYPES: Final = (
    "conversions",
    "revenue",
    MEDIAN_RESPONSE_TIME.key,
    "calls",
    "conversations",
    "appointments",
    "deals_won",
    "conversion_rate",
    "satisfaction",
)
"""The metrics somebody can set a goal for, in the order they are offered; none is neutral, or reaching it would mean nothing."""
GRAINS: Final = {
    GoalPeriod.WEEKLY: Grain.WEEK,
    GoalPeriod.MONTHLY: Grain.MONTH,
    GoalPeriod.QUARTERLY: Grain.QUARTER,
    GoalPeriod.YEARLY: Grain.YEAR,
}


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

    @property
    def definition(self) -> Definition:
        """The metric it is about."""
        return DEFINITIONS[self.type]

    @property
    def days(self) -> Period:
        """Its days as the calendar unit they are."""
        return Period(self.starts_on, self.ends_on, GRAINS[self.period])


def goal_days(period: GoalPeriod, day: date) -> Period:
    """The calendar unit the day falls in."""
    return containing(day, GRAINS[period])
