"""An observation worth an agent's attention: a sentence with its numbers, what it rests on, and where its records are."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Final

from domain.metrics.status import Tone
from domain.periods import Period

_SEPARATOR: Final = "."
_WEEK: Final = 2
"""The place of the week among the parts of an id."""
_DETAIL_SIGNS: Final = 8
"""Enough of a digest to tell an agent's sources apart; the words themselves do not belong into an address."""


class Listing(StrEnum):
    """Which screen lists the records an insight speaks of."""

    LEADS = "leads"
    CALENDAR = "calendar"
    RECORDS = "records"
    """The facts of the insight's metric in its period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One of the records an insight speaks of."""

    name: str
    detail: str
    lead_id: int | None = None
    """The lead to open; None where the record belongs to none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """Something to know, never a judgement of a person. Two things seen together are told as that, not as cause and effect."""

    id: str
    """The same for the same rule, agent and week, so that one put aside stays away however often it is worked out anew."""
    rule: str
    tone: Tone
    metric_key: str
    """The figure of the catalogue it is about."""
    period: Period
    """The days it speaks of."""
    sentence: str
    """Plain and specific, with its numbers."""
    evidence: str
    """How many facts it rests on, and what it is held against."""
    sample: int
    listing: Listing = Listing.RECORDS
    examples: tuple[Example, ...] = ()
    """The first of the records; empty where the listing has exactly them."""
    more: int = 0
    """How many records there are beside the examples."""
    order: str = "The longest wait first."
    """In which order the examples are."""
    source: str | None = None
    """The source of leads it is about; None for all."""


def insight_id(rule: str, agent_id: int, today: date, about: str = "") -> str:
    """The id of a rule's insight in the week of today; `about` tells insights of one rule apart, such as a source."""
    year, week, _ = today.isocalendar()
    parts = [rule, str(agent_id), f"{year}-W{week:02}", *([_digest(about)] if about else [])]
    return _SEPARATOR.join(parts)


def topic(of_id: str) -> str:
    """The id without its week: what stays the same while the situation lasts."""
    parts = of_id.split(_SEPARATOR)
    return _SEPARATOR.join(parts[:_WEEK] + parts[_WEEK + 1 :])


def _digest(words: str) -> str:
    return sha256(words.encode()).hexdigest()[:_DETAIL_SIGNS]
