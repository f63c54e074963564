"""A segment against all others, agent by agent and stretch by stretch: neither a strong agent nor a good month looks like a pattern.

Within each agent and stretch the sum of outcomes in the segment is held against what it would be if outcomes had fallen anywhere (Mantel
and Haenszel 1959); observed less expected, divided by its variance, is Peto's one-step log odds ratio (Yusuf and others 1985), which few
facts in a stretch do not break. The same sums give a difference of means where the outcome is a number.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from domain.coaching.patterns.blocks import blocks
from domain.coaching.patterns.sample import Integers, Numbers, Sample


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """What the facts say of one segment, stretch by stretch."""

    effects: Numbers
    """Log odds ratios, or differences in standard deviations; of the stretches that can tell."""
    variances: Numbers
    information: float
    """How much can be told at all, whatever the outcomes are: one over the variance of the effect if facts were independent."""
    inside: tuple[float, int]
    """Sum of outcomes and number of facts in the segment."""
    outside: tuple[float, int]
    days: int
    """Days on the side that has fewer: what happens on one day happens together, so these are what the effect rests on."""
    people: int
    """Whose facts tell something: they have some on either side."""
    largest_share: float
    """Of the information, the part that is one person's."""
    scale: float
    """What one unit of the effect is in the outcome's unit; 1 for odds."""


def contrasts(facts: Sample, tested: tuple[int, ...], *, is_share: bool) -> dict[int, Contrast]:
    """The segments at these places, each against all other facts."""
    if not len(facts):
        return {place: _nothing() for place in tested}
    block, number = blocks(facts.days)
    _, stratum = np.unique(facts.agents * number + block, return_inverse=True)
    in_stratum = _Strata(facts=facts, block=block, stratum=stratum, is_share=is_share)
    return {place: in_stratum.contrast(place) for place in tested}


class _Strata:
    """What all segments share: facts by agent and stretch, each outcome less the mean of its like."""

    def __init__(self, *, facts: Sample, block: Integers, stratum: Integers, is_share: bool) -> None:
        self.facts, self.block, self.stratum = facts, block, stratum
        self.sizes = np.bincount(stratum).astype(float)
        means = np.bincount(stratum, facts.values) / self.sizes
        self.residuals = facts.values - means[stratum]
        self.squares = np.bincount(stratum, self.residuals**2)
        first = np.unique(stratum, return_index=True)[1]
        self.block_of = block[first]
        self.agent_of = np.unique(facts.agents[first], return_inverse=True)[1]
        self.day_of = np.unique(facts.days, return_inverse=True)[1]
        freedom = max(1.0, float((self.sizes - 1).sum()))
        self.scale = 1.0 if is_share else float(np.sqrt(self.squares.sum() / freedom)) or 1.0
        self.is_share = is_share

    def contrast(self, place: int) -> Contrast:
        """One segment's."""
        inside = (self.facts.segments == place).astype(float)
        count = np.bincount(self.stratum, inside)
        both = count * (self.sizes - count) / self.sizes
        variance = both * self.squares / np.maximum(1.0, self.sizes - 1)
        information = variance if self.is_share else both
        scores = self.residuals * (inside - (count / self.sizes)[self.stratum])
        return self._by_block(scores, variance, information, inside)

    def _by_block(self, scores: Numbers, variance: Numbers, information: Numbers, inside: Numbers) -> Contrast:
        by_block = np.bincount(self.block_of, information)
        tells = by_block > 0
        sums, spread = np.bincount(self.block, scores)[tells], np.bincount(self.block_of, variance)[tells]
        luck = self._clustering(scores, float(variance.sum()))
        by_agent = np.bincount(self.agent_of, information)
        whole = float(by_block.sum())
        within, total = int(inside.sum()), float((self.facts.values * inside).sum())
        return Contrast(
            effects=sums / by_block[tells] / self.scale,
            variances=luck * spread / by_block[tells] ** 2 / self.scale**2,
            information=whole,
            inside=(total, within),
            outside=(float(self.facts.values.sum()) - total, len(inside) - within),
            days=self._days(inside > 0),
            people=int((by_agent > 0).sum()),
            largest_share=float(by_agent.max() / whole) if whole else 1.0,
            scale=self.scale,
        )

    def _days(self, inside: npt.NDArray[np.bool_]) -> int:
        return min(int(np.count_nonzero(np.bincount(self.day_of[side]))) for side in (inside, ~inside))

    def _clustering(self, scores: Numbers, expected: float) -> float:
        """How many times more the days vary than single facts would: twenty calls in one bad hour tell less than twenty on twenty days.

        The variance with each day taken together (Liang and Zeger 1986) by the one of independent facts; at least 1.
        """
        by_day = np.bincount(self.day_of, scores)
        if expected <= 0 or len(by_day) < 2:  # noqa: PLR2004 - one day varies around nothing
            return 1.0
        return max(1.0, float((by_day**2).sum()) * len(by_day) / (len(by_day) - 1) / expected)


def _nothing() -> Contrast:
    nothing = np.empty(0)
    return Contrast(
        effects=nothing,
        variances=nothing,
        information=0.0,
        inside=(0.0, 0),
        outside=(0.0, 0),
        days=0,
        people=0,
        largest_share=1.0,
        scale=1.0,
    )
