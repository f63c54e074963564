"""Trends of months: told when they are more than luck, and hardly ever when nothing moves."""

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from domain.coaching.comparison import Stretch
from domain.coaching.movement_words import trend_evidence, trend_text
from domain.coaching.patterns.pattern import Tier
from domain.coaching.trends import Month, Shape, Trend, explained
from domain.counters import Counters
from domain.metrics.catalog import metric
from domain.periods import Grain, add_months, containing

FIRST = date(2025, 1, 1)
LATER = date(2026, 6, 1)


def months(calls: Sequence[int], workdays: Sequence[int] | None = None, **others: Sequence[int]) -> list[Month]:
    days = workdays or [20] * len(calls)
    return [
        Month(
            days=containing(add_months(FIRST, place), Grain.MONTH),
            stretch=Stretch(sums=Counters(calls=count, **{name: values[place] for name, values in others.items()}), workdays=days[place]),
        )
        for place, count in enumerate(calls)
    ]


def of_calls(calls: Sequence[int], workdays: Sequence[int] | None = None, today: date = LATER) -> Trend:
    return explained([metric("calls")], months(calls, workdays), today)[0]


def test_a_steady_rise_is_a_clear_slope_told_with_its_ends() -> None:
    trend = of_calls([200, 221, 239, 262, 280, 301, 318, 341, 360, 382])
    assert trend.line is not None
    assert (trend.tier, trend.line.shape, trend.is_good, trend.months) == (Tier.CLEAR, Shape.SLOPE, True, 10)
    assert trend_text(trend, "USD") == "Calls a working day rose steadily, from about 10 in January 2025 to about 19 in October 2025."
    assert trend_evidence(trend, "USD").startswith("10 months, 2,904 facts. The change lies between +")


def test_a_jump_that_stays_is_a_step_and_dated() -> None:
    trend = of_calls([200, 204, 197, 202, 199, 300, 297, 303, 301, 299])
    assert trend.line is not None
    assert (trend.line.shape, trend.line.since) == (Shape.STEP, date(2025, 6, 1))
    assert trend_text(trend, "USD") == "Calls a working day: about 15 since June 2025, about 10 before."


def test_a_run_of_months_the_same_way_is_no_trend_by_itself() -> None:
    trend = of_calls([203, 196, 199, 197, 201, 204, 207, 210])
    assert (trend.tier, trend.line) == (Tier.NOTHING, None)
    assert trend_text(trend, "USD") == "Calls a working day: nothing beyond luck in 8 months."


def test_a_month_with_half_the_days_is_no_fall() -> None:
    assert of_calls([200, 198, 202, 201, 199, 100, 98, 101], [20] * 5 + [10] * 3).tier is Tier.NOTHING


def test_a_clear_but_tiny_movement_is_not_worth_telling() -> None:
    assert of_calls([20_000 + 100 * place for place in range(10)]).tier is Tier.NOTHING


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ([200, 300, 400, 500, 600], "too early, 5 of 6 finished months with anything to measure"),
        ([1, 2, 3, 4, 5, 6, 7], "too early, 28 of 30 facts"),
    ],
)
def test_too_early_says_what_is_missing(calls: list[int], words: str) -> None:
    trend = of_calls(calls)
    assert (trend.tier, trend_text(trend, "USD")) == (Tier.TOO_EARLY, f"Calls a working day: {words}.")


def test_months_whose_leads_came_lately_are_left_out() -> None:
    facts = months([0] * 8, leads_assigned=[40] * 8, leads_converted=[8] * 7 + [1])
    today = facts[-1].days.end
    (late,) = explained([metric("conversion_rate")], facts, today)
    assert (late.months, late.tier) == (7, Tier.NOTHING)


def test_money_is_not_followed_because_its_spread_is_not_kept() -> None:
    assert explained([metric("revenue")], months([100] * 8, revenue_minor=[10_000 * place for place in range(8)]), LATER) == ()


def test_where_nothing_moves_hardly_anybody_is_told_of_anything() -> None:
    """Twelve months of luck alone, scattering more than luck alone would, for three figures each."""
    random = Random(7)  # noqa: S311 - a simulation
    people, told = 60, 0
    figures = [metric(key) for key in ("calls", "deals_won", "conversation_rate")]
    for _ in range(people):
        calls = [max(1, round(random.gauss(200, 30))) for _ in range(12)]
        talks = [sum(random.random() < 0.4 for _ in range(count)) for count in calls]
        won = [sum(random.random() < 0.1 for _ in range(40)) for _ in range(12)]
        told += any(each.tier.is_told for each in explained(figures, months(calls, conversations=talks, deals_won=won), LATER))
    assert told <= people * 0.07


def test_most_of_those_who_rise_by_half_are_told() -> None:
    random = Random(7)  # noqa: S311 - a simulation
    people = 60
    rising = [[round(random.gauss(200 + 100 * place / 11, 15)) for place in range(12)] for _ in range(people)]
    assert sum(of_calls(calls).tier.is_told for calls in rising) >= people * 0.9
