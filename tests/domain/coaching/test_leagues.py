"""Leagues hold people of like volume, never so few that one of them could be found, and equals stay together."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.coaching.leagues import SMALLEST, deciding, drawn, seats
from domain.periods import Period

VOLUMES = st.dictionaries(st.integers(1, 500), st.integers(0, 40).map(float), max_size=80)


def sizes(points: dict[int, float]) -> list[int]:
    return [len(league) for league in drawn(points)]


def apart(people: int) -> dict[int, float]:
    return {agent: float(-agent) for agent in range(people)}


def test_there_are_as_many_leagues_of_about_ten_as_there_are_people_for() -> None:
    assert [sizes(apart(people)) for people in (5, 6, 14, 16, 30, 45)] == [[], [6], [14], [8, 8], [10, 10, 10], [11, 11, 12, 11]]


def test_who_has_as_many_points_as_the_last_of_a_league_plays_in_it() -> None:
    points = apart(20) | {10: -9.0, 11: -9.0}
    assert sizes(points) == [12, 8]


def test_equals_are_one_league_however_many_they_are() -> None:
    assert sizes(dict.fromkeys(range(40), 3.0)) == [40]


@given(VOLUMES)
def test_every_league_hides_everybody_in_it_and_volumes_do_not_overlap(points: dict[int, float]) -> None:
    leagues = drawn(points)
    assert sorted(agent for league in leagues for agent in league) == (sorted(points) if len(points) >= SMALLEST else [])
    assert all(len(league) >= SMALLEST for league in leagues)
    for upper, lower in pairwise(leagues):
        assert min(points[agent] for agent in upper) > max(points[agent] for agent in lower)


@given(st.sets(st.floats(0, 1e6), max_size=200))
def test_without_equals_no_league_has_more_than_twenty(volumes: set[float]) -> None:
    assert all(len(league) <= 20 for league in drawn(dict(enumerate(volumes))))


def test_a_seat_says_where_the_next_draw_would_put_somebody() -> None:
    now = apart(20)
    ahead = now | {12: 1.0}
    found = seats(now, ahead)
    assert (found[12].league, found[12].leagues, found[12].others, found[12].ahead, found[12].steps) == (2, 2, 9, 1, 1)
    assert (found[9].league, found[9].ahead, found[9].steps) == (1, 2, -1)
    assert (found[0].ahead, found[0].steps) == (1, 0)
    assert seats(now)[12].ahead is None


def test_one_league_is_no_league() -> None:
    assert seats(apart(11)) == {}


def test_the_three_whole_months_before_decide() -> None:
    assert deciding(date(2026, 2, 17)) == Period(date(2025, 11, 1), date(2026, 2, 1))
