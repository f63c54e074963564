"""Energy: nothing is said before there is enough, and never what luck could have said."""

from datetime import date, timedelta

import pytest

from domain.coaching.energy import ENOUGH, CheckIn, Daypart, daypart_at, pattern

TUESDAY = date(2026, 3, 10)


def told(part: Daypart, *values: int) -> list[CheckIn]:
    return [CheckIn(on=TUESDAY + timedelta(days=place), daypart=part, energy=value) for place, value in enumerate(values)]


def test_too_early_says_how_many_are_missing() -> None:
    found = pattern([*told(Daypart.MORNING, 5, 4, 5), *told(Daypart.AFTERNOON, *[2] * ENOUGH)])
    assert (found.is_too_early, found.count, found.needed, found.high) == (True, ENOUGH + 3, ENOUGH - 3, None)
    assert pattern([]).needed == 2 * ENOUGH


def test_a_part_of_the_day_stands_out_only_beyond_luck() -> None:
    clear = pattern([*told(Daypart.MORNING, 4, 5, 4, 5, 4, 5, 4, 5), *told(Daypart.AFTERNOON, 2, 3, 2, 3, 2, 3, 2, 3)])
    assert (clear.high, clear.low) == (Daypart.MORNING, Daypart.AFTERNOON)
    even = pattern([*told(Daypart.MORNING, 1, 5, 3, 5, 1, 4, 2, 5), *told(Daypart.AFTERNOON, 2, 3, 2, 5, 1, 4, 2, 3)])
    assert (even.high, even.low, even.is_too_early) == (None, None, False)


@pytest.mark.parametrize(("hour", "part"), [(0, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening")])
def test_the_parts_of_the_day_follow_the_clock(hour: int, part: str) -> None:
    assert daypart_at(hour) == part
