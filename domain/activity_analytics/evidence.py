"""Whether a difference is more than luck, when many are looked at together: clear, likely, no clear difference, or too early."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, lgamma, log
from typing import Final

from domain.metrics.measures import Measure, Ratio

CLEAR_LEVEL: Final = 0.05
"""Share of false findings among the clear ones; where there is nothing to find, at most one agent in twenty is told anything clear."""
LIKELY_LEVEL: Final = 0.10
"""The same for the likely ones."""
FLOOR_SHARE: Final = 0.2
"""Differences of less than a fifth are not worth changing a habit for, however sure they are."""
MIN_SIDE: Final = 20
"""Activities on either side before their rates are compared: a share of fewer lies anywhere within ±14 points."""


class Verdict(StrEnum):
    """How sure it is that there is a difference."""

    CLEAR = "clear"
    LIKELY = "likely"
    NOT_CLEAR = "not_clear"
    """Enough was looked at, and luck explains what there is, or it is too small to matter."""
    TOO_EARLY = "too_early"

    @property
    def is_told(self) -> bool:
        """Whether the difference may be acted on."""
        return self in {Verdict.CLEAR, Verdict.LIKELY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two rates held against each other, before it is known what else was looked at."""

    one: Measure
    other: Measure
    p_value: float | None
    """How often luck alone makes as much of a difference; None while there is too little to tell."""
    missing: int = 0
    """Activities still needed before it can be told."""

    @property
    def lift(self) -> float | None:
        """The difference relative to the other rate: 0.5 is half as much again; None where that cannot be said."""
        return None if self.one.value is None or not self.other.value else self.one.value / self.other.value - 1

    @property
    def is_better(self) -> bool:
        """Whether the first rate is the higher one."""
        return (self.one.value or 0.0) > (self.other.value or 0.0)

    @property
    def matters(self) -> bool:
        """Whether the difference is at least a fifth; anything against none at all is."""
        return self.one.value != self.other.value and (self.lift is None or abs(self.lift) >= FLOOR_SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A comparison with its verdict among all that were made for the agent at the same time."""

    one: Measure
    other: Measure
    lift: float | None
    verdict: Verdict
    is_better: bool
    missing: int


def compare(one: Ratio, other: Ratio, *, spread: float = 1.0) -> Comparison:
    """The two rates by Fisher's exact test, two-sided (twice the smaller tail); too early with fewer than `MIN_SIDE` on a side.

    `spread` is how many times more the rates vary from day to day than luck of single activities would make them; counts are divided
    by it (Rao and Scott 1992), because twenty calls in one bad hour tell less than twenty on twenty days.
    """
    missing = max(0, MIN_SIDE - one.whole, MIN_SIDE - other.whole)
    if missing:
        return Comparison(one=one, other=other, p_value=None, missing=missing)
    mine, theirs = thinned(one, spread), thinned(other, spread)
    return Comparison(one=one, other=other, p_value=min(1.0, 2 * min(at_least(mine, theirs), at_most(mine, theirs))))


def thinned(rate: Ratio, spread: float) -> Ratio:
    """The rate as if it rested on that many times fewer activities."""
    return Ratio(round(rate.part / spread), round(rate.whole / spread)) if spread > 1 else rate


def at_least(one: Ratio, other: Ratio) -> float:
    """How often the first would have at least its part if both had the same rate (Fisher 1935: hypergeometric, margins given)."""
    return _tail(one, other, range(one.part, min(one.whole, one.part + other.part) + 1))


def at_most(one: Ratio, other: Ratio) -> float:
    """How often the first would have at most its part if both had the same rate."""
    return _tail(one, other, range(max(0, one.part - (other.whole - other.part)), one.part + 1))


def _tail(one: Ratio, other: Ratio, parts: range) -> float:
    successes, whole = one.part + other.part, one.whole + other.whole
    below = _log_choose(whole, successes)
    terms = (_log_choose(one.whole, part) + _log_choose(other.whole, successes - part) - below for part in parts)
    return min(1.0, sum(exp(term) for term in terms))


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def more_than_share(part: int, whole: int, share: float) -> float:
    """How often at least `part` of `whole` events fall on one side that each falls on with this probability (binomial)."""
    terms = (_log_choose(whole, k) + k * log(share) + (whole - k) * log(1 - share) for k in range(part, whole + 1))
    return min(1.0, sum(exp(term) for term in terms))


def day_spread(by_day: Iterable[Ratio]) -> float:
    """Pearson's χ² of the days' rates around the common one by its degrees of freedom; at least 1, and 1 where days do not tell."""
    days = [each for each in by_day if each.whole]
    part, whole = sum(each.part for each in days), sum(each.whole for each in days)
    if len(days) < 2 or not 0 < part < whole:  # noqa: PLR2004 - one day varies around nothing
        return 1.0
    rate = part / whole
    squares = sum((each.part - rate * each.whole) ** 2 / (each.whole * rate * (1 - rate)) for each in days)
    return max(1.0, squares / (len(days) - 1))


def findings(comparisons: Mapping[str, Comparison]) -> dict[str, Finding]:
    """Every comparison with its verdict: Benjamini and Hochberg (1995) over all of them that can be told."""
    adjusted = _adjusted({name: each.p_value for name, each in comparisons.items() if each.p_value is not None})
    return {name: _finding(each, adjusted.get(name)) for name, each in comparisons.items()}


def _finding(each: Comparison, adjusted: float | None) -> Finding:
    return Finding(
        one=each.one,
        other=each.other,
        lift=each.lift,
        verdict=_verdict(each, adjusted),
        is_better=each.is_better,
        missing=each.missing,
    )


def _verdict(each: Comparison, adjusted: float | None) -> Verdict:
    if adjusted is None:
        return Verdict.TOO_EARLY
    if adjusted > LIKELY_LEVEL or not each.matters:
        return Verdict.NOT_CLEAR
    return Verdict.CLEAR if adjusted <= CLEAR_LEVEL else Verdict.LIKELY


def _adjusted(p_values: Mapping[str, float]) -> dict[str, float]:
    """Each value times the number of tests divided by its rank, made monotone from the largest down."""
    ranked: Sequence[tuple[str, float]] = sorted(p_values.items(), key=lambda pair: -pair[1])
    found, least, tests = dict[str, float](), 1.0, len(ranked)
    for place, (name, p_value) in enumerate(ranked):
        least = min(least, p_value * tests / (tests - place))
        found[name] = least
    return found
