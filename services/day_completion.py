"""What of a day's plan was done: the one place where points and streaks learn of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.counters import Counters


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A day by its plan."""

    done: int
    """Must-dos completed; on a day without any, meaningful activities: everything but notes."""
    share: float | None = None
    """Of the must-dos; None on a day without any."""


def completions(by_day: Mapping[date, Counters]) -> dict[date, Completion]:
    """The days of an agent that have any work."""
    return {day: Completion(done=sums.activities) for day, sums in by_day.items()}
