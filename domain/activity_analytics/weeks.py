"""A type of activity week by week, so that a trend is seen and not only told."""

from dataclasses import dataclass
from datetime import date

from domain.activity_analytics.practice import Practice
from domain.activity_analytics.report import ActivityFacts
from domain.activity_analytics.tally import conversion, success
from domain.metrics.measures import Ratio
from domain.periods import Grain, Period, buckets


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What was done of one type in the days of a calendar week that are looked at."""

    days: Period
    volume: int
    success: Ratio
    conversion: Ratio
    is_unfinished: bool
    """Whether the week goes on, or the days looked at begin or end within it."""


def weeks_of(practice: Practice, facts: ActivityFacts, period: Period, today: date) -> tuple[Week, ...]:
    """The calendar weeks the period touches, each cut to it."""
    return tuple(_week(practice, facts, unit, period, today) for unit in buckets(period, Grain.WEEK))


def _week(practice: Practice, facts: ActivityFacts, unit: Period, period: Period, today: date) -> Week:
    days = Period(max(unit.start, period.start), min(unit.end, period.end))
    own = [each for each in facts.now.get(practice.type, ()) if each.on in days]
    return Week(
        days=days,
        volume=sum(int(getattr(facts.by_day[day], practice.metric_key)) for day in days if day in facts.by_day),
        success=success(practice, own),
        conversion=conversion(practice, own),
        is_unfinished=days.days < unit.days or unit.is_unfinished(today),
    )
