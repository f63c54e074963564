"""Achievements: what each kind of test asks, in which period, and what every business can earn."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.achievement_catalog import ACHIEVEMENTS, BY_KEY, offered
from domain.coaching.achievements import (
    AgentSums,
    Condition,
    Kind,
    best_day,
    day_reached,
    is_news,
    period_key,
    period_named,
    periods_to_look_at,
    standing,
)
from domain.counters import COUNTER_NAMES, Counters
from domain.periods import Grain, Period, containing
from domain.records import Profile

TUESDAY = date(2026, 3, 10)
MONDAY = date(2026, 3, 9)
WEEK, MONTH = containing(TUESDAY, Grain.WEEK), containing(TUESDAY, Grain.MONTH)


def sums(**fields: Any) -> AgentSums:
    return AgentSums(**{"months": {}, "days": {}, "goals": {}} | fields)


def reach(key: str, known: AgentSums) -> tuple[float, float | None]:
    found = standing(BY_KEY[key], known, TUESDAY)
    return found.value, found.needed


def test_a_sum_counts_every_month_there_is() -> None:
    known = sums(months={date(2025, 1, 1): Counters(deals_won=7), date(2026, 3, 1): Counters(deals_won=3)})
    assert reach("ten_sales", known) == (10, 10)
    assert standing(BY_KEY["ten_sales"], known, TUESDAY).is_reached
    assert reach("fifty_sales", known) == (10, 50)


def test_a_week_counts_its_own_days_alone() -> None:
    known = sums(
        days={date(2026, 3, 8): Counters(appointments_set=9), MONDAY: Counters(appointments_set=3), TUESDAY: Counters(appointments_set=4)}
    )
    assert reach("full_calendar", known) == (7, 8)
    before = containing(date(2026, 3, 8), Grain.WEEK)
    assert standing(BY_KEY["full_calendar"], known, TUESDAY, before).is_reached


def test_a_days_best_is_one_day_and_not_their_sum() -> None:
    known = sums(days={MONDAY: Counters(calls=30), TUESDAY: Counters(calls=25)})
    assert reach("forty_calls", known) == (30, 40)
    assert best_day(BY_KEY["forty_calls"], known, WEEK) == MONDAY
    assert best_day(BY_KEY["forty_calls"], sums(), WEEK) is None


@pytest.mark.parametrize(("months", "needed"), [(5, None), (6, 5)])
def test_an_own_best_month_needs_half_a_year_to_be_better_than(months: int, needed: int | None) -> None:
    past = {date(2025, month, 1): Counters(deals_won=4 if month == 2 else 1) for month in range(1, months + 1)}
    known = sums(months=past | {MONTH.start: Counters(deals_won=5)})
    found = standing(BY_KEY["best_month"], known, TUESDAY)
    assert (found.value, found.needed, found.is_reached) == (5, needed, needed is not None)


def test_a_goal_counts_in_the_month_it_ends_in() -> None:
    ends_here, ends_later = Period(date(2026, 2, 20), TUESDAY), Period(TUESDAY, date(2026, 4, 10))
    assert reach("goal_reached", sums(goals={ends_here: 1.1, ends_later: 3.0})) == (1.1, 1.0)
    assert reach("goal_surpassed", sums(goals={ends_here: 1.1})) == (1.1, 1.2)


def test_a_record_is_not_told_from_ones_own_sums() -> None:
    assert reach("month_record", sums(months={MONTH.start: Counters(deals_won=9)})) == (9, None)


def test_what_was_reached_before_anybody_looked_is_no_news() -> None:
    assert is_news(TUESDAY - timedelta(days=6), TUESDAY)
    assert not is_news(TUESDAY - timedelta(days=7), TUESDAY)


def test_it_is_earned_on_the_day_the_last_of_what_is_needed_happened() -> None:
    by_day = {date(2026, 3, 12): 5, date(2026, 3, 2): 6, date(2026, 3, 9): 3}
    assert day_reached(BY_KEY["full_calendar"], by_day, 8) == date(2026, 3, 9)
    assert day_reached(BY_KEY["ten_conversations"], by_day, 5) == date(2026, 3, 2)
    assert day_reached(BY_KEY["ten_sales"], by_day, 15) is None


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from(Grain))
def test_the_key_of_a_period_names_it(day: date, grain: Grain) -> None:
    period = containing(day, grain)
    assert period_named(period_key(period)) == period


def test_once_in_all_is_no_period() -> None:
    assert period_named("ever") is None


def test_periods_have_names_and_the_one_before_is_looked_at_again() -> None:
    assert [period_key(days) for days in periods_to_look_at(BY_KEY["full_calendar"], TUESDAY)] == ["2026-W10", "2026-W11"]
    assert [period_key(days) for days in periods_to_look_at(BY_KEY["best_month"], TUESDAY)] == ["2026-02", "2026-03"]
    assert [period_key(days) for days in periods_to_look_at(BY_KEY["first_sale"], TUESDAY)] == ["ever"]


@pytest.mark.parametrize("profile", Profile)
def test_every_business_has_about_fifteen_of_all_kinds_it_can_reach(profile: Profile) -> None:
    mine = offered(profile)
    assert 14 <= len(mine) <= 18
    assert {each.kind for each in mine} == set(Kind)
    assert {each.condition for each in mine} == set(Condition)


def test_keys_are_unique_and_counters_exist() -> None:
    assert len(BY_KEY) == len(ACHIEVEMENTS)
    assert {each.counter for each in ACHIEVEMENTS if each.counter} <= set(COUNTER_NAMES)
