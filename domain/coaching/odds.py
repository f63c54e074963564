"""What an agent's own history says of leads, deals and sales, drawn towards the usual while there is little of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from domain.coaching.daily_plan import Odds
from domain.counters import Counters

USUAL_LEAD_SHARE: Final = 0.05
USUAL_DEAL_SHARE: Final = 0.25
HEAVY: Final = 20
"""The usual counts as much as so many own leads or deals: as many as a rate needs to be judged at all."""
USUAL_PER_SALE: Final[Mapping[str, int]] = MappingProxyType(
    {"calls": 200, "conversations": 60, "emails": 300, "messages": 300, "follow_ups": 100, "appointments_set": 12, "meetings": 12}
)
"""How much of each kind of work goes with a sale, by default: the chains of the goals, rounded."""
MINUTES_EACH: Final[Mapping[str, float]] = MappingProxyType(
    {"calls": 6, "conversations": 10, "emails": 4, "messages": 3, "follow_ups": 6, "appointments_set": 20, "meetings": 45}
)
"""What one of each takes, by default."""
PROSPECTING_KEYS: Final = tuple(USUAL_PER_SALE)
"""Goals an agent can work on today by doing so many; the others follow from these."""


def odds(history: Counters) -> Odds:
    """The shares of the last months' facts: (own + usual · weight) ÷ (own number + weight)."""
    sales = history.deals_won or history.conversions
    sale_minor = history.revenue_minor / history.deals_won_valued if history.deals_won_valued else 1.0
    return Odds(
        lead_share=_drawn(history.leads_converted, history.leads_assigned, USUAL_LEAD_SHARE),
        deal_share=_drawn(history.deals_won, history.deals_won + history.deals_lost, USUAL_DEAL_SHARE),
        sale_minor=max(1.0, sale_minor),
        unit_shares={key: (sales + 1) / (getattr(history, key) + usual) for key, usual in USUAL_PER_SALE.items()},
    )


def _drawn(part: int, whole: int, usual: float) -> float:
    return (part + usual * HEAVY) / (whole + HEAVY)
