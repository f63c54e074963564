"""Open deals on which nothing has happened for a while: those worth a call, and those to tidy up."""

from datetime import timedelta
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.signals import Pile, Signals
from domain.coaching.insights.words import counted, examples, have
from domain.formatting import money_text
from domain.metrics.status import Tone
from domain.periods import Period

STALE: Final = "stale_deals"
FORGOTTEN: Final = "forgotten_deals"
STALE_DAYS: Final = 10
"""A week is the usual limit, ten days that of early stages; the wider one is right for every stage."""
FORGOTTEN_DAYS: Final = 90
"""After a quarter a quiet deal is hardly saved by a call; left open, it makes the pipeline look larger than it is."""


def stale_deals(signals: Signals) -> Insight | None:
    """One is enough. A deal without any activity counts from the day it was created; one without either date is not known to be stale."""
    pile = signals.loose.stale_deals
    lasted = f"quiet for {STALE_DAYS} to {FORGOTTEN_DAYS} days"
    return _insight(signals, STALE, pile, lasted, Tone.WARNING) if pile.first else None


def forgotten_deals(signals: Signals) -> Insight | None:
    """The same for deals that have been quiet for longer than a call can mend."""
    pile = signals.loose.forgotten_deals
    lasted = f"open and quiet for more than {FORGOTTEN_DAYS} days"
    return _insight(signals, FORGOTTEN, pile, lasted, Tone.QUIET) if pile.first else None


def _insight(signals: Signals, rule: str, pile: Pile, lasted: str, tone: Tone) -> Insight:
    worth = f" worth {money_text(pile.amount_minor, signals.currency)}" if pile.amount_minor else ""
    return Insight(
        id=signals.id_of(rule),
        rule=rule,
        tone=tone,
        metric_key="deals_created",
        period=Period(min(pile.first_on or signals.today, signals.today), signals.today + timedelta(days=1)),
        sentence=f"{counted(pile.count, 'deal')}{worth} {have(pile.count)} been {lasted}.",
        evidence=f"{pile.count:,} of {counted(pile.among, 'open deal')}, by their last activity",
        sample=pile.count,
        examples=examples(pile, signals),
        more=pile.count - len(pile.first),
        order="The largest first.",
    )
