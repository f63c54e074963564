"""Whether an agent is behind their own usual at an hour, and at which hours they act on being told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from types import MappingProxyType
from typing import Final

FEWEST_DAYS: Final = 10
"""Days of the same weekday before anything is called usual: ten weeks."""
LOOKED_BACK_WEEKS: Final = 26
"""Half a year: long enough for ten such days, recent enough to be the agent's usual."""
MOST_A_DAY: Final = 3
HOURS: Final = range(10, 17)
"""Hours at which a nudge can still change the day: something has been done, and something can be done."""
USUAL_SHARE: Final[Mapping[int, float]] = MappingProxyType({10: 0.30, 11: 0.36, 12: 0.26, 13: 0.28, 14: 0.34, 15: 0.31, 16: 0.32})
"""How often a nudge at an hour is acted on before anything is known of the agent, by default: late morning, then after lunch."""
USUAL_WEIGHT: Final = 10
"""The default counts as so many own nudges at the hour: a single lucky one does not move an agent's hours."""
LOW_SHARE: Final = 0.25
"""Behind means: at or below what only every fourth of these days had by then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Where an agent stands at an hour against their own days of the same weekday."""

    hour: int
    usual: float
    """The median of what these days had before the hour."""
    low: float
    """What one in four of them had at most."""
    done: int
    days: int

    @property
    def is_known(self) -> bool:
        """Whether there are enough days to speak of a usual, and something to be behind of."""
        return self.days >= FEWEST_DAYS and self.usual >= 1

    @property
    def is_behind(self) -> bool:
        """Whether today is like the slowest quarter of these days so far, and below the usual."""
        return self.is_known and self.done <= self.low and self.done < self.usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A nudge of the past: the hour it came at, and whether something was done within two hours."""

    hour: int
    was_acted_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldNudge:
    """A nudge as it was sent."""

    hour: int
    sentence: str
    made_at: datetime


def pattern(days: Sequence[Sequence[int]], today: Sequence[int], hour: int) -> Pattern:
    """What was done before the hour, today and on the days looked at; each day is its 24 hours' counts."""
    so_far = sorted(sum(day[:hour]) for day in days)
    return Pattern(
        hour=hour,
        usual=float(median(so_far)) if so_far else 0.0,
        low=float(so_far[int(LOW_SHARE * (len(so_far) - 1))]) if so_far else 0.0,
        done=sum(today[:hour]),
        days=len(so_far),
    )


def best_hours(history: Iterable[Told]) -> tuple[int, ...]:
    """The `MOST_A_DAY` hours at which this agent acts on nudges most often, own ones drawn towards the default, in the order of the day."""
    told = list(history)
    return tuple(sorted(sorted(HOURS, key=lambda hour: (-_share(told, hour), hour))[:MOST_A_DAY]))


def _share(told: Sequence[Told], hour: int) -> float:
    own = [each.was_acted_on for each in told if each.hour == hour]
    return (sum(own) + USUAL_SHARE[hour] * USUAL_WEIGHT) / (len(own) + USUAL_WEIGHT)
