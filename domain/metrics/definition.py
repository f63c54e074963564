"""What a metric is: one record that names it, explains it, says how it may be judged, and mostly how it is measured from sums."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.counters import Counters
from domain.metrics.measures import Measure

NEAR_TARGET_SHARE: Final = 0.81
"""Below this share of what is expected a metric is at risk; from it on merely behind."""


class Unit(StrEnum):
    """What a metric's figure is counted in."""

    COUNT = "count"
    PERCENT = "percent"
    """A share from 0 to 1, shown as a percentage."""
    MONEY = "money"
    """Minor units of the organisation's currency."""
    HOURS = "hours"
    RATING = "rating"
    """Stars from 1 to 5."""
    POINTS = "points"


class Direction(StrEnum):
    """Which way is good."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    NEUTRAL = "neutral"
    """A circumstance, not a merit: changes of it are shown without a verdict."""


class View(StrEnum):
    """Which day a fact counts on."""

    EVENT = "event"
    """The day it happened."""
    COHORT = "cohort"
    """The day its lead was assigned (its proposal or list was sent); what followed counts there, whenever it happened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The grammar of a metric in sentences: one call, two calls, made."""

    singular: str
    plural: str
    past: str
    """What an agent did with them: "made" 12 calls."""

    def counted(self, number: float) -> str:
        """The number with the right form of the word: "1 call", "12 calls", "1.5 calls"."""
        shown = f"{number:,.1f}".removesuffix(".0")
        return f"{shown} {self.singular if shown == '1' else self.plural}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a figure is called, what it means and how it may be judged, wherever it is measured from."""

    key: str
    name: str
    unit: Unit
    direction: Direction
    question: str
    """What a manager wants to know when looking at it."""
    formula: str
    counts: str
    """What counts and what does not."""
    words: Words
    view: View = View.EVENT
    min_sample: int = 5
    """With fewer facts the figure is shown without a verdict."""
    prorated: bool = True
    """Whether a target is cut to the working days of the period. Never for averages, ratios and what is better when lower."""
    near_target_share: float = NEAR_TARGET_SHARE
    screens: frozenset[str] = frozenset()
    """The screens that show it whatever the team's profile."""

    @property
    def higher_is_better(self) -> bool:
        """Whether more of it is good news."""
        return self.direction is Direction.HIGHER_IS_BETTER

    @property
    def lower_is_better(self) -> bool:
        """Whether less of it is good news."""
        return self.direction is Direction.LOWER_IS_BETTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric(Definition):
    """A figure measured from sums of facts; screens, exports, targets, exceptions and docs/metrics.md all read it from here."""

    measure: Callable[[Counters], Measure]
