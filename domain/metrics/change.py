"""How a figure moved against the same elapsed part of the period before, and whether that is good news."""

from dataclasses import dataclass
from enum import StrEnum
from math import hypot
from typing import Final

from domain.metrics.definition import Definition, Direction, Unit
from domain.metrics.intervals import USUAL
from domain.metrics.measures import Amount, Measure, Total, Weighted

FLAT_SHARE: Final = 0.005
"""Changes that would round to 0 % are called flat."""


class ChangeKind(StrEnum):
    """Which way it went."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"
    NEW = "new"
    """Nothing before, something now: no percentage says that."""
    UNKNOWN = "unknown"
    """One of the two could not be measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A movement. An arrow follows `kind`, a colour only `is_good`."""

    kind: ChangeKind
    difference: float | None = None
    """Now − before in the metric's unit; for percentages times 100 it is points."""
    share: float | None = None
    """The difference relative to before; None where before is zero or unknown."""
    is_good: bool | None = None
    """None when nothing changed, too few facts stand behind it, luck explains it, whether it does cannot be told, or the metric has no
    good direction."""


UNKNOWN: Final = Change(kind=ChangeKind.UNKNOWN)


def change(metric: Definition, now: Measure, before: Measure | None) -> Change:
    """The movement from before to now; before is None where the data does not reach back."""
    if before is None or now.value is None or before.value is None:
        return UNKNOWN
    difference = now.value - before.value
    share = difference / before.value if before.value else None
    kind = _kind(now.value, before.value, share)
    has_verdict = kind is not ChangeKind.FLAT and enough(metric, now, before) and beyond_luck(now, before)
    return Change(kind=kind, difference=difference, share=share, is_good=_is_good(metric, difference) if has_verdict else None)


def _kind(now: float, before: float, share: float | None) -> ChangeKind:
    if share is None:
        return ChangeKind.NEW if now else ChangeKind.FLAT
    if abs(share) < FLAT_SHARE:
        return ChangeKind.FLAT
    return ChangeKind.UP if now > before else ChangeKind.DOWN


def enough(metric: Definition, now: Measure, before: Measure) -> bool:
    """Sums need the sample on one side (a fall from 40 to 0 is news); shares and means on both."""
    samples = (now.sample, before.sample)
    needed = max(samples) if isinstance(now, Total | Amount | Weighted) else min(samples)
    return needed >= metric.min_sample


def beyond_luck(now: Measure, before: Measure, level: float = USUAL) -> bool:
    """Whether the interval of the difference leaves out zero (Newcombe 1998; Zou and Donner 2008: squares of the two distances).

    False where the spread of either is unknown: whether that is luck cannot be told, and nothing is claimed.
    """
    intervals = now.interval(level), before.interval(level)
    if now.value is None or before.value is None or intervals[0] is None or intervals[1] is None:
        return False
    if now.value > before.value:
        reach = hypot(now.value - intervals[0][0], intervals[1][1] - before.value)
    else:
        reach = hypot(intervals[0][1] - now.value, before.value - intervals[1][0])
    return abs(now.value - before.value) > reach


def _is_good(metric: Definition, difference: float) -> bool | None:
    if metric.direction is Direction.NEUTRAL:
        return None
    return (difference > 0) == metric.higher_is_better


def in_points(metric: Definition) -> bool:
    """Whether changes of the metric are told as a difference (12 points, 0.3 stars) and not as a percentage of a percentage."""
    return metric.unit in {Unit.PERCENT, Unit.RATING}
