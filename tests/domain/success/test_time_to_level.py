"""How long a level takes: beginnings that are known, and those still on their way."""

from datetime import date, timedelta

from domain.records import Level
from domain.success.time_to_level import Climb, LevelFrom, climbs, times_to_level

START = date(2026, 1, 1)
NEW, DEVELOPING, CONSISTENT, TOP, ELITE = tuple(Level)


def at(days: int) -> date:
    return START + timedelta(days=days)


def changed(*steps: tuple[int, Level]) -> list[LevelFrom]:
    return [LevelFrom(agent_id=1, day=at(days), level=level) for days, level in steps]


def climbed(*steps: tuple[int, Level], until: int, joined: date | None = None) -> list[Climb]:
    return climbs(changed(*steps), joined={1: joined} if joined else {}, last_seen={1: at(until)})


def rise(days: int, *, has_risen: bool = True, level: Level = NEW) -> Climb:
    return Climb(level=level, days=days, has_risen=has_risen)


def test_the_level_somebody_was_first_found_on_does_not_count() -> None:
    assert climbed((0, DEVELOPING), (40, CONSISTENT), until=100) == [rise(60, has_risen=False, level=CONSISTENT)]


def test_the_lowest_level_begins_when_somebody_joined() -> None:
    assert climbed((0, NEW), (40, DEVELOPING), until=40, joined=at(-60)) == [rise(100)]
    assert climbed((0, DEVELOPING), until=40, joined=at(-60)) == []


def test_a_day_of_joining_after_the_first_assessment_is_not_believed() -> None:
    assert climbed((0, NEW), until=40, joined=at(10)) == []


def test_a_fall_is_no_rise_and_begins_a_climb_anew() -> None:
    found = climbed((0, NEW), (10, CONSISTENT), (30, DEVELOPING), (90, CONSISTENT), until=100)
    assert found == [
        rise(20, has_risen=False, level=CONSISTENT),
        rise(60, level=DEVELOPING),
        rise(10, has_risen=False, level=CONSISTENT),
    ]


def test_the_highest_level_has_no_next_one() -> None:
    assert climbed((0, TOP), (10, ELITE), until=100) == []


def test_without_anybody_on_their_way_it_is_the_plain_median() -> None:
    every, of_new = times_to_level([rise(days) for days in (10, 20, 30, 40, 50)])
    assert (every.median_days, every.rises, every.climbs, every.is_early) == (30, 5, 5, False)
    assert (of_new.level, of_new.median_days) == (NEW, 30)
    assert every.interval == (20, 40)


def test_those_still_on_their_way_make_it_longer() -> None:
    """Kaplan and Meier by hand: 10 of 10 there, two rise at 10 (0.8), one of 7 at 30 (0.686), two of 4 at 50 (0.343)."""
    there = [rise(20, has_risen=False), rise(40, has_risen=False), rise(40, has_risen=False)]
    found = times_to_level([rise(10), rise(10), rise(30), rise(50), rise(50), *there, rise(60, has_risen=False), rise(60, has_risen=False)])
    assert found[0].median_days == 50


def test_where_fewer_than_half_have_risen_there_is_no_median() -> None:
    found = times_to_level([*(rise(days) for days in (10, 20, 30, 40, 50)), *(rise(200, has_risen=False) for _ in range(20))])
    assert (found[0].median_days, found[0].interval) == (None, (None, None))


def test_a_few_rises_are_too_early_to_tell() -> None:
    assert [each.is_early for each in times_to_level([rise(10)] * 4)] == [True, True]
    assert [(each.level, each.climbs, each.median_days) for each in times_to_level([])] == [(None, 0, None)]
