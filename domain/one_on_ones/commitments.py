"""What an agent promised in a 1:1: open until its day, overdue after it, done or dropped for good."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from domain.formatting import day_text

SHOWN_AHEAD: Final = timedelta(days=7)
"""A promise for next week is worth a look today; one for next month would only be wallpaper."""
LONGEST_AHEAD: Final = timedelta(days=180)
"""Half a year: what is further away is a goal."""


class CommitmentState(StrEnum):
    """Where a promise stands, the most pressing first."""

    OVERDUE = "overdue"
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be kept."""
        return self in {CommitmentState.OVERDUE, CommitmentState.OPEN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise with its day."""

    id: int
    talk_id: int | None
    """The 1:1 it was made in; None where that is erased."""
    agent_id: int
    words: str
    made_on: date
    due_on: date
    done_on: date | None = None
    dropped_on: date | None = None
    drop_reason: str = ""

    def state(self, today: date) -> CommitmentState:
        """Where it stands on a day: its own day is not past it yet."""
        if self.done_on is not None:
            return CommitmentState.DONE
        if self.dropped_on is not None:
            return CommitmentState.DROPPED
        return CommitmentState.OVERDUE if self.due_on < today else CommitmentState.OPEN

    def standing(self, today: date) -> str:
        """Where it stands in words: `due today`, `3 days past its day`, `done on 10 Mar 2026`."""
        match self.state(today):
            case CommitmentState.DONE:
                return f"done on {day_text(self.done_on or today)}"
            case CommitmentState.DROPPED:
                return f"dropped: {self.drop_reason}"
            case CommitmentState.OVERDUE:
                return f"{_days((today - self.due_on).days)} past its day"
            case CommitmentState.OPEN:
                return _ahead(self.due_on, today)


def in_order(commitments: Iterable[Commitment], today: date) -> tuple[Commitment, ...]:
    """What is still to be kept first, by its day; then what is over, the latest first."""
    known = tuple(commitments)
    still = [each for each in known if each.state(today).is_open]
    over = [each for each in known if not each.state(today).is_open]
    ended = sorted(over, key=lambda each: (each.done_on or each.dropped_on or each.due_on, each.id), reverse=True)
    return (*sorted(still, key=lambda each: (each.due_on, each.id)), *ended)


def for_the_day(commitments: Iterable[Commitment], today: date) -> tuple[Commitment, ...]:
    """What a day's plan shows of them: past their day, due within a week, and what was done today."""
    return tuple(
        each
        for each in in_order(commitments, today)
        if each.done_on == today or (each.state(today).is_open and each.due_on <= today + SHOWN_AHEAD)
    )


def since_last(commitments: Iterable[Commitment], since: date | None, today: date) -> tuple[Commitment, ...]:
    """What the next talk begins with: everything open, and what was done or dropped since the last talk."""
    return tuple(
        each
        for each in in_order(commitments, today)
        if each.state(today).is_open or since is None or (each.done_on or each.dropped_on or since) >= since
    )


def _ahead(due_on: date, today: date) -> str:
    days = (due_on - today).days
    return {0: "due today", 1: "due tomorrow"}.get(days, f"due on {day_text(due_on)}")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
