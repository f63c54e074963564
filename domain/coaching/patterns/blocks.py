"""Stretches of time a span is cut into, so that what holds in all of them can be told from what held once."""

from typing import Final

import numpy as np

from domain.coaching.patterns.sample import Integers

_WEEK: Final = 7
MOST: Final = 8
FEWEST: Final = 4
"""Two months: whether something lasts shows from stretches that agree, and two or three of them often do by luck."""
BLOCK_WEEKS: Final = 2
"""Shorter ones hold each weekday once: a bad Monday would be the Monday."""
MIN_WEEKS: Final = FEWEST * BLOCK_WEEKS


def weeks(days: Integers) -> int:
    """Whole weeks from the first to the last day."""
    return int(days.max() - days.min() + 1) // _WEEK if len(days) else 0


def blocks(days: Integers) -> tuple[Integers, int]:
    """For each fact the stretch it lies in, oldest first, and their number: three to eight of equal length and of two weeks at least."""
    number = max(1, min(MOST, weeks(days) // BLOCK_WEEKS))
    first, span = days.min(), days.max() - days.min() + 1
    return np.minimum((days - first) * number // span, number - 1), number
