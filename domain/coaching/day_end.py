"""How an agent's day went, told in the evening: what was done, its best moment, one insight, and what comes first tomorrow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.facts import ActivityEntry, EventEntry
from domain.formatting import money_text, share_text
from domain.local_time import wall_clock
from domain.records import REACHED, ActivityType, EventStatus, Outcome

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
    """Of the next day."""

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
        said = (("Best moment", self.best_moment), ("Worth knowing", self.insight), ("Tomorrow first", self.first_step))
        return tuple(f"{name}: {words}" for name, words in said if words)


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


def first_step(tomorrow: Iterable[EventEntry], left_over: str | None) -> str | None:
    """The first planned entry of the next day, else what is left of today's plan; None leaves it to tomorrow's plan."""
    planned = sorted((each for each in tomorrow if each.status is EventStatus.PLANNED), key=lambda each: (each.starts_at, each.id))
    if planned:
        return f"{wall_clock(planned[0].starts_at, planned[0].time_zone):%H:%M} {planned[0].title}"
    return f"{left_over} (left from today)" if left_over else None


def _first(entries: Iterable[ActivityEntry], outcome: Outcome) -> ActivityEntry | None:
    return min((each for each in entries if each.outcome is outcome), key=lambda each: (each.occurred_at, each.id), default=None)


def _with(entry: ActivityEntry) -> str:
    name = entry.lead_name or entry.deal_name or ""
    return f" with {name}" if name else ""


def _at(entry: ActivityEntry, time_zone: str) -> str:
    return f"{wall_clock(entry.occurred_at, time_zone):%H:%M}"
