"""Working hours on somebody's own clock, over nights, weekends, holidays and clock changes."""

from datetime import UTC, date, datetime

import pytest

from domain.working_hours import WorkingHours

HOUR = 3600
BERLIN = WorkingHours(time_zone="Europe/Berlin", weekdays=frozenset({1, 2, 3, 4, 5}))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in UTC; Berlin is an hour ahead. The 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "seconds"),
    [
        (at(24, 9), at(24, 9, 30), HOUR // 2),
        (at(24, 16), at(25, 9), 2 * HOUR),
        (at(20, 18), at(23, 8, 10), 600),
        (at(21, 10), at(22, 10), 0),
        (at(24, 2), at(24, 3), 0),
        (at(16, 8), at(23, 8), 45 * HOUR),
        (at(24, 9), at(24, 9), 0),
    ],
    ids=["within a day", "over a night", "friday evening to monday", "a weekend", "before opening", "a week", "at once"],
)
def test_nights_and_weekends_do_not_count(since: datetime, until: datetime, seconds: int) -> None:
    assert BERLIN.seconds(since, until) == seconds


def test_public_holidays_do_not_count() -> None:
    free = WorkingHours(time_zone="Europe/Berlin", weekdays=BERLIN.weekdays, free={date(2026, 11, 24)})
    assert free.seconds(at(23, 16), at(25, 9)) == BERLIN.seconds(at(23, 16), at(25, 9)) - 9 * HOUR


def test_a_clock_change_on_a_working_day_counts_real_hours() -> None:
    everyday = WorkingHours(time_zone="Europe/Berlin", weekdays=frozenset(range(1, 8)))
    since, until = datetime(2026, 10, 24, 15, tzinfo=UTC), datetime(2026, 10, 25, 9, tzinfo=UTC)
    assert everyday.seconds(since, until) == 2 * HOUR


def test_the_day_is_the_agents_own() -> None:
    new_york = WorkingHours(time_zone="America/New_York", weekdays=BERLIN.weekdays)
    assert (new_york.seconds(at(24, 13), at(24, 15)), BERLIN.seconds(at(24, 13), at(24, 15))) == (HOUR, 2 * HOUR)
