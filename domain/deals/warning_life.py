"""The life of a warning: open, put aside until a day, resolved by itself once it is gone or by somebody until it happens anew."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

LONGEST_SNOOZE: Final = timedelta(days=90)
"""A quarter: what is put aside for longer is given up, and a deal that is given up is closed."""


class WarningState(StrEnum):
    """Where a warning stands."""

    OPEN = "open"
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class WarningEnding(StrEnum):
    """Why a warning is over."""

    GONE = "gone"
    """The situation is over, or the deal closed."""
    BY_PERSON = "by_person"
    """Somebody said it is dealt with; it comes back when it happens anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWarning:
    """What is kept of a warning."""

    state: WarningState
    since: datetime | None
    snoozed_until: datetime | None = None
    ending: WarningEnding | None = None


def opens(known: KnownWarning | None, since: datetime | None) -> bool:
    """Whether a situation that holds is to be told as a new warning; one somebody resolved is not until it begins anew."""
    if known is None:
        return True
    return known.state is WarningState.RESOLVED and (known.ending is WarningEnding.GONE or known.since != since)


def wakes(known: KnownWarning, now: datetime) -> bool:
    """Whether a snoozed warning whose situation still holds is open again."""
    return known.state is WarningState.SNOOZED and (known.snoozed_until is None or known.snoozed_until <= now)
