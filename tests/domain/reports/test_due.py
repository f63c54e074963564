"""On which mornings a report is due."""

from datetime import date, datetime, timedelta

import pytest

from domain.periods import Grain, containing
from domain.reports.due import due

MONDAY_1ST = datetime(2026, 6, 1, 7, 0)  # noqa: DTZ001 - the clock on somebody's wall
MONDAY = datetime(2026, 3, 9, 7, 0)  # noqa: DTZ001 - the same


@pytest.mark.parametrize(
    ("after", "is_due"),
    [
        (timedelta(minutes=-1), False),
        (timedelta(0), True),
        (timedelta(hours=16, minutes=59), True),
        (timedelta(days=1, hours=-5), True),
        (timedelta(days=3, hours=-8), True),
        (timedelta(days=3, hours=-7), False),
        (timedelta(days=6), False),
    ],
)
def test_a_week_is_told_from_monday_at_seven_until_wednesday(*, after: timedelta, is_due: bool) -> None:
    week = containing(MONDAY.date() - timedelta(days=1), Grain.WEEK)
    assert due(MONDAY + after, None) == ((week,) if is_due else ())


def test_a_month_that_ends_with_a_week_is_told_with_it() -> None:
    assert [days.grain for days in due(MONDAY_1ST, MONDAY_1ST.date())] == [Grain.WEEK, Grain.MONTH]
    assert [days.start.isoformat() for days in due(MONDAY_1ST, MONDAY_1ST.date())] == ["2026-05-25", "2026-05-01"]


@pytest.mark.parametrize(
    ("at", "is_due"),
    [
        (datetime(2026, 1, 1, 12), False),  # noqa: DTZ001 - the clock on somebody's wall
        (datetime(2026, 1, 5, 6, 59), False),  # noqa: DTZ001
        (datetime(2026, 1, 5, 7), True),  # noqa: DTZ001
        (datetime(2026, 1, 7, 23), True),  # noqa: DTZ001
        (datetime(2026, 1, 8, 7), False),  # noqa: DTZ001
    ],
)
def test_a_month_is_told_from_its_readers_first_working_day_on(*, at: datetime, is_due: bool) -> None:
    months = [days for days in due(at, date(2026, 1, 5)) if days.grain is Grain.MONTH]
    assert [days.start.isoformat() for days in months] == (["2025-12-01"] if is_due else [])
