"""A back-test sees each period from the same point, and only what was known there."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forecasting.back_test import BackTest, Tried, at_share, back_test, share_gone, try_at
from domain.forecasting.series import Series
from domain.periods import Grain, Period, containing

DAYS = Period(date(2025, 1, 6), date(2026, 4, 1))
MARCH = containing(date(2026, 3, 1), Grain.MONTH)
JANUARY = containing(date(2026, 1, 1), Grain.MONTH)
PLANNED = {day: int(day.isoweekday() < 6) for day in DAYS}


def steady(per_day: int = 4) -> Series:
    return Series.of(DAYS, {day: per_day * PLANNED[day] for day in DAYS}, PLANNED)


def test_the_months_before_are_seen_from_the_same_point() -> None:
    found = back_test(steady(), MARCH, 0.5)
    assert [each.period.start for each in found.tried[:2]] == [date(2026, 2, 1), date(2026, 1, 1)]
    assert len(found.tried) == 12
    assert found.inside == 12
    assert found.error == pytest.approx(1, abs=1)


def test_a_period_before_eight_weeks_of_records_is_not_tried() -> None:
    late = Series.of(DAYS, {day: 4 * PLANNED[day] for day in DAYS if day >= date(2025, 10, 1)}, PLANNED)
    assert [each.period.start.month for each in back_test(late, MARCH, 0).tried] == [2, 1, 12]


def test_the_point_is_counted_in_working_days() -> None:
    place = at_share(steady(), JANUARY, 0.5)
    assert share_gone(steady(), JANUARY, place) == pytest.approx(0.5)
    assert DAYS.start + timedelta(days=place) == date(2026, 1, 16)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=40, max_size=40), st.lists(st.integers(0, 9), min_size=40, max_size=40))
def test_what_comes_later_changes_no_forecast(one: list[int], other: list[int]) -> None:
    seen = steady().place(date(2026, 1, 16))
    first, second = (_with_end(seen, later) for later in (one, other))
    assert (first.expected, first.interval80, first.simple) == (second.expected, second.interval80, second.simple)


def _with_end(seen: int, later: list[int]) -> Tried:
    counts = {day: PLANNED[day] * 4 if place < seen else later[(place - seen) % len(later)] for place, day in enumerate(DAYS)}
    found = try_at(Series.of(DAYS, counts, PLANNED), JANUARY, seen)
    assert found is not None
    return found


def test_its_errors_are_told_beside_those_of_the_simple_way() -> None:
    tried = [
        Tried(period=MARCH, expected=10, interval80=(8, 12), simple=14, ended=11),
        Tried(period=JANUARY, expected=10, interval80=(8, 12), simple=14, ended=13),
    ]
    found = BackTest(tried=tuple(tried))
    assert (found.inside, found.error, found.simple_error) == (1, 2, 2)
    assert BackTest(tried=()).error is None
