"""What is counted per agent and day: the parts every metric is made of, so that rates add up honestly."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Final, Self

HOURS: Final = 24
FAST_RESPONSE_SECONDS: Final = 3600
"""A new lead contacted within the hour counts as answered fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """Sums over some agents and days. All are counts of facts unless the name says seconds or minor (money units).

    Work is dated by its local day. `leads_*` describe the cohort assigned on the day, as far as it has come by now;
    `responses`, `conversions` and `ratings` are dated by their own event; deals by the day they were created or closed.
    """

    activities: int = 0
    """Work done: every activity but notes and the product's own history entries."""
    calls: int = 0
    conversations: int = 0
    """Calls in which somebody was spoken to."""
    call_seconds: int = 0
    emails: int = 0
    messages: int = 0
    meetings: int = 0
    appointments_set: int = 0
    """Activities of any type whose outcome is a new appointment."""
    appointments: int = 0
    """Appointments held; no-shows and cancellations do not count. The same goes for meetings and showings."""
    showings: int = 0
    follow_ups: int = 0
    tasks: int = 0
    posts: int = 0
    leads_assigned: int = 0
    leads_contacted: int = 0
    leads_interested: int = 0
    leads_converted: int = 0
    responses: int = 0
    """Leads first contacted on the day whose assignment time is known."""
    response_seconds: int = 0
    fast_responses: int = 0
    """Of the responses, those within `FAST_RESPONSE_SECONDS`."""
    conversions: int = 0
    """Leads converted on the day, whenever they were assigned."""
    ratings: int = 0
    rating_points: int = 0
    """Sum of the 1–5 ratings given on the day."""
    rating_squares: int = 0
    """Sum of their squares: what the spread of a mean is computed from."""
    deals_created: int = 0
    deals_won: int = 0
    deals_won_valued: int = 0
    """Won deals whose amount is known: the denominator of a mean deal value."""
    deals_lost: int = 0
    revenue_minor: int = 0
    """Amounts of the deals won on the day, in minor units of the organisation's currency."""
    proposals: int = 0
    proposals_agreed: int = 0
    """Of the proposals made on the day, those that have become an agreement by now."""
    agreements: int = 0
    lists_sent: int = 0
    list_contacts: int = 0
    """Partners on the lists sent on the day."""
    lists_sold: int = 0
    """Of the lists sent on the day, those that have brought a sale by now."""
    first_sales: int = 0
    """Lists whose first sale fell on the day."""
    list_sales: int = 0
    """Sales of those lists so far."""

    def __add__(self, other: Self) -> Self:
        """The two sums together."""
        return type(self)(**{name: getattr(self, name) + getattr(other, name) for name in COUNTER_NAMES})

    def __sub__(self, other: Self) -> Self:
        """These sums without some of their own parts: a team without one of its agents."""
        return type(self)(**{name: getattr(self, name) - getattr(other, name) for name in COUNTER_NAMES})


COUNTER_NAMES: Final = tuple(field.name for field in fields(Counters))
BIG_COUNTERS: Final = frozenset({"call_seconds", "response_seconds", "revenue_minor"})
"""Counters that outgrow 32 bits."""
CALL_HOUR_NAMES: Final = tuple(f"h{hour:02d}" for hour in range(HOURS))
"""Calls started in each local hour of the day."""
CONVERSATION_HOUR_NAMES: Final = tuple(f"k{hour:02d}" for hour in range(HOURS))
"""Of these, the calls that became conversations."""


def total(parts: Iterable[Counters]) -> Counters:
    """All parts together; no parts give zero of everything."""
    columns = zip(*([getattr(part, name) for name in COUNTER_NAMES] for part in parts), strict=True)
    sums = [sum(column) for column in columns]
    return Counters(**dict(zip(COUNTER_NAMES, sums, strict=True))) if sums else Counters()
