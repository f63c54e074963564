"""A forecast and its back-test in plain sentences, each number with what it rests on."""

from math import floor, log10
from typing import Final

from domain.forecasting.ahead import FEWEST_WEEKS
from domain.forecasting.back_test import BackTest
from domain.forecasting.forecast import Forecast, Silence, Unforeseen
from domain.forecasting.series import TRAILING_WEEKS
from domain.formatting import about_text, chance_text, money_text, number_text, period_text
from domain.metrics.definition import Metric, Unit
from domain.metrics.intervals import Interval
from domain.periods import Grain, Period

FEW: Final = 5
"""Fewer periods than this say little about how often forecasts come true."""
DIGITS: Final = 3
"""An amount foreseen has no more figures that say something."""
NAMES: Final = {Grain.WEEK: ("week", "weeks"), Grain.MONTH: ("month", "months"), Grain.QUARTER: ("quarter", "quarters")}


def amount_text(metric: Metric, amount: float, currency: str) -> str:
    """What is foreseen, no finer than it can be: "118", "$70,600", "$1.24M"."""
    return money_text(_rough(amount), currency, compact=True) if metric.unit is Unit.MONEY else about_text(amount)


def counted_text(metric: Metric, amount: float, currency: str) -> str:
    """The same with its word: "118 calls"."""
    if metric.unit is Unit.MONEY:
        return amount_text(metric, amount, currency)
    return f"{about_text(amount)} {metric.words.singular if about_text(amount) == '1' else metric.words.plural}"


def range_text(metric: Metric, interval: Interval, currency: str) -> str:
    """The range, such as "104 to 131"; one figure where both ends are the same."""
    low, high = (amount_text(metric, end, currency) for end in interval)
    return low if low == high else f"{low} to {high}"


def end_sentence(metric: Metric, found: Forecast, period: Period, currency: str) -> str:
    """Where the period ends, and within what."""
    expected, likely = counted_text(metric, found.expected, currency), range_text(metric, found.interval80, currency)
    return f"{period_text(period)} ends at about {expected}, in four of five cases between {likely.replace(' to ', ' and ')}."


def way_sentence(found: Forecast) -> str:
    """By what it was forecast, where that is not the pace alone."""
    return "Open deals are weighed in by their age: earlier forecasts were clearly closer with them." if found.weighs_open_deals else ""


def target_sentence(metric: Metric, found: Forecast, target: float | None, currency: str) -> str:
    """How likely the target is reached; empty without one."""
    if target is None or found.chance is None:
        return ""
    asked = amount_text(metric, target, currency)
    if found.so_far >= target:
        return f"The target of {asked} is reached."
    return f"The target of {asked} is reached with a chance of {chance_text(found.chance)}."


def silence_sentence(metric: Metric, found: Unforeseen) -> str:
    """Why there is no forecast, and what it takes."""
    name = metric.name.lower()
    if found.reason is Silence.TOO_EARLY:
        return f"Too early: {found.weeks} of the {FEWEST_WEEKS} weeks of records that a forecast of {name} needs are there."
    return f"No forecast of {name}: nothing of the kind in the last {TRAILING_WEEKS} weeks."


def back_test_sentence(metric: Metric, found: BackTest, grain: Grain, currency: str) -> str:
    """How often forecasts from this point came true, and how far they were off beside the simple way."""
    singular, plural = NAMES[grain]
    tried = len(found.tried)
    if found.error is None or found.simple_error is None:
        return f"No {singular} before this one can be looked back on yet."
    ended = f"Seen from the same point, {found.inside} of the last {number_text(tried)} {plural} ended inside their range"
    ended += "; that few say little." if tried < FEW else "; four of five should."
    ours, theirs = (counted_text(metric, error, currency) for error in (found.error, found.simple_error))
    judged = "" if found.error <= found.simple_error else " Here the simple mean did better."
    return f"{ended} The forecast was off by {ours} on average, the mean of eight weeks by {theirs}.{judged}"


def _rough(minor: float) -> float:
    step = 10 ** max(0, floor(log10(minor)) - DIGITS + 1) if minor > 0 else 1
    return float(round(minor / step) * step)
