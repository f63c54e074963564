"""Neighbours, gaps and cohorts of a leaderboard, and when a cohort would give somebody away."""

from domain.coaching.peers import Work, around, cohorts, gap_to_next

KEYS = ("calls",)


def work(count: int, **calls: int) -> dict[int, Work]:
    return {number: Work(counts={"calls": calls.get(f"n{number}", 10)}, days=5) for number in range(count)}


def told(count: int, viewer: int | None = None, **calls: int) -> list[tuple[float, int, float | None]]:
    found = cohorts(range(count), work(count, **calls), viewer, KEYS)
    return [(each.share, each.people, each.per_day["calls"]) for each in found]


def test_a_cohort_of_four_is_not_told() -> None:
    assert told(8) == []
    assert told(10) == [(0.5, 5, 2.0)]


def test_the_viewers_own_figures_are_left_out_and_do_not_count_as_one_of_five() -> None:
    assert told(10, viewer=0) == []
    assert told(12, viewer=0, n0=999) == [(0.5, 5, 2.0)]


def test_a_cohort_that_differs_by_four_from_the_smaller_one_is_not_told() -> None:
    assert [people for _, people, _ in told(17)] == [5]
    assert [people for _, people, _ in told(20)] == [5, 10]


def test_where_one_makes_more_than_half_the_figure_is_withheld() -> None:
    assert told(10, n0=40) == [(0.5, 5, 80 / 25)]
    assert told(10, n0=41) == [(0.5, 5, None)]


def test_an_average_is_told_to_one_place_so_that_nobody_reckons_the_last_one() -> None:
    assert told(10, n0=11, n1=12) == [(0.5, 5, 2.1)]  # 53 ÷ 25 is 2.12


def test_without_a_working_day_there_is_no_rate() -> None:
    idle = {number: Work(counts={"calls": 1}, days=0) for number in range(10)}
    assert [each.per_day["calls"] for each in cohorts(range(10), idle, None, KEYS)] == [None]


def test_two_above_and_two_below_as_far_as_there_are() -> None:
    assert list(around([9, 8, 7, 6, 5, 4], 7)) == [9, 8, 7, 6, 5]
    assert list(around([9, 8, 7], 9)) == [9, 8, 7]


def test_the_gap_is_to_the_next_better_score_past_ties() -> None:
    assert gap_to_next([90.0, 80.0, 70.0, 70.0], 70.0) == 10.0
    assert gap_to_next([90.0, 80.0], 90.0) is None
