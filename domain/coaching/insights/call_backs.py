"""Call-backs that were agreed and have not been made."""

from datetime import timedelta
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.words import ago, counted, examples
from domain.metrics.status import Tone
from domain.periods import Period

KEY: Final = "call_backs"
PATIENCE: Final = timedelta(days=2)
"""A call-back agreed on Tuesday may well be meant for Thursday; the calls do not say."""
WITHIN_DAYS: Final = 30
"""After a month nobody waits for the phone to ring any more."""


def call_backs(signals: Signals) -> Insight | None:
    """One is enough: it was a promise. Where a later contact or a plan in the calendar exists, it is kept."""
    pile = signals.loose.call_backs
    if not pile.first:
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.WARNING,
        metric_key="activities",
        period=Period(signals.today - timedelta(days=WITHIN_DAYS), signals.today + timedelta(days=1)),
        sentence=_sentence(pile.count, ago(pile.first[0].since, signals.now)),
        evidence=f"{counted(pile.count, 'lead')} whose last contact ended with “call back” more than {PATIENCE.days} days ago, "
        "with nothing planned in the calendar",
        sample=pile.count,
        examples=examples(pile, signals),
        more=pile.count - len(pile.first),
    )


def _sentence(count: int, longest: str) -> str:
    if count == 1:
        return f"1 call back was agreed {longest} ago and has not been made."
    return f"{count:,} call backs were agreed and have not been made, the oldest {longest} ago."
