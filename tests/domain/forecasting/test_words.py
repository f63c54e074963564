"""Forecasts in sentences: no finer than they are, honest about few periods, and plain where there is none."""

from dataclasses import replace
from datetime import date

import pytest

from domain.errors import InputError
from domain.forecasting.back_test import BackTest, Tried
from domain.forecasting.forecast import Forecast, Silence, Unforeseen
from domain.forecasting.foreseen import FORESEEN, foreseen
from domain.forecasting.words import back_test_sentence, end_sentence, silence_sentence, target_sentence
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Direction
from domain.periods import Grain, containing

CALLS, REVENUE = METRICS["calls"], METRICS["revenue"]
MARCH = containing(date(2026, 3, 1), Grain.MONTH)
FOUND = Forecast(so_far=70, expected=118.4, interval80=(104, 131), chance=0.44, widening=1.1, weighs_open_deals=False, path=())


def tried(inside: int, outside: int, *, simple: float = 16) -> BackTest:
    ends = [10] * inside + [14] * outside
    return BackTest(tried=tuple(Tried(period=MARCH, expected=10, interval80=(8, 12), simple=simple, ended=end) for end in ends))


def test_the_end_is_told_with_its_range_and_money_without_its_last_figures() -> None:
    assert end_sentence(CALLS, FOUND, MARCH, "USD") == "March 2026 ends at about 118 calls, in four of five cases between 104 and 131."
    money = replace(FOUND, expected=7_064_712, interval80=(6_000_000, 123_456_789))
    assert (
        end_sentence(REVENUE, money, MARCH, "USD") == "March 2026 ends at about $70,600, in four of five cases between $60,000 and $1.23M."
    )


def test_the_target_has_a_chance_until_it_is_reached() -> None:
    assert target_sentence(CALLS, FOUND, 120, "USD") == "The target of 120 is reached with a chance of 44 %."
    assert target_sentence(CALLS, replace(FOUND, so_far=120), 120, "USD") == "The target of 120 is reached."
    assert target_sentence(CALLS, FOUND, None, "USD") == ""


def test_silence_says_what_is_missing() -> None:
    early = silence_sentence(CALLS, Unforeseen(reason=Silence.TOO_EARLY, weeks=6))
    assert early == "Too early: 6 of the 8 weeks of records that a forecast of calls needs are there."
    quiet = silence_sentence(REVENUE, Unforeseen(reason=Silence.NOTHING_LATELY, weeks=40))
    assert quiet == "No forecast of revenue: nothing of the kind in the last 12 weeks."


def test_the_back_test_tells_how_often_and_how_far_and_beside_what() -> None:
    assert back_test_sentence(CALLS, tried(9, 3), Grain.MONTH, "USD") == (
        "Seen from the same point, 9 of the last 12 months ended inside their range; four of five should. The forecast was off by 1 call "
        "on average, the mean of eight weeks by 5 calls."
    )


def test_few_periods_and_a_better_simple_mean_are_said() -> None:
    said = back_test_sentence(CALLS, tried(0, 2, simple=14), Grain.QUARTER, "USD")
    assert "0 of the last 2 quarters ended inside their range; that few say little." in said
    assert said.endswith("Here the simple mean did better.")
    assert back_test_sentence(CALLS, BackTest(tried=()), Grain.WEEK, "USD") == "No week before this one can be looked back on yet."


@pytest.mark.parametrize("key", FORESEEN)
def test_what_is_forecast_adds_up_and_is_better_when_higher(key: str) -> None:
    metric, parts = foreseen(key)
    assert metric.prorated
    assert metric.direction is not Direction.LOWER_IS_BETTER
    assert parts.counters


def test_a_mean_is_refused_with_the_nearest_figure_that_adds_up() -> None:
    with pytest.raises(InputError, match="Did you mean “deals_won”"):
        foreseen("deal_value")
