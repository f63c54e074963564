"""Calendar entries that are over and still say planned."""

from datetime import timedelta
from typing import Final

from domain.coaching.insights.insight import Insight, Listing
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.words import ago, counted, examples
from domain.metrics.status import Tone
from domain.periods import Period

KEY: Final = "open_entries"
WITHIN_DAYS: Final = 14
"""What was longer ago is not remembered well enough to be told."""


def open_entries(signals: Signals) -> Insight | None:
    """One is enough: an appointment that took place counts only once somebody says so. Today's entries have until the evening."""
    pile = signals.loose.open_entries
    if not pile.first:
        return None
    yesterday = signals.today - timedelta(days=1)
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.WARNING,
        metric_key="appointments",
        period=Period(min(pile.first_on or yesterday, yesterday), signals.today),
        sentence=_sentence(pile.count, ago(pile.first[0].since, signals.now)),
        evidence=f"{counted(pile.count, 'entry', 'entries')} of the last {WITHIN_DAYS} days; they count once they say what became of them",
        sample=pile.count,
        listing=Listing.CALENDAR,
        examples=examples(pile, signals),
        more=pile.count - len(pile.first),
    )


def _sentence(count: int, longest: str) -> str:
    if count == 1:
        return f"1 calendar entry ended {longest} ago and still says “planned”."
    return f"{count:,} calendar entries are over and still say “planned”, the oldest for {longest}."
