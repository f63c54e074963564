"""What of a day's plan was done: the one place where points and streaks learn of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.counters import Counters

Promised = Mapping[date, tuple[int, int]]
"""By day, how many must-dos were done and how many were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completion:
    """A day by its plan and its work."""

    done: int
    """The larger of must-dos completed and meaningful activities, which is everything but notes."""
    is_promise_kept: bool = False
    """Whether everything the day's plan asked for was done."""
    share: float | None = None
    """Of the must-dos; None on a day without any."""


def completions(by_day: Mapping[date, Counters], promised: Promised) -> dict[date, Completion]:
    """The days of an agent that have any work or a plan; much work never counts for less because a must-do is open."""
    return {day: _completion(by_day.get(day, Counters()), *promised.get(day, (0, 0))) for day in {*by_day, *promised}}


def _completion(sums: Counters, done: int, asked: int) -> Completion:
    return Completion(done=max(done, sums.activities), is_promise_kept=0 < asked <= done, share=done / asked if asked else None)
