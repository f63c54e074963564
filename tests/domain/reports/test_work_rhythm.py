"""The rhythm of a month's work: days with work, activities a planned day, and how even they are."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.counters import Counters
from domain.reports.work_rhythm import rhythm_of, work_rhythm

DAYS = [date(2026, 3, 2) + timedelta(days=n) for n in range(5)]


def by_day(*counts: int, start: date = DAYS[0]) -> dict[date, Counters]:
    return {start + timedelta(days=n): Counters(activities=count) for n, count in enumerate(counts) if count}


def test_days_activities_and_the_middle_half_are_told_with_their_number() -> None:
    assert work_rhythm(rhythm_of(DAYS, by_day(10, 20, 30, 40, 52))).lines == (
        "Work was logged on 5 of 5 planned working days, 30.4 activities a planned day.",
        "The middle half of the days with work had 20 to 40 activities (n = 5).",
    )


def test_work_on_a_day_off_counts_as_work_and_not_as_a_day() -> None:
    found = rhythm_of(DAYS, by_day(10, 0, 0, 0, 0, 10))
    assert (found.planned, found.worked, found.per_day) == (5, 1, 4.0)


def test_below_five_days_nothing_is_said_of_how_even_they_are() -> None:
    assert work_rhythm(rhythm_of(DAYS, by_day(1, 2, 3, 4))).lines[1].startswith("How even the days are is too early to say")


def test_without_a_planned_day_there_is_no_rhythm() -> None:
    assert rhythm_of([], by_day(3)).per_day is None
    assert work_rhythm(rhythm_of([], by_day(3))).is_empty


@given(st.lists(st.integers(0, 90), min_size=5, max_size=5))
def test_the_middle_half_lies_within_the_days(counts: list[int]) -> None:
    found = rhythm_of(DAYS, by_day(*counts))
    assert found.worked == sum(count > 0 for count in counts)
    if found.middle is not None:
        assert min(counts) <= found.middle[0] <= found.middle[1] <= max(counts)
