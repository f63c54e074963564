"""How often the digest comes: every week to those who open it, less often to those who do not, and it says so.

A message nobody opens trains people to ignore the next one. Opening the latest,
in the inbox or by one of its links, brings it back weekly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import takewhile
from typing import Final

SLOWER_AFTER: Final = 3
"""Three Mondays may be a holiday and an illness; more are a habit."""
SLOWEST_AFTER: Final = 6


class Pace(Enum):
    """The least time between two of them, and how it is called."""

    WEEKLY = (timedelta(weeks=1), "every week")
    FORTNIGHTLY = (timedelta(weeks=2), "every second week")
    MONTHLY = (timedelta(weeks=4), "every fourth week")

    @property
    def gap(self) -> timedelta:
        """From one to the next."""
        return self.value[0]

    @property
    def words(self) -> str:
        """As people say it."""
        return self.value[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A digest that went out."""

    week_start: date
    """The Monday of the week it was about."""
    is_read: bool


def unread_in_a_row(past: Sequence[Told]) -> int:
    """How many of the latest were not opened; `past` is newest first."""
    return sum(1 for _ in takewhile(lambda each: not each.is_read, past))


def pace_after(unread: int) -> Pace:
    """How often it comes to somebody who left so many unread."""
    if unread >= SLOWEST_AFTER:
        return Pace.MONTHLY
    return Pace.FORTNIGHTLY if unread >= SLOWER_AFTER else Pace.WEEKLY


def is_due(past: Sequence[Told], week_start: date) -> bool:
    """Whether the digest of this week goes out."""
    return not past or week_start - past[0].week_start >= pace_after(unread_in_a_row(past)).gap


def pace_note(unread: int) -> str:
    """That it comes less often, or will from the next one on; nothing to somebody who reads it."""
    pace = pace_after(unread)
    if pace is not Pace.WEEKLY:
        return f"You did not open the last {unread}, so this comes {pace.words} now."
    coming = pace_after(unread + 1)
    return "" if coming is pace else f"You did not open the last {unread}. Unless you open this one, the next comes {coming.words}."
