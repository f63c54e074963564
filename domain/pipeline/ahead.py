"""What is ahead of a pipeline: what is booked, which proposals wait and for how long, which partner lists are due."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.records import EventKind

WINDOWS: Final = (7, 14, 30)
"""Days ahead, today included."""
AGE_BANDS: Final = ((0, 7), (8, 14), (15, 30), (31, None))
"""Days since a proposal went out, both ends included; the last band has no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueList:
    """A partner list that was agreed and has not gone out."""

    deal_id: int
    name: str
    agent_name: str
    due_on: date

    def days_over(self, today: date) -> int:
        """Days since it was due; negative while it is still to come."""
        return (today - self.due_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Everything ahead of the people looked at."""

    booked: Mapping[EventKind, tuple[int, ...]]
    """Entries still planned, per kind within each of `WINDOWS`; always those of calls."""
    proposals: tuple[int, ...]
    """Open proposals without an agreement, by `AGE_BANDS`."""
    proposals_minor: int
    """What those are worth, where it is known."""
    lists_overdue: int
    lists_due: int
    """Due within the next seven days, today included."""
    lists: tuple[DueList, ...]
    """The overdue ones and those due within seven days, the longest overdue first; no more than fit a screen."""

    @property
    def proposals_open(self) -> int:
        """Proposals without an answer."""
        return sum(self.proposals)


def band_text(band: tuple[int, int | None]) -> str:
    """`8–14 days`, `over 30 days`."""
    first, last = band
    return f"over {first - 1} days" if last is None else f"{first}–{last} days"
