"""Whether somebody does more or less of an activity per working day than in the same part of the period before."""

from collections.abc import Sequence
from typing import Final

from domain.activity_analytics.evidence import Comparison, more_than_share
from domain.metrics.measures import Rate

MIN_EVENTS: Final = 40
"""In both spans together, before a rise or fall can be more than a quiet week."""
MIN_DAYS: Final = 5
"""Working days on either side: a week has its own rhythm."""


def volume_trend(now: Sequence[int], before: Sequence[int]) -> Comparison:
    """How many were done on each working day of the two spans; days without any are zeros, a day that is not over is left out.

    Conditional on the total, the later span's part is binomial with its share of the days if the pace was the same. Counts come in
    streaks, so both are divided by how much more the days vary than Poisson says (quasi-Poisson; McCullagh and Nelder 1989, 6.2.3).
    """
    one, other = Rate(sum(now), len(now)), Rate(sum(before), len(before))
    missing = max(0, MIN_EVENTS - one.events - other.events)
    if missing or min(one.per, other.per) < MIN_DAYS:
        return Comparison(one=one, other=other, p_value=None, missing=missing)
    streaks = _streaks((now, before))
    part, rest = round(one.events / streaks), round(other.events / streaks)
    share = one.per / (one.per + other.per)
    tails = more_than_share(part, part + rest, share), more_than_share(rest, part + rest, 1 - share)
    return Comparison(one=one, other=other, p_value=min(1.0, 2 * min(tails)))


def _streaks(spans: Sequence[Sequence[int]]) -> float:
    """The days' variance around their own span's mean, divided by that mean; at least 1."""
    squares, days = 0.0, 0
    for counts in spans:
        mean = sum(counts) / len(counts)
        if mean:
            squares += sum((count - mean) ** 2 for count in counts) / mean
            days += len(counts) - 1
    return max(1.0, squares / days) if days else 1.0
