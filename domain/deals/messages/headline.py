"""The facts a message about a deal begins with."""

from dataclasses import dataclass
from datetime import datetime

from domain.deals.facts import DealFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class DealHeadline:
    """One deal in figures; what nobody knows is None and is not told."""

    name: str
    amount_minor: int | None
    currency: str
    chance: float | None
    """Of a sale, from 0 to 1: from the win model or the stage's own rate, never from a review."""
    agent_name: str | None
    age_days: int | None
    calls: int
    call_minutes: int | None
    touches: int
    """Calls, follow-ups, messages and meetings together."""
    quiet_days: int | None
    """Full days without activity."""
    reviewed_at: datetime
    """On the clock of whoever reads it."""


def headline(facts: DealFacts, *, currency: str, chance: float | None, reviewed_at: datetime) -> DealHeadline:
    """The figures of a deal; `reviewed_at` is shown as it comes, so it comes on the reader's clock."""
    seconds = facts.talk.call_seconds
    return DealHeadline(
        name=facts.name,
        amount_minor=facts.amount_minor,
        currency=currency,
        chance=chance,
        agent_name=facts.agent_name,
        age_days=facts.age_days,
        calls=facts.talk.calls.count,
        call_minutes=None if seconds is None else round(seconds / 60),
        touches=facts.talk.touches,
        quiet_days=facts.quiet_days,
        reviewed_at=reviewed_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DealMessage:
    """A message in plain words, parts divided by blank lines, at which whoever sends it breaks what is long."""

    title: str
    body: str
