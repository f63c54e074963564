"""When a difference is worth a sentence: enough facts on both sides, larger than luck, and large enough to matter."""

from typing import Final

from domain.metrics.change import beyond_luck
from domain.metrics.definition import Definition, Unit
from domain.metrics.measures import Measure

SURE: Final = 0.99
"""Level of every interval here: a dozen things are looked at for every agent every week, and of twenty agents with nothing to
tell at most one may be told something (a test simulates it)."""
FLOOR_SHARE: Final = 0.2
"""Differences of less than a fifth are not worth a conversation, however sure they are."""
LOWEST_RATING: Final = 1.0


def clearly_different(metric: Definition, one: Measure, other: Measure, level: float = SURE) -> bool:
    """Whether one differs from the other in earnest; false where either rests on too few facts."""
    if one.value is None or other.value is None or not is_enough(metric, one, other):
        return False
    return matters(metric, one.value, other.value) and beyond_luck(one, other, level)


def is_enough(metric: Definition, one: Measure, other: Measure) -> bool:
    """Whether both rest on enough facts for a verdict."""
    return min(one.sample, other.sample) >= metric.min_sample


def matters(metric: Definition, value: float, reference: float) -> bool:
    """Whether the value lies at least a fifth from the reference; stars are counted from the lowest one."""
    lowest = LOWEST_RATING if metric.unit is Unit.RATING else 0.0
    return abs(value - reference) >= FLOOR_SHARE * (reference - lowest)
