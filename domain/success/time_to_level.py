"""How long agents take from a level to the next one; those still on their way count for as long as they have been."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Final

from domain.metrics.intervals import USUAL, z_score
from domain.records import Level

LEVELS: Final = tuple(Level)
"""Lowest first."""
FEWEST_RISES: Final = 5
"""With fewer rises a median is an anecdote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFrom:
    """On which day an agent was first found on a level they were not on before."""

    agent_id: int
    day: date
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """One agent's time on a level that they left upwards, or are on still."""

    level: Level
    days: int
    has_risen: bool
    """False for who is still there, was taken to a lower level, or was last assessed on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToLevel:
    """How long it takes from a level, or from any, to the next one."""

    level: Level | None
    """None for all levels together."""
    rises: int
    climbs: int
    """All that began, risen or not."""
    median_days: int | None
    """Half have risen by then; None where fewer than half will have, as far as anybody can tell."""
    interval: tuple[int | None, int | None]
    """Where the median likely lies; an end that cannot be told is None."""

    @property
    def is_early(self) -> bool:
        """Whether there are too few rises for a median."""
        return self.rises < FEWEST_RISES


def climbs(changes: Sequence[LevelFrom], *, joined: dict[int, date], last_seen: dict[int, date]) -> list[Climb]:
    """The climbs whose beginning is known: a level reached under our eyes, or the lowest one from the day somebody joined.

    The level somebody was first found on began at a day nobody knows, and counting it from there would make it too short. The
    highest level has no next one.
    """
    found = []
    for agent_id in sorted({each.agent_id for each in changes}):
        own = sorted((each for each in changes if each.agent_id == agent_id), key=lambda each: each.day)
        ends = [*((each.day, each.level) for each in own[1:]), (last_seen[agent_id], None)]
        starts = [_first_day(own[0], joined.get(agent_id)), *(each.day for each in own[1:])]
        found += [
            Climb(level=each.level, days=(end - start).days, has_risen=to is not None and LEVELS.index(to) > LEVELS.index(each.level))
            for each, start, (end, to) in zip(own, starts, ends, strict=True)
            if start is not None and end > start and each.level is not LEVELS[-1]
        ]
    return found


def _first_day(first: LevelFrom, joined_on: date | None) -> date | None:
    return joined_on if first.level is LEVELS[0] and joined_on is not None and joined_on <= first.day else None


def times_to_level(found: Iterable[Climb]) -> tuple[TimeToLevel, ...]:
    """All levels together, then each that somebody began to climb from, lowest first."""
    every = list(found)
    per_level = [_time(level, [each for each in every if each.level is level]) for level in LEVELS[:-1]]
    return (_time(None, every), *(each for each in per_level if each.climbs))


def _time(level: Level | None, found: Sequence[Climb]) -> TimeToLevel:
    curve = _survival(found)
    return TimeToLevel(
        level=level,
        rises=sum(each.has_risen for each in found),
        climbs=len(found),
        median_days=next((days for days, share, _ in curve if share <= 0.5), None),  # noqa: PLR2004 - the median
        interval=_interval(curve),
    )


def _survival(found: Sequence[Climb]) -> list[tuple[int, float, float]]:
    """Per day with a rise: the share still on their level after it and its standard error (Kaplan and Meier 1958; Greenwood 1926)."""
    share, variance, curve = 1.0, 0.0, []
    for days in sorted({each.days for each in found if each.has_risen}):
        there = sum(each.days >= days for each in found)
        rises = sum(each.has_risen and each.days == days for each in found)
        share *= 1 - rises / there
        variance += rises / (there * (there - rises)) if there > rises else 0.0
        curve.append((days, share, share * sqrt(variance)))
    return curve


def _interval(curve: Sequence[tuple[int, float, float]], level: float = USUAL) -> tuple[int | None, int | None]:
    """The days whose share could be a half (Brookmeyer and Crowley 1982); without an upper end while too few have risen."""
    reach = z_score(level)
    low = next((days for days, share, error in curve if share - reach * error <= 0.5), None)  # noqa: PLR2004 - the median
    high = next((days for days, share, error in curve if share + reach * error <= 0.5), None)  # noqa: PLR2004 - the same
    return low, high
