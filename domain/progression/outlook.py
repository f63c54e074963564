"""How long the sales of the next level take at the pace of now, said only where that can be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.metrics.intervals import poisson
from domain.periods import add_months

PACE_DAYS: Final = 91
"""Thirteen weeks: long enough to have some sales in, recent enough to be called the pace of now."""
LEAST_SALES: Final = 5
"""With fewer sales the pace itself could as well be half or double: a forecast would be a guess in disguise."""
FURTHEST_MONTHS: Final = 24
"""Who would need longer than two years is told that this pace does not lead there."""
DAYS_A_MONTH: Final = 365 / 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """In how many months the twelve months' sales reach the next level, from the soonest to the latest likely."""

    is_early: bool = False
    """Whether there are too few sales to tell."""
    soonest: int | None = None
    """None when even a lucky course does not lead there within two years."""
    likely: int | None = None
    latest: int | None = None
    """None when an unlucky course does not lead there."""


def sales_at(sales_by_month: Mapping[date, int], day: date) -> int:
    """Of the sales there are, those that will still be within the twelve months up to the day, the first of a month; no new ones."""
    return sum(sales for month, sales in sales_by_month.items() if add_months(day, -12) <= month < day)


def outlook(sales_by_month: Mapping[date, int], *, today: date, recent_sales: int, needed: int) -> Outlook:
    """When sales still within twelve months plus new ones reach what is needed; both ends come from the pace's 80 % interval.

    `sales_by_month` is keyed by the first of each month. Sales leave the twelve months month by month as time goes on.
    """
    if recent_sales < LEAST_SALES:
        return Outlook(is_early=True)
    low, high = (bound / PACE_DAYS * DAYS_A_MONTH for bound in poisson(recent_sales))
    likely = recent_sales / PACE_DAYS * DAYS_A_MONTH
    soonest, middle, latest = (_months(sales_by_month, today, pace, needed) for pace in (high, likely, low))
    return Outlook(soonest=soonest, likely=middle, latest=latest)


def _months(sales_by_month: Mapping[date, int], today: date, pace: float, needed: int) -> int | None:
    for ahead in range(FURTHEST_MONTHS + 1):
        since = add_months(today.replace(day=1), ahead - 11)
        still = sum(sales for month, sales in sales_by_month.items() if month >= since)
        if still + pace * min(ahead, 12) >= needed:
            return ahead
    return None
