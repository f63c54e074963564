"""The performance score: what was done of what is asked, from 0 to 100, with every point accounted for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.metrics.index import FULL_SCORE, LEAST_EXPECTED

MOST_OF_TARGET: Final = 1.5
"""Half as much again as asked is the most that counts: a hundred calls too many do not make up for every missing appointment."""
SCORED: Final = (
    *("calls", "conversations", "emails", "messages", "follow_ups", "posts"),
    *("appointments_set", "appointments", "showings", "meetings", "tasks"),
)
"""Metric keys of work that is counted; results (sales, revenue) have their own index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One line of the score's account."""

    metric_key: str
    units: int
    target: float
    """What was due so far; at least `LEAST_EXPECTED`."""
    weight: float
    """Its share of the score; all weights add up to 1."""

    @property
    def points_per_unit(self) -> float:
        """What each unit is worth until the most is reached."""
        return FULL_SCORE * self.weight / self.target

    @property
    def most_points(self) -> float:
        """Beyond these further units add nothing."""
        return FULL_SCORE * self.weight * MOST_OF_TARGET

    @property
    def points(self) -> float:
        """Units × points per unit, at most the most."""
        return min(self.units * self.points_per_unit, self.most_points)

    @property
    def is_capped(self) -> bool:
        """Whether more was done than counts."""
        return self.units * self.points_per_unit > self.most_points


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """An agent's score with its account."""

    parts: tuple[ScorePart, ...]

    @property
    def total(self) -> float:
        """The points of all parts; more than 100 where work beyond a target makes up for more than is missing."""
        return sum(part.points for part in self.parts)

    @property
    def value(self) -> float:
        """The score: Σ weight · min(actual ÷ target, 1.5) · 100, at most 100."""
        return min(float(FULL_SCORE), self.total)


def score_of(units: Mapping[str, int], due: Mapping[str, float], weights: Mapping[str, float] | None = None) -> Score | None:
    """The score of what was done against what was due so far, by metric key; None where nothing is due.

    Metrics without anything due are left out, and the weights of the others are scaled to add up to 1; equal unless given.
    """
    keys = [key for key in SCORED if due.get(key, 0.0) > 0 and (weights or {}).get(key, 1.0) > 0]
    if not keys:
        return None
    given = {key: (weights or {}).get(key, 1.0) for key in keys}
    whole = sum(given.values())
    return Score(
        parts=tuple(
            ScorePart(metric_key=key, units=units.get(key, 0), target=max(due[key], LEAST_EXPECTED), weight=given[key] / whole)
            for key in keys
        )
    )
