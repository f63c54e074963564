"""Intervals against published and exact values."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.metrics import intervals


def test_wilson_gives_the_textbook_interval() -> None:
    assert intervals.wilson(10, 20, 0.95) == pytest.approx((0.2993, 0.7007), abs=1e-4)


@pytest.mark.parametrize("part", [0, 7])
def test_wilson_never_leaves_zero_to_one(part: int) -> None:
    low, high = intervals.wilson(part, 7)
    assert 0 <= low < high <= 1


@given(part=st.integers(0, 300), more=st.integers(0, 300), level=st.sampled_from([0.5, 0.8, 0.95]))
def test_wilson_holds_the_share_itself(part: int, more: int, level: float) -> None:
    whole = part + more or 1
    low, high = intervals.wilson(part, whole, level)
    assert low <= part / whole <= high


@pytest.mark.parametrize(
    ("count", "low", "high"), [(1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904), (100, 81.3639, 121.6273)]
)
def test_counts_come_close_to_the_exact_poisson_interval(count: int, low: float, high: float) -> None:
    assert intervals.poisson(count, 0.95) == pytest.approx((low, high), rel=0.03, abs=0.1)


def test_no_events_still_leave_room_for_luck() -> None:
    low, high = intervals.poisson(0, 0.95)
    assert low == 0
    assert high == pytest.approx(3.69, abs=0.35)


@settings(deadline=None)
@given(st.integers(0, 500))
def test_points_of_one_kind_scale_with_their_weight(count: int) -> None:
    one, five = intervals.weighted_poisson(((1, count),)), intervals.weighted_poisson(((5, count),))
    assert five == pytest.approx((5 * one[0], 5 * one[1]))


def test_a_few_heavy_events_are_less_sure_than_many_light_ones() -> None:
    light, heavy = intervals.weighted_poisson(((1, 100), (5, 0))), intervals.weighted_poisson(((1, 0), (5, 20)))
    assert heavy[1] - heavy[0] > 2 * (light[1] - light[0])


def test_no_points_at_all_have_the_room_of_the_heaviest_event() -> None:
    assert intervals.weighted_poisson(((1, 0), (5, 0))) == (0.0, pytest.approx(5 * intervals.poisson(0)[1]))
    assert intervals.weighted_poisson(()) == (0.0, 0.0)


def test_a_mean_needs_two_values_for_an_interval() -> None:
    assert intervals.normal_mean(5, 25, 1) is None
    assert intervals.normal_mean(6, 20, 2, 0.95) == pytest.approx((3 - 1.96, 3 + 1.96), abs=1e-3)


def test_intervals_overlap_by_the_share_of_the_narrower_one() -> None:
    assert intervals.overlap_share((0, 10), (8, 12)) == pytest.approx(0.5)
    assert intervals.overlap_share((0, 1), (2, 3)) == 0
    assert intervals.overlap_share((2, 2), (2, 2)) == 1


def test_intervals_that_touch_are_not_apart() -> None:
    assert not intervals.apart((0, 1), (1, 2))
    assert intervals.apart((2, 3), (0, 1.9))


@pytest.mark.parametrize(
    ("n", "level", "ranks"), [(3, 0.8, None), (4, 0.8, (1, 4)), (10, 0.8, (3, 8)), (23, 0.95, (7, 17)), (100, 0.95, (40, 61))]
)
def test_the_ranks_around_a_median_are_those_of_the_published_tables(n: int, level: float, ranks: tuple[int, int] | None) -> None:
    assert intervals.median_ranks(n, level) == ranks


def test_ranks_of_many_values_go_on_where_exact_ones_end() -> None:
    exact, approximate = intervals.median_ranks(200, 0.8), intervals.median_ranks(201, 0.8)
    assert exact is not None
    assert approximate is not None
    assert approximate[0] - exact[0] in {0, 1}
