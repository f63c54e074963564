"""How an agent's day went, told in the evening: what was done, its best moment, one insight, and what comes first tomorrow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.coaching.streaks import DayState, Streak
from domain.facts import ActivityEntry, EventEntry
from domain.formatting import money_text, share_text
from domain.local_time import wall_clock
from domain.records import REACHED, ActivityType, EventStatus, Outcome

DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)
LONG_TALK: Final = timedelta(minutes=5)
"""A conversation of five minutes is one somebody remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    """One agent's day, seen in its evening."""

    day: date
    done: int
    asked: int
    activities: int
    """Work logged on the day."""
    best_moment: str | None
    insight: str | None
    first_step: str | None
    """Of the next day on which there is something to do."""
    next_on: date | None = None
    """That day; None where none is known."""
    points: int | None = None
    """Of the day, and how the streak stands; both are told to the agent alone."""
    streak: str | None = None

    @property
    def completion_share(self) -> float | None:
        """The part of the must-dos that is done; None where none were asked."""
        return self.done / self.asked if self.asked else None

    @property
    def title(self) -> str:
        """The day in one line."""
        plan = f"{self.done} of {self.asked} must-dos done ({share_text(self.completion_share)})" if self.asked else "no must-dos"
        return f"Your day: {plan}, {self.activities:,} logged"

    @property
    def lines(self) -> tuple[str, ...]:
        """What there is to say beside the title, the same on the screen and in the message."""
        made = f"{self.points:,} today" if self.points else None
        own = (("Points", made), ("Streak", self.streak))
        said = (("Best moment", self.best_moment), *own, ("Worth knowing", self.insight), (f"{self._next_day} first", self.first_step))
        return tuple(f"{name}: {words}" for name, words in said if words)

    @property
    def _next_day(self) -> str:
        """`Tomorrow`, `Monday`, or `On 24 Mar` from a week on."""
        if self.next_on is None or self.next_on == self.day + DAY:
            return "Tomorrow"
        return f"{self.next_on:%A}" if self.next_on - self.day < WEEK else f"On {self.next_on.day} {self.next_on:%b}"


def best_moment(entries: Sequence[ActivityEntry], sales: Iterable[int], currency: str, time_zone: str) -> str | None:
    """The first there is of: a sale (the largest), an appointment set, somebody interested, a long talk, a conversation; else None."""
    largest = max(sales, default=None)
    if largest is not None:
        return f"a sale worth {money_text(largest, currency)}."
    found = _first(entries, Outcome.APPOINTMENT_SET) or _first(entries, Outcome.INTERESTED)
    if found is not None:
        what = "an appointment agreed" if found.outcome is Outcome.APPOINTMENT_SET else "interest"
        return f"{what}{_with(found)} at {_at(found, time_zone)}."
    talks = [each for each in entries if each.type is ActivityType.CALL and each.outcome in REACHED]
    longest = max(talks, key=lambda each: (each.duration_seconds or 0, each.id), default=None)
    if longest is None:
        return None
    minutes = (longest.duration_seconds or 0) // 60
    if minutes >= LONG_TALK // timedelta(minutes=1):
        return f"a talk of {minutes} minutes{_with(longest)} at {_at(longest, time_zone)}."
    return f"{len(talks)} conversation{'' if len(talks) == 1 else 's'}."


def streak_words(streak: Streak) -> str | None:
    """How a streak stands in the evening, kindly; None on a day that asks nothing, and where there is none to speak of."""
    lasted = f"{streak.length:,} {'day' if streak.length == 1 else 'days'} in a row"
    if streak.today is DayState.KEPT:
        return f"{lasted}; today is kept."
    if streak.today is not DayState.OPEN or not streak.length:
        return None
    if streak.freezes:
        return f"{lasted}. Today is still open, and if it stays so one of your freezes keeps them."
    return f"{lasted}. Today is still open: {streak.minimum - streak.done} more of anything you do keeps them."


def next_entry(entries: Iterable[EventEntry]) -> EventEntry | None:
    """The first of them that is still planned."""
    planned = (each for each in entries if each.status is EventStatus.PLANNED)
    return min(planned, key=lambda each: (each.starts_at, each.id), default=None)


def first_step(following: EventEntry | None, left_over: str | None) -> str | None:
    """The next planned entry, else what is left of today's plan; None leaves it to the next plan."""
    if following is not None:
        return f"{wall_clock(following.starts_at, following.time_zone):%H:%M} {following.title}"
    return f"{left_over} (left from today)" if left_over else None


def _first(entries: Iterable[ActivityEntry], outcome: Outcome) -> ActivityEntry | None:
    return min((each for each in entries if each.outcome is outcome), key=lambda each: (each.occurred_at, each.id), default=None)


def _with(entry: ActivityEntry) -> str:
    name = entry.lead_name or entry.deal_name or ""
    return f" with {name}" if name else ""


def _at(entry: ActivityEntry, time_zone: str) -> str:
    return f"{wall_clock(entry.occurred_at, time_zone):%H:%M}"
