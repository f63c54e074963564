"""Customers whose satisfaction is not known."""

from datetime import date, timedelta
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.words import counted, examples, have
from domain.metrics.status import Tone
from domain.periods import Period

KEY: Final = "unrated_customers"
WITHIN_DAYS: Final = 60
"""After two months customers do not remember well enough to say."""
SETTLING_DAYS: Final = 3
"""In the first days nobody asks yet."""
FEWEST: Final = 3
"""One or two missing ratings happen; three are a habit."""


def span(today: date) -> Period:
    """The days on which the customers looked at were won."""
    return Period(today - timedelta(days=WITHIN_DAYS), today - timedelta(days=SETTLING_DAYS))


def unrated_customers(signals: Signals) -> Insight | None:
    """Leads converted some days ago that have no rating."""
    pile = signals.loose.unrated
    if pile.count < FEWEST:
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.QUIET,
        metric_key="conversions",
        period=span(signals.today),
        sentence=f"{pile.count} of {counted(pile.among, 'new customer')} {have(pile.count)} no rating yet.",
        evidence=f"leads converted {SETTLING_DAYS} to {WITHIN_DAYS} days ago without a rating from 1 to 5",
        sample=pile.among,
        examples=examples(pile, signals),
        order="The earliest customer first.",
        more=pile.count - len(pile.first),
    )
