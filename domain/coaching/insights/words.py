"""Words the sentences of insights share."""

from datetime import datetime
from typing import Final

from domain.coaching.insights.insight import Example
from domain.coaching.insights.signals import Pile, Signals
from domain.formatting import hours_text, span_text
from domain.periods import Period

_SECONDS_AN_HOUR: Final = 3600


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """`1 lead`, `2 leads`, `1,200 leads`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def have(number: int) -> str:
    """The verb after so many of them."""
    return "has" if number == 1 else "have"


def days_of(period: Period) -> str:
    """The period's days: 2 – 29 Mar 2026."""
    return span_text(period.start, period.last_day)


def ago(since: datetime, now: datetime) -> str:
    """How long ago the moment is: 12 min, 3.5 h, 2.1 days."""
    return hours_text(max(0.0, (now - since).total_seconds()) / _SECONDS_AN_HOUR)


def examples(pile: Pile, signals: Signals) -> tuple[Example, ...]:
    """The records that wait longest, each with how long."""
    return tuple(Example(name=each.name, detail=ago(each.since, signals.now), lead_id=each.lead_id) for each in pile.first)
