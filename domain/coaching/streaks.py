"""Streaks: how many planned working days in a row somebody kept their own daily minimum.

A day off is neutral, a missed day uses a freeze where there is one, and a streak that ends leaves its best and the month's share of
days kept. Everything is folded from day to day, so that the memory of one day and the days after it are enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

MOST_FREEZES: Final = 2
"""A day of illness and one of bad luck; more would make the streak say nothing."""
DAYS_A_FREEZE: Final = 10
"""Two working weeks kept earn a used freeze back."""
DEFAULT_MINIMUM: Final = 1
MOST_MINIMUM: Final = 50
"""A daily minimum is the smallest meaningful act, not a target."""


class DayState(StrEnum):
    """What a day was for a streak."""

    KEPT = "kept"
    MISSED = "missed"
    FROZEN = "frozen"
    """Missed, and a freeze saved the streak."""
    NEUTRAL = "neutral"
    """No planned working day: a weekend, a holiday, an absence."""
    PAUSED = "paused"
    OPEN = "open"
    """Today, while its minimum can still be done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day as a streak needs it."""

    on: date
    is_planned: bool
    is_paused: bool = False
    done: int = 0
    """The larger of must-dos completed and meaningful activities."""
    is_promise_kept: bool = False
    """Whether everything the day's plan asked for was done: that keeps a day whatever its minimum."""
    minimum: int = DEFAULT_MINIMUM
    is_over: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a streak carries from one day to the next."""

    length: int = 0
    best: int = 0
    freezes: int = MOST_FREEZES
    towards: int = 0
    """Days kept towards the next freeze; they count only while one is missing."""


START: Final = Memory()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A day with its state and what is carried on from it."""

    day: Day
    state: DayState
    after: Memory


def steps(days: Iterable[Day], before: Memory = START) -> list[Step]:
    """The days, oldest first, each with what it did to the streak that `before` remembers."""
    taken: list[Step] = []
    memory = before
    for day in days:
        state = _state(day, memory)
        memory = _after(state, memory)
        taken.append(Step(day=day, state=state, after=memory))
    return taken


def _state(day: Day, memory: Memory) -> DayState:
    if day.is_paused:
        return DayState.PAUSED
    if not day.is_planned:
        return DayState.NEUTRAL
    if day.is_promise_kept or day.done >= day.minimum:
        return DayState.KEPT
    if not day.is_over:
        return DayState.OPEN
    return DayState.FROZEN if memory.length and memory.freezes else DayState.MISSED


def _after(state: DayState, memory: Memory) -> Memory:
    match state:
        case DayState.KEPT:
            return _kept(memory)
        case DayState.FROZEN:
            return replace(memory, freezes=memory.freezes - 1)
        case DayState.MISSED:
            return replace(memory, length=0)
    return memory


def _kept(memory: Memory) -> Memory:
    """A day longer; the tenth kept while a freeze is missing brings one back."""
    length = memory.length + 1
    longer = replace(memory, length=length, best=max(memory.best, length))
    if memory.freezes >= MOST_FREEZES:
        return replace(longer, towards=0)
    towards = memory.towards + 1
    return replace(longer, freezes=memory.freezes + towards // DAYS_A_FREEZE, towards=towards % DAYS_A_FREEZE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """Where a streak stands."""

    length: int
    best: int
    freezes: int
    today: DayState
    kept: int
    """Of this month's planned days so far, those kept."""
    asked: int
    """This month's planned days so far; today only once it is kept, paused ones never."""
    minimum: int
    done: int
    """Towards today's minimum."""

    @property
    def is_broken(self) -> bool:
        """Whether there was one once and it ended."""
        return not self.length and self.best > 0


COUNTED: Final = frozenset({DayState.KEPT, DayState.MISSED, DayState.FROZEN})
"""States of planned days that are decided."""


def streak(today: Step, month: Sequence[DayState]) -> Streak:
    """The streak as of today, with the states of the month's days before it."""
    decided = [state for state in (*month, today.state) if state in COUNTED]
    return Streak(
        length=today.after.length,
        best=today.after.best,
        freezes=today.after.freezes,
        today=today.state,
        kept=decided.count(DayState.KEPT),
        asked=len(decided),
        minimum=today.day.minimum,
        done=today.day.done,
    )
