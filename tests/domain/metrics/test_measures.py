"""Measures add up to the measure of all facts together, and know when there was nothing to measure."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.counters import BIG_COUNTERS, COUNTER_NAMES, Counters, total
from domain.metrics.catalog import METRICS
from domain.metrics.measures import Amount, Mean, Median, Rate, Ratio, Total, Weighted

SUMS = st.builds(Counters, **{name: st.integers(0, 10**9 if name in BIG_COUNTERS else 500) for name in COUNTER_NAMES})


@settings(deadline=None)
@given(st.lists(SUMS, min_size=1, max_size=5))
def test_adding_the_parts_of_agents_equals_measuring_the_team(parts: list[Counters]) -> None:
    team = total(parts)
    for metric in METRICS.values():
        added = metric.measure(parts[0])
        for part in parts[1:]:
            added = added + metric.measure(part)  # type: ignore[operator]
        assert added == metric.measure(team), metric.key


@settings(deadline=None)
@given(SUMS, SUMS)
def test_a_team_without_an_agent_is_the_rest(one: Counters, other: Counters) -> None:
    assert total([one, other]) - other == one
    assert one + other == total([other, one])


def test_no_parts_add_up_to_nothing() -> None:
    assert total([]) == Counters()


def test_a_teams_rate_is_not_the_mean_of_its_agents_rates() -> None:
    assert (Ratio(1, 1) + Ratio(0, 9)).value == pytest.approx(0.1)


def test_a_mean_lies_nowhere_outside_its_limits() -> None:
    stars = Mean(9, 2, squares=41, limits=(1, 5))
    low, high = stars.interval() or (0, 0)
    assert (round(low, 2), high) == (3.86, 5)
    assert (stars + stars).limits == (1, 5)


@pytest.mark.parametrize("measure", [Ratio(0, 0), Rate(0, 0), Mean(0, 0), Median(())])
def test_nothing_to_divide_by_is_unknown_not_zero(measure: Ratio | Rate | Mean) -> None:
    assert (measure.value, measure.sample, measure.interval()) == (None, 0, None)


def test_counting_nothing_is_a_known_zero() -> None:
    assert (Total(0).value, Total(0).sample) == (0, 0)


def test_amounts_know_their_events_but_not_their_spread() -> None:
    amount = Amount(7200, 3, 3600) + Amount(3600, 1, 3600)
    assert (amount.value, amount.sample, amount.interval()) == (3, 4, None)


def test_a_rate_may_exceed_one() -> None:
    rate = Rate(3, 2)
    low, high = rate.interval() or (0, 0)
    assert rate.value == 1.5
    assert low < 1.5 < high


def test_a_mean_shows_its_spread_only_when_all_of_it_is_known() -> None:
    known, unknown = Mean(14, 3, squares=66), Mean(5, 1)
    assert known.interval() == pytest.approx((14 / 3 - 0.427, 14 / 3 + 0.427), abs=2e-3)
    assert (known + unknown).interval() is None
    assert (known + unknown).value == pytest.approx(19 / 4)
    assert Mean(7200, 1, 3600, squares=7200**2).interval() is None


def test_points_add_term_by_term() -> None:
    points = Weighted(((1, 10), (5, 1))) + Weighted(((1, 2), (5, 3)))
    assert (points.value, points.sample) == (12 + 20, 16)
    low, high = points.interval()
    assert low < 32 < high


def test_an_average_satisfaction_on_few_votes_is_less_sure_than_on_many() -> None:
    few, many = Mean(9, 2, squares=41), Mean(900, 200, squares=4100)
    (few_low, few_high), (many_low, many_high) = few.interval() or (0, 0), many.interval() or (0, 0)
    assert few.value == many.value
    assert few_high - few_low > 5 * (many_high - many_low)


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**6), max_size=40), st.lists(st.integers(0, 10**6), min_size=1, max_size=40))
def test_the_median_of_parts_together_is_that_of_all_values(one: list[int], other: list[int]) -> None:
    assert (Median(tuple(one), 60) + Median(tuple(other), 60)).value == pytest.approx(np.median(one + other) / 60)


def test_one_forgotten_lead_moves_the_mean_and_not_the_median() -> None:
    waits = (600, 900, 1200, 1500, 864_000)
    assert Median(waits, 3600).value == pytest.approx(1200 / 3600)
    assert Mean(sum(waits), len(waits), 3600).value == pytest.approx(48.23, abs=0.01)
