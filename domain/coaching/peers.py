"""A leaderboard that helps: the neighbours instead of the whole list, and what the best did instead of a rank alone.

A cohort is told only where it gives nobody away: from five others on, where none of them makes more than half of a sum, and where
the next smaller cohort that is told differs by five or more, so that one cannot be subtracted from the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

TOPS: Final = (0.10, 0.25, 0.50)
"""The top tenth, quarter and half."""
FEWEST: Final = 5
"""With fewer people an average tells who they are."""
MOST_OF_A_SUM: Final = 0.5
"""Where one makes more than half of it, a sum is that one's figure."""
TOLD_PLACES: Final = 1
"""Of an average, wherever it is told: more would let somebody who knows the others reckon the last one."""
AROUND: Final = 2
"""Neighbours above and below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What somebody did: counts by metric, and their planned working days so far."""

    counts: Mapping[str, int]
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """What the best of a board did per working day; a metric without a figure would give somebody away."""

    share: float
    """Which part of the board: 0.25 for the top quarter."""
    people: int
    """How many are counted; the viewer is not."""
    per_day: Mapping[str, float | None]
    """To one decimal place."""


def cohorts(ranked: Sequence[int], work: Mapping[int, Work], viewer_id: int | None, keys: Sequence[str]) -> tuple[Cohort, ...]:
    """The cohorts of a board, best place first, that can be told to the viewer, whose own figures are left out."""
    told: list[Cohort] = []
    for share in TOPS:
        others = [agent_id for agent_id in ranked[: ceil(share * len(ranked))] if agent_id != viewer_id]
        smaller = told[-1].people if told else 0
        if len(others) - smaller >= FEWEST:
            members = [work[agent_id] for agent_id in others]
            told.append(Cohort(share=share, people=len(others), per_day={key: _per_day(members, key) for key in keys}))
    return tuple(told)


def around(ranked: Sequence[int], own: int) -> Sequence[int]:
    """Somebody with two neighbours above and two below, as far as there are so many."""
    place = ranked.index(own)
    return ranked[max(place - AROUND, 0) : place + AROUND + 1]


def gap_to_next(ranked: Sequence[float], own: float) -> float | None:
    """How much the next better score is away; None for the best. `ranked` is best first."""
    return next((score - own for score in reversed(ranked) if score > own), None)


def _per_day(members: Sequence[Work], key: str) -> float | None:
    counts, days = [each.counts.get(key, 0) for each in members], sum(each.days for each in members)
    whole = sum(counts)
    if not days or (whole and max(counts) > MOST_OF_A_SUM * whole):
        return None
    return round(whole / days, TOLD_PLACES)
