"""Where a period ends: within what can be, by working days, with what is there, and silent where nothing can be told."""

from collections.abc import Callable
from datetime import date, timedelta
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.forecasting.forecast import Forecast, Silence, Unforeseen, forecast
from domain.forecasting.series import Series
from domain.periods import Grain, Period, containing

DAYS = Period(date(2025, 7, 7), date(2026, 4, 1))
MONTH = containing(date(2026, 3, 1), Grain.MONTH)
TODAY = date(2026, 3, 16)
Counts = dict[date, int]


def weekdays(day: date) -> int:
    return int(day.isoweekday() < 6)


def series(
    of: Callable[[date], int],
    *,
    until: date = TODAY,
    planned: Callable[[date], int] = weekdays,
    worth: int | None = None,
    since: date = DAYS.start,
) -> Series:
    counts = {day: of(day) for day in Period(since, until)}
    brought = None if worth is None else {day: count * worth for day, count in counts.items()}
    return Series.of(DAYS, counts, {day: planned(day) for day in DAYS}, brought)


def told(given_series: Series, target: float | None = None, period: Period = MONTH) -> Forecast:
    found = forecast(given_series, period, TODAY, target)
    assert isinstance(found, Forecast)
    return found


def test_a_steady_pace_goes_on_by_working_days() -> None:
    found = told(series(lambda day: 4 * weekdays(day)))
    assert found.so_far == 40
    assert found.expected == pytest.approx(40 + 12 * 4, abs=1.5)


def test_a_holiday_ahead_takes_its_part_off_the_end() -> None:
    holidays = {date(2026, 3, 25), date(2026, 3, 26), date(2026, 3, 27)}
    found = told(series(lambda day: 4 * weekdays(day), planned=lambda day: weekdays(day) * (day not in holidays)))
    assert found.expected == pytest.approx(40 + 9 * 4, abs=1.5)


def test_without_a_working_day_left_it_ends_where_it_is() -> None:
    found = told(series(lambda day: 4 * weekdays(day), planned=lambda day: weekdays(day) * (day < TODAY)), 40)
    assert (found.expected, found.interval80, found.chance) == (40, (40, 40), 1)


def test_six_weeks_of_records_are_too_early() -> None:
    found = forecast(series(lambda day: 4 * weekdays(day), since=TODAY - timedelta(days=42)), MONTH, TODAY)
    assert found == Unforeseen(reason=Silence.TOO_EARLY, weeks=6)


def test_nothing_in_twelve_weeks_is_no_ground_for_a_number() -> None:
    found = forecast(series(lambda day: 4 * (day < date(2025, 12, 1))), MONTH, TODAY)
    assert found == Unforeseen(reason=Silence.NOTHING_LATELY, weeks=36)


def test_what_was_done_today_counts_and_the_morning_is_not_taken_for_a_slow_day() -> None:
    morning = told(series(lambda day: 4 * weekdays(day)))
    busy = told(series(lambda day: 30 if day == TODAY else 4 * weekdays(day), until=TODAY + timedelta(days=1)))
    assert busy.so_far == 70
    assert busy.expected == pytest.approx(morning.expected + 26, abs=2)


def test_money_is_events_times_what_they_bring() -> None:
    counted, paid = told(series(lambda day: 4 * weekdays(day))), told(series(lambda day: 4 * weekdays(day), worth=50_000))
    assert paid.expected == pytest.approx(counted.expected * 50_000, rel=0.03)
    assert paid.interval80[1] - paid.interval80[0] > (counted.interval80[1] - counted.interval80[0]) * 50_000


def test_the_interval_is_wider_where_earlier_forecasts_were_far_off() -> None:
    steady = told(series(lambda day: 4 * weekdays(day)))
    swinging = told(series(lambda day: weekdays(day) * (7 if day.month % 2 else 1)))
    assert swinging.widening > 1.5 * steady.widening


def test_the_path_leads_from_here_to_the_end() -> None:
    found = told(series(lambda day: 4 * weekdays(day)))
    assert (found.path[0].day, found.path[-1].day) == (TODAY, MONTH.last_day)
    assert (found.path[-1].expected, found.path[-1].interval80) == (found.expected, found.interval80)


daily = st.lists(st.integers(0, 9), min_size=120, max_size=DAYS.days - 16)


@settings(max_examples=40, deadline=None)
@given(daily, st.integers(0, 300), st.booleans(), st.sampled_from([Grain.WEEK, Grain.MONTH, Grain.QUARTER]))
def test_every_forecast_is_coherent(counts: list[int], target: int, is_money: bool, grain: Grain) -> None:  # noqa: FBT001 - drawn
    period = containing(TODAY, grain)
    made = dict(zip(DAYS, counts, strict=False))
    found = forecast(series(lambda day: made.get(day, 0), worth=100 if is_money else None), period, TODAY, target)
    if isinstance(found, Unforeseen):
        return
    low, high = found.interval80
    assert found.so_far <= low <= found.expected <= high
    assert found.chance is not None
    assert 0 <= found.chance <= 1
    if target <= found.so_far:
        assert found.chance == 1
    assert [step.expected for step in found.path] == sorted(step.expected for step in found.path)
    assert all(found.so_far <= step.interval80[0] <= step.expected <= step.interval80[1] + 1e-9 for step in found.path)


@settings(max_examples=20, deadline=None)
@given(daily, st.integers(0, 100), st.integers(1, 100))
def test_a_higher_target_is_never_likelier(counts: list[int], target: int, more: int) -> None:
    made = dict(zip(DAYS, counts, strict=False))
    given_series = series(lambda day: made.get(day, 1))
    lower, higher = told(given_series, target).chance, told(given_series, target + more).chance
    assert lower is not None
    assert higher is not None
    assert higher <= lower


def test_four_of_five_months_end_inside_their_interval() -> None:
    dice = np.random.default_rng(4)
    inside = []
    for _ in range(120):
        paces = dice.gamma(12, 1 / 12, 60)
        lived = {day: int(dice.poisson(3 * paces[(day - DAYS.start).days // 7] * weekdays(day))) for day in DAYS}
        found = told(series(lambda day, lived=lived: lived[day]))  # type: ignore[misc]
        inside.append(found.interval80[0] <= sum(lived[day] for day in MONTH) <= found.interval80[1])
    assert fmean(inside) == pytest.approx(0.83, abs=0.08)
