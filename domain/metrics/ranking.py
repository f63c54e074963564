"""Places on a leaderboard, with ties as honest as the numbers behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.metrics.intervals import USUAL, Interval, overlap_share
from domain.metrics.measures import Measure

SHARED_FROM: Final = 0.5
"""Neighbours whose 80 % intervals overlap by more than this share of the narrower one could as well have swapped places."""


class RankedBy(StrEnum):
    """What decides places."""

    TARGET = "target"
    """Percent of what is asked of each, so that a small territory is not behind by its size."""
    POINTS = "points"
    """Everything done, whatever was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody stands, and the places that are equally likely theirs."""

    agent_id: int
    position: int
    """1 is best; equal scores share the better position."""
    best: int
    worst: int
    of: int

    @property
    def is_shared(self) -> bool:
        """Whether the band is wider than one place."""
        return self.best < self.worst

    @property
    def text(self) -> str:
        """The place as people read it: "4–7 of 15", "1 of 15"."""
        return f"{self.best}–{self.worst} of {self.of}" if self.is_shared else f"{self.position} of {self.of}"


def places(scores: Mapping[int, Measure]) -> list[Place]:
    """Everybody's place by score, best first. Somebody without a score has none.

    A band reaches from a place to its neighbours in both directions for as long as their intervals overlap by more than half.
    """
    ranked = sorted(
        ((agent, score, score.value) for agent, score in scores.items() if score.value is not None), key=lambda each: (-each[2], each[0])
    )
    values = [value for _, _, value in ranked]
    intervals = [score.interval(USUAL) or (value, value) for _, score, value in ranked]
    return [_place(agent, index, values, intervals) for index, (agent, _, _) in enumerate(ranked)]


def _place(agent: int, index: int, values: Sequence[float], intervals: Sequence[Interval]) -> Place:
    first = last = index
    while first > 0 and _together(index, first - 1, values, intervals):
        first -= 1
    while last < len(values) - 1 and _together(index, last + 1, values, intervals):
        last += 1
    return Place(agent_id=agent, position=values.index(values[index]) + 1, best=first + 1, worst=last + 1, of=len(values))


def _together(one: int, other: int, values: Sequence[float], intervals: Sequence[Interval]) -> bool:
    return values[one] == values[other] or overlap_share(intervals[one], intervals[other]) > SHARED_FROM


MIN_PEERS: Final = 5
"""With fewer peers than this, quartiles would tell who they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quartiles:
    """What the peers reach, without saying who: a quarter of them lies below `lower`, half below `median`, three quarters below `upper`."""

    lower: float
    median: float
    upper: float
    peers: int


def quartiles(values: Sequence[float]) -> Quartiles | None:
    """The quartiles of the peers' figures by linear interpolation (type 7); None under five peers."""
    if len(values) < MIN_PEERS:
        return None
    ordered = sorted(values)
    return Quartiles(lower=_quantile(ordered, 0.25), median=_quantile(ordered, 0.5), upper=_quantile(ordered, 0.75), peers=len(ordered))


def _quantile(ordered: Sequence[float], share: float) -> float:
    position = share * (len(ordered) - 1)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])
