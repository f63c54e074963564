"""New leads nobody has contacted for more than a day."""

from datetime import timedelta
from typing import Final

from domain.coaching.insights.insight import Insight, Listing
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.words import ago, counted, examples
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.metrics.status import Tone
from domain.periods import Period

KEY: Final = "waiting_leads"
LONG_WAIT: Final = timedelta(days=1)
"""Minutes are the goal; after a day the lead has most likely talked to somebody else."""
WITHIN_DAYS: Final = 60
"""An older lead that is still new is a matter of tidying up, not of calling back quickly."""


def waiting_leads(signals: Signals) -> Insight | None:
    """One is enough: it is a person who waits, not a statistic."""
    pile = signals.loose.waiting_leads
    if not pile.first:
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.WARNING,
        metric_key=MEDIAN_RESPONSE_TIME.key,
        period=Period(signals.today - timedelta(days=WITHIN_DAYS), signals.today + timedelta(days=1)),
        sentence=_sentence(pile.count, ago(pile.first[0].since, signals.now)),
        evidence=f"{counted(pile.count, 'lead')} assigned in the last {WITHIN_DAYS} days that nobody has called or written to yet",
        sample=pile.count,
        listing=Listing.LEADS,
        examples=examples(pile, signals),
        more=pile.count - len(pile.first),
    )


def _sentence(count: int, longest: str) -> str:
    if count == 1:
        return f"1 new lead has waited {longest} for a first contact."
    return f"{count:,} new leads have waited more than a day for a first contact, the longest {longest}."
