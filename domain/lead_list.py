"""Leads as a list shows them: one line each, what a list is narrowed to, and how pressing a wait has become."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.coaching.insights.waiting_leads import LONG_WAIT
from domain.counters import FAST_RESPONSE_SECONDS
from domain.records import LeadStatus

FAST: Final = timedelta(seconds=FAST_RESPONSE_SECONDS)
"""The same hour that makes a response a fast one."""
MOST_WORDS: Final = 5
"""Nobody tells one lead from the others with more; each costs a look at every row."""
PHONE_SEPARATORS: Final = "+-()/. "
_PHONE_SIGNS: Final = frozenset("0123456789" + PHONE_SEPARATORS)
_FEWEST_DIGITS: Final = 3


class LeadOrder(StrEnum):
    """Which lead comes first."""

    NEWEST = "newest"
    WAITING_LONGEST = "waiting_longest"


class Wait(StrEnum):
    """How pressing a new lead's wait for the first contact has become."""

    FRESH = "fresh"
    WAITING = "waiting"
    LONG = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadSearch:
    """What a list of leads is narrowed to; empty and None narrow nothing."""

    words: str = ""
    """Each must be found in the name, company, e-mail or phone; a phone number is compared by its digits."""
    status: LeadStatus | None = None
    source: str | None = None
    """The empty one finds the leads whose source nobody said."""
    agent_id: int | None = None
    only_unassigned: bool = False
    only_waiting: bool = False
    """New leads only: those without a first contact."""
    order: LeadOrder = LeadOrder.NEWEST


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadLine:
    """One lead in a list."""

    id: int
    name: str
    company: str
    email: str
    phone: str
    source: str
    category: str
    status: LeadStatus
    agent_id: int | None
    agent_name: str | None
    assigned_at: datetime | None
    contacted_at: datetime | None
    response_seconds: int | None
    satisfaction: int | None
    last_activity_at: datetime | None = None
    """The last thing done with it by somebody the viewer sees; what the product wrote down itself is none."""
    revenue_minor: int | None = None
    """Of its won deals the viewer sees; None where there is none, or none with an amount."""

    @property
    def waiting_since(self) -> datetime | None:
        """When a new lead was given to its agent; None for any other, and where the moment is unknown."""
        return self.assigned_at if self.status is LeadStatus.NEW and self.agent_id is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """New leads by how long they have waited."""

    by_wait: dict[Wait, int]
    longest_since: datetime | None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_wait.values())


def wait(since: datetime, now: datetime) -> Wait:
    """How pressing it is: within the hour of a fast response, later, or over a day."""
    waited = now - since
    if waited <= FAST:
        return Wait.FRESH
    return Wait.WAITING if waited <= LONG_WAIT else Wait.LONG


def search_terms(words: str) -> list[str]:
    """The words to look for; something written like a phone number is one term of digits, whatever signs stand between them."""
    digits = "".join(sign for sign in words if sign.isdigit())
    if len(digits) >= _FEWEST_DIGITS and set(words) <= _PHONE_SIGNS:
        return [digits]
    return words.split()[:MOST_WORDS]
