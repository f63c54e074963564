"""The days a trend is drawn over: long enough to see where it goes, and never before anything is known."""

from datetime import date

import pytest

from domain.metrics.trend import reaching_back
from domain.periods import Grain, Period, buckets, containing

MARCH = containing(date(2026, 3, 10), Grain.MONTH)
LONG_AGO = date(2001, 1, 1)


def test_by_day_the_period_is_what_is_drawn() -> None:
    assert reaching_back(MARCH, Grain.DAY, LONG_AGO) == MARCH


@pytest.mark.parametrize(
    ("grain", "drawn"),
    [
        (Grain.WEEK, Period(date(2026, 1, 12), date(2026, 4, 6))),
        (Grain.MONTH, Period(date(2025, 4, 1), date(2026, 4, 1))),
        (Grain.QUARTER, Period(date(2023, 4, 1), date(2026, 4, 1))),
        (Grain.YEAR, Period(date(2015, 1, 1), date(2027, 1, 1))),
    ],
)
def test_longer_units_are_whole_and_twelve(grain: Grain, drawn: Period) -> None:
    assert reaching_back(MARCH, grain, LONG_AGO) == drawn
    assert len(buckets(drawn, grain)) == 12


def test_a_longer_period_is_drawn_from_its_own_start() -> None:
    period = Period(date(2024, 1, 17), date(2026, 3, 11))
    assert reaching_back(period, Grain.MONTH, LONG_AGO) == Period(date(2024, 1, 1), date(2026, 4, 1))


@pytest.mark.parametrize(
    ("known_from", "first"), [(date(2026, 2, 18), date(2026, 2, 16)), (date(2026, 3, 10), date(2026, 2, 23)), (None, date(2026, 2, 23))]
)
def test_nothing_is_drawn_before_the_first_facts_but_the_period_itself(known_from: date | None, first: date) -> None:
    assert reaching_back(MARCH, Grain.WEEK, known_from) == Period(first, date(2026, 4, 6))
