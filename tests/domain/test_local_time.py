"""A local day and hour, and the moment a local time means, also on the nights when clocks are changed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InputError
from domain.local_time import ClockNote, day_start, local_time, moment_at, wall_clock, zone

ZONES = sorted(available_timezones())
MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bounds without a zone


def test_a_late_evening_in_new_york_is_still_the_same_local_day() -> None:
    shown = local_time(datetime(2026, 3, 11, 3, 59, tzinfo=UTC), "America/New_York")
    assert (shown.on, shown.hour) == (date(2026, 3, 10), 23)


@pytest.mark.parametrize(
    ("name", "on", "hour"),
    [
        ("Asia/Kolkata", date(2026, 3, 11), 0),
        ("Asia/Kathmandu", date(2026, 3, 11), 0),
        ("America/St_Johns", date(2026, 3, 10), 16),
        ("Pacific/Apia", date(2026, 3, 11), 8),
    ],
)
def test_zones_off_the_full_hour_and_beyond_the_date_line(name: str, on: date, hour: int) -> None:
    shown = local_time(datetime(2026, 3, 10, 19, 0, tzinfo=UTC), name)
    assert (shown.on, shown.hour) == (on, hour)


def test_a_time_the_clock_jumps_over_is_taken_after_the_jump() -> None:
    resolved = moment_at(datetime(2026, 3, 29, 2, 30), "Europe/Berlin")  # noqa: DTZ001 - what a wall clock shows
    assert resolved.note is ClockNote.SKIPPED
    assert wall_clock(resolved.moment, "Europe/Berlin") == datetime(2026, 3, 29, 3, 30)  # noqa: DTZ001


def test_a_time_shown_twice_is_taken_the_first_time() -> None:
    resolved = moment_at(datetime(2026, 10, 25, 2, 30), "Europe/Berlin")  # noqa: DTZ001
    assert resolved.note is ClockNote.REPEATED
    assert resolved.moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_days_on_which_clocks_change_have_23_and_25_hours() -> None:
    changes = (date(2026, 3, 29), date(2026, 10, 25))
    lengths = [day_start(day + timedelta(days=1), "Europe/Berlin") - day_start(day, "Europe/Berlin") for day in changes]
    assert lengths == [timedelta(hours=23), timedelta(hours=25)]


def test_an_unknown_zone_names_the_nearest_one() -> None:
    with pytest.raises(InputError, match="Did you mean Europe/Berlin"):
        zone("Europe/Berlinn")


def test_a_zone_like_nothing_we_know_gets_an_example() -> None:
    with pytest.raises(InputError, match="such as Europe/Berlin"):
        zone("???")


@given(moment=MOMENTS, name=st.sampled_from(ZONES))
def test_every_moment_lies_within_the_local_day_it_is_dated_on(moment: datetime, name: str) -> None:
    on = local_time(moment, name).on
    assert day_start(on, name) <= moment < day_start(on + timedelta(days=1), name)


@given(moment=MOMENTS, name=st.sampled_from(ZONES))
def test_what_the_clock_shows_means_the_same_moment_again_unless_it_is_shown_twice(moment: datetime, name: str) -> None:
    resolved = moment_at(wall_clock(moment, name), name)
    assert resolved.moment == moment or resolved.note is ClockNote.REPEATED
