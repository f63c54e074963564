"""How likely a running goal is reached: certain ends, exact counts, money, and nothing counted twice."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.goals.chance import Chance, OpenDeal, chance
from domain.goals.closing import ClosingTable, Watched
from domain.goals.posterior import DealValues, deal_values
from domain.goals.rhythm import Remaining, Rhythm, Season, dispersion, season

HALF_A_MONTH = Remaining(workdays=10, days=14)
STEADY = Rhythm(daily=(2,) * 40)
QUIET = Rhythm(daily=(), prior_per_day=None)
AMOUNTS = deal_values([500_000, 700_000, 900_000, 1_500_000], [], default_minor=800_000)


def count(
    target: float, actual: float, left: Remaining = HALF_A_MONTH, rhythm: Rhythm = STEADY, deals: tuple[OpenDeal, ...] = ()
) -> Chance:
    return chance(target=target, actual=actual, left=left, rhythm=rhythm, open_deals=deals)


def test_what_is_reached_is_certain_and_asks_for_nothing_more() -> None:
    found = count(20, 20)
    assert (found.probability, found.needed_per_workday) == (1, 0)


def test_when_the_time_is_over_nothing_comes_any_more() -> None:
    found = count(20, 19, Remaining(workdays=0, days=0), STEADY, (OpenDeal(win_share=0.9, days_to_close=1),))
    assert (found.probability, found.needed_per_workday, found.expected_value, found.interval80) == (0, None, 19, (19, 19))


def test_what_is_missing_is_spread_over_the_working_days_left() -> None:
    assert count(30, 18).needed_per_workday == pytest.approx(1.2)


def test_a_known_pace_is_a_poisson_count() -> None:
    """Two a day for 40 days, ten days to go: 20 expected, a little wider than Poisson for what is unknown of the rate."""
    found = count(38, 18)
    assert found.expected_value == pytest.approx(38.125)
    assert found.probability == pytest.approx(0.53, abs=0.02)
    assert found.interval80 == pytest.approx((18 + 14, 18 + 27), abs=1)


def test_one_open_deal_is_won_in_time_or_not() -> None:
    deal = OpenDeal(win_share=0.6, days_to_close=14)
    assert deal.in_time(14) == pytest.approx(0.3)
    assert count(1, 0, rhythm=QUIET, deals=(deal,)).probability == pytest.approx(0.3)
    assert OpenDeal(win_share=0.6, days_to_close=-3).in_time(14) == pytest.approx(0.6 * NormalDist().cdf(np.log(14) / 0.8))


def test_sales_of_open_deals_are_not_counted_again_as_new_business() -> None:
    slow = Rhythm(daily=(1, 0) * 20, cycle_days=(30, 40, 60))
    assert count(5, 0, rhythm=slow).from_new == 0
    quick = Rhythm(daily=(1, 0) * 20, cycle_days=(7,))
    assert count(5, 0, rhythm=quick).from_new == pytest.approx(10 * 20.5 / 40 / 2)
    deals = (OpenDeal(win_share=1, days_to_close=1),) * 3
    unknown = Rhythm(daily=(1, 0) * 20)
    assert count(5, 0, rhythm=unknown, deals=deals).expected_value == pytest.approx(10 * 20.5 / 40)


def test_a_cohort_stands_in_for_days_that_have_not_been() -> None:
    assert count(10, 0, rhythm=Rhythm(daily=(), prior_per_day=1.5)).from_new == pytest.approx(15)


def test_uneven_days_make_the_future_wider() -> None:
    uneven = Rhythm(daily=(0, 0, 0, 0, 10) * 8)
    (low, high), (even_low, even_high) = count(38, 18, rhythm=uneven).interval80, count(38, 18).interval80
    assert dispersion(uneven.daily) > 5
    assert low < even_low < even_high < high


def test_money_of_one_possible_sale() -> None:
    deals = (OpenDeal(win_share=0.5, days_to_close=1, amount_minor=900_000),)
    found = chance(target=800_000, actual=0, left=HALF_A_MONTH, rhythm=QUIET, open_deals=deals, values=AMOUNTS)
    assert found.probability == pytest.approx(deals[0].in_time(14), abs=0.05)
    assert found.from_open == pytest.approx(deals[0].in_time(14) * 900_000)


def test_money_of_equal_sales_agrees_with_the_exact_count() -> None:
    rhythm = Rhythm(daily=(1, 0, 0, 0) * 12)
    exact = count(5, 2, rhythm=rhythm)
    money = chance(target=500, actual=200, left=HALF_A_MONTH, rhythm=rhythm, values=DealValues.exactly(100))
    assert money.probability == pytest.approx(exact.probability, abs=0.002)
    assert money.expected_value == pytest.approx(exact.expected_value * 100)


@settings(max_examples=25, deadline=None)
@given(
    daily=st.lists(st.integers(0, 6), max_size=50),
    actual=st.integers(0, 30),
    target=st.integers(1, 60),
    wins=st.lists(st.floats(0, 1), max_size=5),
)
def test_the_chance_falls_with_the_target_and_rises_with_what_is_there(
    daily: list[int], actual: int, target: int, wins: list[float]
) -> None:
    deals = tuple(OpenDeal(win_share=win, days_to_close=10) for win in wins)
    rhythm = Rhythm(daily=tuple(daily))
    found = count(target, actual, rhythm=rhythm, deals=deals)
    assert 0 <= found.probability <= 1
    assert count(target + 2, actual, rhythm=rhythm, deals=deals).probability <= found.probability + 1e-12
    assert count(target, actual + 2, rhythm=rhythm, deals=deals).probability >= found.probability - 1e-12
    assert found.interval80[0] <= found.interval80[1]


def test_the_same_facts_give_the_same_chance() -> None:
    one, other = (chance(target=5e6, actual=1e6, left=HALF_A_MONTH, rhythm=STEADY, values=AMOUNTS) for _ in range(2))
    assert one == other


def test_a_season_everybody_has_moves_the_chance_and_widens_it() -> None:
    swinging = Rhythm(daily=STEADY.daily, season=Season(swing=0.3, so_far=0, usual=0))
    good = Rhythm(daily=STEADY.daily, season=Season(swing=0.3, so_far=260, usual=200))
    plain, wide = count(38, 18), count(38, 18, rhythm=swinging)
    assert wide.expected_value == pytest.approx(plain.expected_value, rel=0.001)
    assert wide.interval80[1] - wide.interval80[0] > plain.interval80[1] - plain.interval80[0]
    shape = 1 / 0.3**2
    assert count(38, 18, rhythm=good).from_new == pytest.approx(plain.from_new * (shape + 260) / (shape + 200), rel=0.001)


def test_a_season_is_what_like_periods_vary_by_beyond_luck() -> None:
    assert season([100, 101, 99], 10, 0.5).swing == 0
    assert season([100, 300], 10, 0.5).swing == 0
    found = season([100, 200, 300], 90, 0.5)
    assert (found.swing, found.usual) == (pytest.approx((0.25 - 1 / 200) ** 0.5), 100)


def test_deals_still_open_count_for_as_long_as_they_were_watched() -> None:
    """Of forty deals twenty were won on their tenth day and twenty have been open for a year: half, not all, are won within a month."""
    won = [Watched(days=10, is_closed=True, is_won=True)] * 20
    still_open = [Watched(days=365, is_closed=False, is_won=False)] * 20
    table = ClosingTable(won + still_open)
    assert table.in_time(0, 30) == pytest.approx(0.5)
    assert table.in_time(0, 10) == 0
    assert table.in_time(20, 300) == 0


def test_a_life_table_without_deals_promises_nothing() -> None:
    assert ClosingTable([]).in_time(5, 30) == 0


def test_what_the_life_table_says_stands_for_share_and_days() -> None:
    assert OpenDeal(win_share=0.9, days_to_close=1, in_time_share=0.2).in_time(14) == 0.2
