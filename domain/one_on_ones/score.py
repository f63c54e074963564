"""Where the performance index has been going: four weeks against the four before, per planned working day."""

from typing import Final

from domain.coaching.comparison import Stretch, tier_of
from domain.coaching.movement_words import SURE
from domain.coaching.patterns.pattern import Tier
from domain.formatting import number_text
from domain.metrics.index import INDEX_METRICS, index_points
from domain.metrics.measures import Weighted

WEEKS: Final = 4
"""A month of work on each side: weeks with a holiday and without even out."""
INDEX_KEY: Final = INDEX_METRICS[0].key
LEAST_EVENTS: Final = 20
"""Calls, agreements, lists and sales on one side: fewer are a day or two of calling, and say nothing of a month."""


def score_sentence(before: Stretch, now: Stretch, *, is_seen_in_part: bool) -> str:
    """How the index moved, with what it rests on and how sure that is; without a verdict where some of the days are not seen."""
    then, late = _per_day(before), _per_day(now)
    events = f"from {late.sample:,} and {then.sample:,} events"
    if is_seen_in_part or not min(before.workdays, now.workdays) or max(late.sample, then.sample) < LEAST_EVENTS:
        return f"Too early to tell where the performance index is going ({events})."
    low, high = late.interval()
    told = f"{number_text(late.value)} points a working day in the last four weeks (likely {number_text(low)}–{number_text(high)})"
    return f"{told}, {number_text(then.value)} in the four before ({events}; {_sure(tier_of(late, then))})."


def _sure(tier: Tier) -> str:
    if tier is Tier.NOTHING:
        return "no movement beyond luck"
    return f"a {SURE[tier]} movement" if tier in {Tier.CLEAR, Tier.LIKELY} else SURE[tier]


def _per_day(stretch: Stretch) -> Weighted:
    """The index as if each working day were one: its points keep their events."""
    days = max(stretch.workdays, 1)
    return Weighted(tuple((weight / days, count) for weight, count in index_points(stretch.sums).terms))
