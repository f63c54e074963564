"""How good probabilities proved: Brier score, log-loss, how well they tell wins apart, and whether 30 % happens in 30 of 100 cases."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.metrics.intervals import Interval, wilson

Chances = NDArray[np.float64]
SURE: Final = 1e-6
"""A probability is never 0 or 1: the log-loss of being wrong once would be endless."""
GROUPS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A tenth of the forecasts, from the least to the most likely: what was said, and what came."""

    said_share: float
    won: int
    count: int

    @property
    def won_share(self) -> float:
        """How many of them were won."""
        return self.won / self.count

    @property
    def interval(self) -> Interval:
        """Where the share behind the luck lies."""
        return wilson(self.won, self.count)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Forecasts held against what came."""

    count: int
    base_share: float
    """How many came true of all."""
    brier: float
    """Mean squared error: 0 is perfect, 0.25 is a coin."""
    log_loss: float
    """Mean surprise in nats; lower is better."""
    auc: float | None
    """How often a deal that was won had the higher probability of the two: 0.5 is blind. None where all ended alike."""
    groups: tuple[Group, ...]

    @property
    def calibration_error(self) -> float:
        """By how much what was said misses what came, on average over the groups (expected calibration error)."""
        return sum(group.count * abs(group.said_share - group.won_share) for group in self.groups) / self.count


def judged(chances: Chances, won: Sequence[bool] | NDArray[np.bool_]) -> Judged:
    """Hold probabilities against outcomes, of at least one forecast."""
    outcomes = np.asarray(won, bool)
    return Judged(
        count=len(outcomes),
        base_share=float(outcomes.mean()),
        brier=float(np.mean((chances - outcomes) ** 2)),
        log_loss=float(surprise(chances, outcomes).mean()),
        auc=_auc(chances, outcomes),
        groups=_groups(chances, outcomes),
    )


def surprise(chances: Chances, won: NDArray[np.bool_]) -> Chances:
    """The log-loss of each forecast, in nats."""
    kept = np.clip(chances, SURE, 1 - SURE)
    return -np.log(np.where(won, kept, 1 - kept))


def _auc(chances: Chances, won: NDArray[np.bool_]) -> float | None:
    """By ranks, ties counted half (Mann and Whitney)."""
    wins, losses = int(won.sum()), int((~won).sum())
    if not wins or not losses:
        return None
    _, place, counts = np.unique(chances, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[won].sum() - wins * (wins + 1) / 2) / (wins * losses))


def _groups(chances: Chances, won: NDArray[np.bool_]) -> tuple[Group, ...]:
    parts = np.array_split(np.argsort(chances, kind="stable"), min(GROUPS, len(chances)))
    return tuple(Group(said_share=float(chances[part].mean()), won=int(won[part].sum()), count=len(part)) for part in parts)
