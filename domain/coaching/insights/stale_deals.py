"""Open deals on which nothing has happened for a while."""

from datetime import timedelta
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.words import ago, counted, examples, have
from domain.formatting import money_text
from domain.metrics.status import Tone
from domain.periods import Period

KEY: Final = "stale_deals"
STALE_DAYS: Final = 10
"""A week is the usual limit, ten days that of early stages; the wider one is right for every stage."""


def stale_deals(signals: Signals) -> Insight | None:
    """One is enough. A deal without any activity counts from the day it was created; one without either date is not known to be stale."""
    pile = signals.loose.stale_deals
    if not pile.first:
        return None
    worth = f" worth {money_text(pile.amount_minor, signals.currency)}" if pile.amount_minor else ""
    longest = ago(pile.first[0].since, signals.now)
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.WARNING,
        metric_key="deals_created",
        period=Period(pile.first_on or pile.first[0].since.date(), signals.today + timedelta(days=1)),
        sentence=f"{counted(pile.count, 'open deal')}{worth} {have(pile.count)} been quiet for {STALE_DAYS} days or more, "
        f"the longest for {longest}.",
        evidence=f"{pile.count} of {counted(pile.among, 'open deal')}, by their last activity",
        sample=pile.count,
        examples=examples(pile, signals),
    )
