"""Points: a small thank-you for work done, by the counters of a day, with a most per kind so that nobody farms them.

They are harmless: no verdict, level, target or place is made from them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.counters import Counters

LEVEL_POINTS: Final = 1_000
"""Every level of play takes the same: a few good weeks, at the first level as at the twentieth."""
LARGEST: Final = 1_000
"""More points for one thing, or in one day for one kind, would be a slip of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointValue:
    """What one of a kind of work is worth, and the most a day can bring of it."""

    key: str
    """A counter of the day (`domain/counters.py`)."""
    name: str
    points: int
    most: int
    """Points a day of this kind, however much more is logged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueChange:
    """What an admin set a kind's value to, from a day on."""

    key: str
    from_on: date
    points: int
    most: int


def _value(key: str, name: str, points: int, most: int) -> PointValue:
    return PointValue(key=key, name=name, points=points, most=most)


DEFAULT_VALUES: Final = (
    _value("calls", "Call", 2, 100),
    _value("conversations", "Conversation", 3, 60),
    _value("appointments_set", "Appointment agreed", 10, 100),
    _value("emails", "E-mail", 1, 25),
    _value("messages", "Message", 1, 25),
    _value("meetings", "Meeting", 10, 60),
    _value("appointments", "Appointment held", 15, 90),
    _value("showings", "Showing", 10, 60),
    _value("follow_ups", "Follow-up", 2, 40),
    _value("tasks", "Task done", 2, 20),
    _value("posts", "Post", 5, 15),
    _value("deals_won", "Sale", 100, 500),
)
"""About 100 points are a full day of any of the businesses. What is quickly logged is worth little and ends early."""
DEFAULTS_BY_KEY: Final = {value.key: value for value in DEFAULT_VALUES}


def values_on(day: date, changes: Iterable[ValueChange]) -> dict[str, PointValue]:
    """What every kind is worth on the day: the newest change up to it, else the default."""
    newest = {each.key: each for each in sorted(changes, key=lambda each: each.from_on) if each.from_on <= day}
    return {
        value.key: value if value.key not in newest else _value(value.key, value.name, newest[value.key].points, newest[value.key].most)
        for value in DEFAULT_VALUES
    }


def points_due(sums: Counters, values: Mapping[str, PointValue]) -> dict[str, int]:
    """The points of a day by kind of work, without kinds that brought none."""
    due = {key: min(getattr(sums, key) * value.points, value.most) for key, value in values.items()}
    return {key: points for key, points in due.items() if points > 0}


def corrections(due: Mapping[str, int], kept: Mapping[str, int]) -> dict[str, int]:
    """By kind, what must be added to the ledger of a day so that it says what is due; negative where it says too much."""
    missing = {key: due.get(key, 0) - kept.get(key, 0) for key in {*due, *kept}}
    return {key: points for key, points in sorted(missing.items()) if points}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayLevel:
    """How far somebody is in the game; it has nothing to do with the level of Progress."""

    total: int

    @property
    def number(self) -> int:
        """Level 1 is where everybody begins."""
        return 1 + max(0, self.total) // LEVEL_POINTS

    @property
    def into(self) -> int:
        """Points already made towards the next."""
        return max(0, self.total) % LEVEL_POINTS

    @property
    def missing(self) -> int:
        """Points to the next."""
        return LEVEL_POINTS - self.into
