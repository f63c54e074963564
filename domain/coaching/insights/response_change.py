"""New leads wait clearly shorter or longer than before."""

from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.luck import clearly_different
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.spans import before, lately
from domain.coaching.insights.words import days_of
from domain.formatting import hours_text
from domain.metrics.response import MEDIAN_RESPONSE_TIME
from domain.metrics.status import Tone

KEY: Final = "response_change"


def response_change(signals: Signals) -> Insight | None:
    """The median wait of the last four weeks against that of the four before."""
    span = lately(signals.today)
    earlier = before(span)
    now, then = signals.wait(span), signals.wait(earlier)
    if not clearly_different(MEDIAN_RESPONSE_TIME, now, then):
        return None
    if now.value is None or then.value is None:
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.GOOD if now.value < then.value else Tone.WARNING,
        metric_key=MEDIAN_RESPONSE_TIME.key,
        period=span,
        sentence=f"New leads usually waited {hours_text(now.value)} for the first contact ({now.sample} leads), "
        f"after {hours_text(then.value)} in the four weeks before ({then.sample} leads).",
        evidence=f"medians of {days_of(span)} and {days_of(earlier)}",
        sample=now.sample + then.sample,
    )
