"""How much a deal asks for attention: what is wrong, how much is at stake, and how soon it is to close, added up in points."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from domain.deals.facts import DealFacts
from domain.deals.thresholds import DealThresholds
from domain.deals.warnings import WarningRule


class DealPriority(StrEnum):
    """High first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


WEIGHT: Final = MappingProxyType(
    {
        WarningRule.GHOSTED: 3,
        WarningRule.NO_ACTIVITY: 2,
        WarningRule.CLOSE_OVERDUE: 2,
        WarningRule.STALLED: 2,
        WarningRule.NO_NEXT_STEP: 1,
        WarningRule.CLOSE_PUSHED: 2,
        WarningRule.RED_FLAG: 2,
        WarningRule.OVERDUE_TASKS: 1,
        WarningRule.SINGLE_CONTACT: 1,
    }
)
"""Points of a warning: three where the other side has gone, two where the deal does not move, one where only a plan is missing."""
MOST_FOR_WARNINGS: Final = 5
"""Warnings often come together, because a quiet deal is quiet in every respect; alone they never make a deal high."""
LARGE, MIDDLING = 2, 1
"""Points for an amount above three of four open deals of the pipeline, and for one above half of them or of which nobody can say."""
SOON_DAYS, NEAR_DAYS = 7, 30
SOON, NEAR = 2, 1
"""Points for a day of closing within a week, and within a month; one that is past has its own warning."""
GIVEN_UP_DAYS: Final = 90
"""Quiet for longer than a quarter: to be decided, not to be saved this morning, so it is never high."""
LEAST_SIZES: Final = 8
"""Open deals with an amount before anything is called large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How large the open deals of a pipeline are, in minor units."""

    median: float
    large: float
    """Three of four are no larger."""
    count: int

    def is_large(self, amount: float | None) -> bool | None:
        """Whether an amount is above three of four; None where nobody knows."""
        return None if amount is None or self.count < LEAST_SIZES else amount > self.large

    def points(self, amount: float | None) -> int:
        """What is at stake."""
        if amount is None or self.count < LEAST_SIZES:
            return MIDDLING
        return LARGE if amount > self.large else MIDDLING if amount > self.median else 0


USUAL: Final = DealThresholds()


def priority(
    facts: DealFacts,
    rules: Collection[WarningRule],
    sizes: Sizes | None,
    *,
    chance: float | None = None,
    thresholds: DealThresholds = USUAL,
) -> DealPriority:
    """Of an open deal with these warnings. Where its chance of being won is known, the amount counts times twice the chance.

    The chance is one half for a deal as likely as usual.
    From how many points on it is medium or high is its pipeline's to say. A deal nothing is wrong with is never high, however
    large it is, and neither is one that was left for a quarter.
    """
    wrong = min(MOST_FOR_WARNINGS, sum(WEIGHT[rule] for rule in rules))
    worth = None if facts.amount_minor is None else facts.amount_minor * (1.0 if chance is None else 2 * chance)
    total = wrong + (sizes.points(worth) if sizes else MIDDLING) + _pressing(facts.days_to_close)
    if wrong and total >= thresholds.high_points and (facts.quiet_days or 0) <= GIVEN_UP_DAYS:
        return DealPriority.HIGH
    return DealPriority.MEDIUM if total >= thresholds.medium_points else DealPriority.LOW


def _pressing(days_to_close: int | None) -> int:
    if days_to_close is None or days_to_close < 0:
        return 0
    return SOON if days_to_close <= SOON_DAYS else NEAR if days_to_close <= NEAR_DAYS else 0
