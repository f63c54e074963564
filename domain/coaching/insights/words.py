"""Words the sentences of insights share."""

from datetime import datetime
from typing import Final

from domain.coaching.insights.insight import Example
from domain.coaching.insights.signals import Pile, Record, Signals
from domain.formatting import money_text, span_text
from domain.periods import Period

_HOUR: Final = 60
_DAY: Final = 24 * _HOUR
"""In minutes; up to two days people think in hours."""


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
    """How long ago the moment is, in full units: 12 min, 39 h, 17 days."""
    minutes = max(0, int((now - since).total_seconds())) // 60
    if minutes < _HOUR:
        return f"{minutes} min"
    return f"{minutes // _HOUR} h" if minutes < 2 * _DAY else f"{minutes // _DAY:,} days"


def examples(pile: Pile, signals: Signals) -> tuple[Example, ...]:
    """The first of the records, each with how long it has waited and, for a deal of known amount, what it is worth."""
    return tuple(Example(name=each.name, detail=_detail(each, signals), lead_id=each.lead_id) for each in pile.first)


def _detail(record: Record, signals: Signals) -> str:
    waited = ago(record.since, signals.now)
    return f"{waited} · {money_text(record.amount_minor, signals.currency)}" if record.amount_minor else waited
