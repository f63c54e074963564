"""Periods: half-open, and compared with as much of the one before as has passed of this one."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import InputError
from domain.periods import Grain, Period, Preset, add_months, buckets, containing, from_preset

TODAY = date(2026, 3, 19)
"""A Thursday."""
DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def test_a_period_without_days_is_refused_with_help() -> None:
    with pytest.raises(InputError, match="Choose an end on or after the start"):
        Period(TODAY, TODAY)


@settings(deadline=None)
@given(DAYS, st.sampled_from(list(Grain)))
def test_every_day_belongs_to_exactly_one_unit(day: date, grain: Grain) -> None:
    unit = containing(day, grain)
    assert day in unit
    assert containing(unit.last_day, grain) == unit == containing(unit.start, grain)
    assert containing(unit.end, grain).start == unit.end


@settings(deadline=None)
@given(DAYS, st.integers(1, 400), st.sampled_from(list(Grain)))
def test_buckets_cover_a_period_without_gap_or_overlap(start: date, length: int, grain: Grain) -> None:
    period = Period(start, start + timedelta(days=length))
    units = buckets(period, grain)
    assert units[0].start <= period.start < units[0].end
    assert units[-1].start < period.end <= units[-1].end
    assert [unit.end for unit in units[:-1]] == [unit.start for unit in units[1:]]


def test_a_week_ends_before_next_monday() -> None:
    week = containing(TODAY, Grain.WEEK)
    assert list(week) == [date(2026, 3, 16) + timedelta(days=offset) for offset in range(7)]
    assert date(2026, 3, 23) not in week


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (Period(date(2026, 3, 1), date(2026, 4, 1), Grain.MONTH), Period(date(2026, 2, 1), date(2026, 2, 20))),
        (Period(date(2026, 2, 1), date(2026, 3, 1), Grain.MONTH), Period(date(2026, 1, 1), date(2026, 2, 1), Grain.MONTH)),
        (Period(date(2026, 3, 16), date(2026, 3, 23), Grain.WEEK), Period(date(2026, 3, 9), date(2026, 3, 13))),
        (Period(date(2026, 3, 19), date(2026, 3, 20), Grain.DAY), Period(date(2026, 3, 18), date(2026, 3, 19))),
        (Period(date(2026, 2, 18), date(2026, 3, 20)), Period(date(2026, 1, 19), date(2026, 2, 18))),
        (Period(date(2026, 3, 10), date(2026, 3, 30)), Period(date(2026, 2, 18), date(2026, 2, 28))),
        (Period(date(2026, 4, 1), date(2026, 5, 1), Grain.MONTH), Period(date(2026, 3, 1), date(2026, 4, 1), Grain.MONTH)),
    ],
)
def test_what_came_before_is_as_long_as_what_has_passed(period: Period, before: Period) -> None:
    assert period.previous(TODAY) == before


def test_the_31st_is_compared_with_all_of_a_shorter_month() -> None:
    march = containing(date(2026, 3, 31), Grain.MONTH)
    assert march.previous(date(2026, 3, 31)) == Period(date(2026, 2, 1), date(2026, 3, 1))


@settings(deadline=None)
@given(DAYS, st.integers(1, 100))
def test_a_finished_span_is_compared_with_one_just_as_long(start: date, length: int) -> None:
    span = Period(start, start + timedelta(days=length))
    before = span.previous(span.end)
    assert (before.days, before.end) == (span.days, span.start)


def test_the_elapsed_part_ends_with_today() -> None:
    march = containing(TODAY, Grain.MONTH)
    assert march.elapsed(TODAY) == Period(date(2026, 3, 1), date(2026, 3, 20), Grain.MONTH)
    assert march.elapsed(date(2026, 5, 1)) == march
    assert march.elapsed(date(2026, 2, 28)) is None
    assert (march.is_unfinished(date(2026, 3, 31)), march.is_unfinished(date(2026, 4, 1))) == (True, False)


@pytest.mark.parametrize(
    ("preset", "first", "last"),
    [
        (Preset.TODAY, TODAY, TODAY),
        (Preset.THIS_WEEK, date(2026, 3, 16), date(2026, 3, 22)),
        (Preset.LAST_WEEK, date(2026, 3, 9), date(2026, 3, 15)),
        (Preset.THIS_MONTH, date(2026, 3, 1), date(2026, 3, 31)),
        (Preset.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        (Preset.THIS_QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (Preset.LAST_30_DAYS, date(2026, 2, 18), TODAY),
        (Preset.LAST_90_DAYS, date(2025, 12, 20), TODAY),
        (Preset.THIS_YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (Preset.LAST_12_MONTHS, date(2025, 3, 20), TODAY),
    ],
)
def test_presets_mean_what_they_say(preset: Preset, first: date, last: date) -> None:
    period = from_preset(preset, TODAY)
    assert (period.start, period.last_day) == (first, last)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [(date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2024, 1, 31), 1, date(2024, 2, 29)), (date(2026, 1, 15), -1, date(2025, 12, 15))],
)
def test_adding_months_stays_within_the_month(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
