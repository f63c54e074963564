"""One effect from those of several stretches of time, as unsure as they disagree."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from domain.coaching.patterns.contrast import Contrast
from domain.coaching.patterns.student import beyond
from domain.metrics.intervals import z_score


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An effect and how sure it is, on the scale of log odds or standard deviations."""

    effect: float
    variance: float
    between: float
    """Variance of the true effect from stretch to stretch."""
    freedom: int
    """Degrees of freedom of the variance: days it was learnt from, less one."""

    @property
    def p_value(self) -> float:
        """How often luck alone makes as much, either way."""
        return beyond(self.effect / sqrt(self.variance), self.freedom)

    @property
    def lasting(self) -> float:
        """The chance that the effect has the same sign in a stretch still to come."""
        return 1 - beyond(self.effect / sqrt(self.variance + self.between), self.freedom) / 2


def between_variance(group: Iterable[Contrast]) -> float:
    """How much effects differ from stretch to stretch beyond luck, from several comparisons together (DerSimonian and Laird 1986).

    Below zero where they differ less than luck alone would have it: such estimates are kept as they are until they are averaged.
    """
    excess, scale = 0.0, 0.0
    for each in group:
        if len(each.effects) < 2:  # noqa: PLR2004 - one stretch does not differ from itself
            continue
        weights = 1 / each.variances
        mean = float(weights @ each.effects / weights.sum())
        excess += float(weights @ (each.effects - mean) ** 2) - (len(weights) - 1)
        scale += float(weights.sum() - (weights**2).sum() / weights.sum())
    return excess / scale if scale else 0.0


def pooled(contrast: Contrast, shared_between: float) -> Estimate:
    """The effect over all stretches, which differ by the mean of what its own say and what those of its like say.

    Eight stretches say little about their own spread; all comparisons of a question in a run say more, but not about this one.
    """
    between = max(0.0, (between_variance([contrast]) + shared_between) / 2)
    weights = 1 / (contrast.variances + between)
    return Estimate(
        effect=float(weights @ contrast.effects / weights.sum()),
        variance=float(1 / weights.sum()),
        between=between,
        freedom=max(1, contrast.days - 1),
    )


def still_holds(contrast: Contrast, sign: float) -> bool:
    """Whether the last third of the stretches has this sign too, and is not weaker than those before beyond luck (one-sided 5 %)."""
    first_of_last = len(contrast.effects) - -(-len(contrast.effects) // 3)
    before, lately = _fixed(contrast, slice(0, first_of_last)), _fixed(contrast, slice(first_of_last, None))
    faded = sign * (before[0] - lately[0]) / sqrt(before[1] + lately[1])
    return sign * lately[0] > 0 and faded <= z_score(0.9)


def _fixed(contrast: Contrast, stretches: slice) -> tuple[float, float]:
    """Effect and variance of some stretches, as if they had one effect."""
    weights = 1 / contrast.variances[stretches]
    whole = float(weights.sum())
    return float(weights @ contrast.effects[stretches]) / whole, 1 / whole


def drawn(estimate: Estimate, towards: float, spread: float) -> Estimate:
    """The effect drawn towards what is expected of its like (normal prior): the less sure it is, the further."""
    prior = spread**2
    own = prior / (prior + estimate.variance)
    return Estimate(
        effect=own * estimate.effect + (1 - own) * towards,
        variance=own * estimate.variance,
        between=estimate.between,
        freedom=estimate.freedom,
    )
