"""A regularised logistic regression: additive, every weight shrunken towards nothing, solved exactly."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.deals.encoding import Matrix

Chances = NDArray[np.float64]
MOST_STEPS: Final = 50
SETTLED: Final = 1e-7
SHRINK: Final = 1e-3
"""Of the intercept alone: enough to keep it finite where all deals ended alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """log-odds = intercept + weights · columns."""

    intercept: float
    weights: Chances

    def log_odds(self, columns: Matrix) -> Chances:
        """Of each row."""
        return np.asarray(self.intercept + columns @ self.weights, float)


def fitted(columns: Matrix, won: NDArray[np.bool_], penalty: float) -> Logistic:
    """The weights that are most likely under a normal prior of variance 1 ÷ penalty (ridge), by Newton's method."""
    rows = np.column_stack([np.ones(len(columns)), columns])
    shrink = np.full(rows.shape[1], penalty)
    shrink[0] = SHRINK
    weights = np.zeros(rows.shape[1])
    for _ in range(MOST_STEPS):
        chances = share(rows @ weights)
        slope = rows.T @ (won - chances) - shrink * weights
        weighed = rows * np.sqrt(chances * (1 - chances))[:, np.newaxis]
        # A matrix times itself is half the work of two: numpy sees that it is one.
        curve = weighed.T @ weighed + np.diag(shrink)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < SETTLED:
            break
    return Logistic(intercept=float(weights[0]), weights=weights[1:])


def log_odds(chances: Chances) -> Chances:
    """Of probabilities between 0 and 1."""
    return np.log(chances / (1 - chances))


def share(log_odds: Chances) -> Chances:
    """The probability behind log-odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))), float)
