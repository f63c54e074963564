"""Which figures can be forecast: those that add up, by the counters they are made of."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.errors import InputError
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The counters behind a figure."""

    events: str
    worth: str | None = None
    """For money: what the events brought."""
    deals: str | None = None
    """The event deals are on their way to, where it is one of theirs."""

    @property
    def counters(self) -> tuple[str, ...]:
        """All of them."""
        return (self.events,) if self.worth is None else (self.events, self.worth)


_COUNTS: Final = (
    *("calls", "conversations", "appointments", "meetings", "showings", "conversions"),
    *("deals_created", "proposals", "agreements", "lists_sent", "deals_won"),
)
FORESEEN: Final[Mapping[str, Parts]] = MappingProxyType(
    {key: Parts(events=key) for key in _COUNTS}
    | {key: Parts(events=key, deals=key) for key in ("agreements", "lists_sent", "deals_won")}
    | {"revenue": Parts(events="deals_won_valued", worth="revenue_minor", deals="deals_won")}
)
"""By metric key. A share or a mean has no end of the period it grows towards."""


def foreseen(key: str) -> tuple[Metric, Parts]:
    """The metric with what it is made of; raises InputError for one that cannot be forecast, with the nearest that can."""
    if key in FORESEEN:
        return METRICS[key], FORESEEN[key]
    (nearest,) = difflib.get_close_matches(key, FORESEEN, n=1, cutoff=0)
    raise InputError(f"metric: “{key[:40]}” cannot be forecast. Did you mean “{nearest}”?", code="not_foreseen")
