"""Working hours on somebody's own clock, over nights, weekends, days off and clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.local_time import zone
from domain.periods import Period
from domain.working_days import Span, WorkDays, calendar
from domain.working_hours import DAY_ENDS, DAY_STARTS, WorkingHours, working_hours

HOUR = 3600
DAY = 8.5 * HOUR
WEEKDAYS = frozenset({1, 2, 3, 4, 5})
EVERY_DAY = frozenset(range(1, 8))
YEARS = Period(date(2024, 12, 1), date(2027, 2, 1))
ZONES = sorted(available_timezones())
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0))  # noqa: DTZ001 - hypothesis wants bounds without a zone
WEEKS = st.frozensets(st.integers(1, 7))


def hours_of(time_zone: str, weekdays: frozenset[int] = WEEKDAYS, **days_off: object) -> WorkingHours:
    """Those of somebody who works these weekdays of two years."""
    return working_hours(calendar(YEARS, weekdays, **days_off).present, time_zone)  # type: ignore[arg-type]


BERLIN = hours_of("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in UTC; Berlin is an hour ahead. The 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "until", "seconds"),
    [
        (at(24, 9), at(24, 9, 30), HOUR // 2),
        (at(24, 16), at(25, 9), 1.5 * HOUR),
        (at(20, 18), at(23, 8, 10), 600),
        (at(21, 10), at(22, 10), 0),
        (at(24, 2), at(24, 3), 0),
        (at(24, 16, 30), at(25, 8), 0),
        (at(24, 8), at(24, 16, 30), DAY),
        (at(16, 8), at(23, 8), 5 * DAY),
        (at(24, 9), at(24, 9), 0),
        (at(24, 10), at(24, 9), 0),
    ],
    ids=[
        "within a day",
        "over a night",
        "friday evening to monday",
        "a weekend",
        "before work begins",
        "from its end to its beginning",
        "a day",
        "a week",
        "at once",
        "backwards",
    ],
)
def test_nights_and_weekends_do_not_count(since: datetime, until: datetime, seconds: float) -> None:
    assert BERLIN.seconds(since, until) == seconds


@pytest.mark.parametrize("days_off", [{"free": {date(2026, 11, 24)}}, {"absences": [Span(date(2026, 11, 24), date(2026, 11, 25))]}])
def test_public_holidays_and_absences_do_not_count(days_off: dict[str, object]) -> None:
    assert hours_of("Europe/Berlin", **days_off).seconds(at(23, 15), at(25, 9)) == 1.5 * HOUR + HOUR


def test_who_never_works_lets_nobody_wait() -> None:
    assert working_hours(WorkDays(()), "UTC").seconds(at(2, 0), at(27, 0)) == 0


def test_the_day_is_the_agents_own() -> None:
    assert [hours_of(name).seconds(at(24, 13), at(24, 15)) for name in ("America/New_York", "Europe/Berlin", "Asia/Tokyo")] == [
        HOUR,
        2 * HOUR,
        0,
    ]


@pytest.mark.parametrize(("night", "clock_hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_night_of_a_clock_change_takes_nothing_from_the_day(night: date, clock_hours: int) -> None:
    midnight = datetime.combine(night, time(), zone("Europe/Berlin")).astimezone(UTC)
    assert hours_of("Europe/Berlin", EVERY_DAY).seconds(midnight, midnight + timedelta(hours=clock_hours)) == DAY


def test_a_day_the_calendar_of_a_zone_left_out_was_no_working_day() -> None:
    crossing = calendar(Period(date(2011, 12, 29), date(2012, 1, 1)), EVERY_DAY).present
    samoa = working_hours(crossing, "Pacific/Apia")
    assert samoa.seconds(datetime(2011, 12, 29, tzinfo=UTC), datetime(2012, 1, 2, tzinfo=UTC)) == 2 * DAY


@given(st.lists(MOMENTS, min_size=2, max_size=2).map(sorted), WEEKS, st.sampled_from(ZONES))
def test_a_wait_within_working_hours_is_no_longer_than_by_the_clock(wait: list[datetime], weekdays: frozenset[int], name: str) -> None:
    since, until = wait
    assert 0 <= hours_of(name, weekdays).seconds(since, until) <= (until - since).total_seconds()


@given(st.lists(MOMENTS, min_size=3, max_size=3).map(sorted), WEEKS, st.sampled_from(ZONES))
def test_a_wait_cut_in_two_adds_up(moments: list[datetime], weekdays: frozenset[int], name: str) -> None:
    since, cut, until = moments
    hours = hours_of(name, weekdays)
    assert hours.seconds(since, cut) + hours.seconds(cut, until) == hours.seconds(since, until)


@given(MOMENTS, st.integers(0, 12 * 24), WEEKS, st.sampled_from(ZONES))
def test_it_is_what_counting_five_minutes_one_by_one_gives(since: datetime, count: int, weekdays: frozenset[int], name: str) -> None:
    since = since.replace(minute=since.minute // 5 * 5, second=0)
    step, place = timedelta(minutes=5), zone(name)
    shown = [(since + n * step).astimezone(place) for n in range(count)]
    worked = sum(moment.isoweekday() in weekdays and DAY_STARTS <= moment.time() < DAY_ENDS for moment in shown)
    assert hours_of(name, weekdays).seconds(since, since + count * step) == worked * 300
