"""Targets worth trying: attainable, challenging and elite, from what somebody has done lately and what others like them do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType
from typing import Final

import numpy as np

from domain.goals.posterior import Source
from domain.goals.target import rough_amount
from domain.metrics.definition import Definition, Unit
from domain.records import GoalPeriod

LOOKED_BACK: Final = 8
"""Comparable periods that are looked at: two months of weeks, two thirds of a year of months."""
ENOUGH: Final = 4
"""With fewer own periods one good one would be called the usual."""
COHORT_PERIODS: Final = 4
"""How many own periods the cohort counts as."""
LEVELS: Final[Mapping[str, float]] = MappingProxyType({"attainable": 0.5, "challenging": 0.75, "elite": 0.9})
"""Reached in every other, in one of four, in one of ten periods."""
PERIODS: Final[Mapping[GoalPeriod, tuple[str, str]]] = MappingProxyType(
    {
        GoalPeriod.WEEKLY: ("week", "weeks"),
        GoalPeriod.MONTHLY: ("month", "months"),
        GoalPeriod.QUARTERLY: ("quarter", "quarters"),
        GoalPeriod.YEARLY: ("year", "years"),
    }
)
SPANS: Final = ("period of this length", "periods of this length")


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A target to take, change or leave; never set by itself."""

    key: str
    """Among `LEVELS`."""
    value: float
    """In the metric's unit; money in minor units."""
    reached: int
    """In how many of the own periods it was reached."""
    of: int
    source: Source
    """YOURS, or TEAM where there are too few own periods."""
    sentence: str


def suggestions(definition: Definition, own: Sequence[float], cohort: Sequence[float], period: GoalPeriod) -> tuple[Suggestion, ...] | None:
    """The three, easiest first, or None where nothing is known.

    `own` are the figures of ended comparable periods, newest last, `cohort` those of the others in the same periods. Own quantiles are
    drawn towards the cohort's, as if it had four periods. What is better when lower is suggested from the other end.
    """
    lately = list(own)[-LOOKED_BACK:]
    has_own = len(lately) >= ENOUGH
    if not has_own and not len(cohort):
        return None
    source = Source.YOURS if has_own else Source.TEAM
    values = [_rounded(definition, _level(definition, lately if has_own else [], cohort, share)) for share in LEVELS.values()]
    found = (_suggestion(definition, key, value, lately, period, source) for key, value in zip(LEVELS, values, strict=True) if value > 0)
    return tuple(found) or None


def _level(definition: Definition, own: Sequence[float], cohort: Sequence[float], share: float) -> float:
    place = 1 - share if definition.lower_is_better else share
    weight = len(own) / (len(own) + (COHORT_PERIODS if len(cohort) else 0)) if len(own) else 0.0
    mine = float(np.quantile(own, place)) if len(own) else 0.0
    theirs = float(np.quantile(cohort, place)) if len(cohort) else 0.0
    return weight * mine + (1 - weight) * theirs


def _rounded(definition: Definition, value: float) -> float:
    """Whole counts, money of two figures, shares of whole percentage points, the rest with one decimal."""
    match definition.unit:
        case Unit.COUNT | Unit.POINTS:
            return float(ceil(value - 1e-9))
        case Unit.MONEY:
            return rough_amount(value)
        case Unit.PERCENT:
            return min(1.0, round(value, 2))
        case Unit.HOURS | Unit.RATING:
            return round(value, 1)


def _suggestion(definition: Definition, key: str, value: float, own: Sequence[float], period: GoalPeriod, source: Source) -> Suggestion:
    reached = sum(figure <= value if definition.lower_is_better else figure >= value for figure in own)
    return Suggestion(
        key=key, value=value, reached=reached, of=len(own), source=source, sentence=_sentence(reached, len(own), period, source)
    )


def _sentence(reached: int, of: int, period: GoalPeriod, source: Source) -> str:
    one, many = PERIODS.get(period, SPANS)
    if source is Source.TEAM:
        start, have = f"From what colleagues do in a {one}", f"{of} {one if of == 1 else many}"
        return f"{start}: nothing of your own to compare yet." if not of else f"{start}: you have only {have} so far."
    if not reached:
        return f"You have not reached this in the last {of} {many}; it would be new."
    return f"You reached this in {'all' if reached == of else reached} of the last {of} {many}."
