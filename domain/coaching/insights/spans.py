"""The days insights compare: whole weeks that are over, so that what they say does not change from day to day."""

from datetime import date, timedelta
from typing import Final

from domain.coaching.insights.signals import IN_TIME_DAYS
from domain.periods import Grain, Period, containing

LATELY_WEEKS: Final = 4
"""Every weekday four times, and recent enough to still be how somebody works."""
SALES_WEEKS: Final = 12
"""Sales are few: a quarter of a year has enough of them to compare."""
COHORT_WEEKS: Final = 12
"""The same for leads that became customers."""
RIPENING_WEEKS: Final = -(-IN_TIME_DAYS // 7)
"""Weeks until every lead of a week has had its month to convert."""


def lately(today: date) -> Period:
    """The last four weeks that are over."""
    return _weeks(today, LATELY_WEEKS)


def sales_span(today: date) -> Period:
    """The last twelve weeks that are over."""
    return _weeks(today, SALES_WEEKS)


def cohort_span(today: date) -> Period:
    """The last twelve weeks whose leads have all had the time to convert."""
    return _weeks(today, COHORT_WEEKS, skipped=RIPENING_WEEKS)


def before(span: Period) -> Period:
    """As many days, just before the span."""
    return Period(span.start - timedelta(days=span.days), span.start)


def _weeks(today: date, count: int, *, skipped: int = 0) -> Period:
    end = containing(today, Grain.WEEK).start - timedelta(weeks=skipped)
    return Period(end - timedelta(weeks=count), end)
