"""Signals of an agent about whom there is nothing to say; a test changes only what matters to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.coaching.insights.signals import Pile, Record, Signals
from domain.working_days import WorkDays

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
TODAY = NOW.date()
"""A Wednesday; the week began on 9 March."""
MONDAY = date(2026, 3, 9)


def weekdays(days: int = 40) -> WorkDays:
    span = (TODAY - timedelta(days=each) for each in range(-7, days))
    return WorkDays(tuple(sorted(day for day in span if day.isoweekday() < 6)))


def signals(**fields: Any) -> Signals:
    known = {"agent_id": 7, "today": TODAY, "now": NOW, "currency": "USD", "sales_since": date(2025, 1, 1), "by_day": {}}
    return Signals(**known | {"work_days": weekdays()} | fields)


def pile(*ages: float, **fields: Any) -> Pile:
    """Records that have waited so many days."""
    first = tuple(Record(name=f"Record {n}", since=NOW - timedelta(days=age), lead_id=n) for n, age in enumerate(ages, 1))
    return Pile(**{"count": len(ages), "first": first, "among": len(ages)} | fields)
