"""Energy: when somebody says they have most of it, and which work belongs there. It is what they tell themselves, never a guess."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt
from statistics import fmean, variance
from typing import Final

Z95: Final = 1.96
"""Of a hundred differences made of luck, five are as far from zero."""
NOON: Final = 12
EVENING: Final = 17
LEAST: Final = 1
MOST: Final = 5
ENOUGH: Final = 8
"""Check-ins in each of two parts of the day: about two weeks of answering twice a day."""


class Daypart(StrEnum):
    """A part of the day by the clock on one's own wall."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What somebody said their energy was, from 1 (empty) to 5 (full)."""

    on: date
    daypart: Daypart
    energy: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyPattern:
    """When somebody's energy is highest, as far as their check-ins say."""

    counts: Mapping[Daypart, int]
    high: Daypart | None = None
    low: Daypart | None = None
    """Both None while it is too early, or where no part of the day stands out."""
    is_too_early: bool = True
    needed: int = 0
    """Check-ins that are still missing before anything can be said."""

    @property
    def count(self) -> int:
        """Check-ins in all."""
        return sum(self.counts.values())


def daypart_at(hour: int) -> Daypart:
    """The part of the day at a local hour, 0 to 23."""
    if hour < NOON:
        return Daypart.MORNING
    return Daypart.AFTERNOON if hour < EVENING else Daypart.EVENING


def pattern(check_ins: Iterable[CheckIn]) -> EnergyPattern:
    """The part of the day with most energy, where it differs from the one with least by more than luck (95 %, Welch).

    Parts of the day with fewer than `ENOUGH` check-ins take no part; with fewer than two others it is too early.
    """
    told: dict[Daypart, list[int]] = defaultdict(list)
    for each in check_ins:
        told[each.daypart].append(each.energy)
    counts = {part: len(told[part]) for part in Daypart if told[part]}
    known = [part for part in Daypart if len(told[part]) >= ENOUGH]
    if len(known) < 2:  # noqa: PLR2004 - a comparison has two sides
        return EnergyPattern(counts=counts, needed=_needed(counts))
    high, low = max(known, key=lambda part: fmean(told[part])), min(known, key=lambda part: fmean(told[part]))
    if not _differ(told[high], told[low]):
        return EnergyPattern(counts=counts, is_too_early=False)
    return EnergyPattern(counts=counts, high=high, low=low, is_too_early=False)


def _needed(counts: Mapping[Daypart, int]) -> int:
    """What the two parts of the day with most check-ins lack together."""
    best = sorted(counts.values(), reverse=True)[:2]
    return sum(max(0, ENOUGH - count) for count in (*best, 0, 0)[:2])


def _differ(high: list[int], low: list[int]) -> bool:
    spread = sqrt(variance(high) / len(high) + variance(low) / len(low))
    return fmean(high) - fmean(low) > Z95 * spread
