"""Clearly more or fewer leads become customers than before."""

from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.luck import clearly_different
from domain.coaching.insights.signals import IN_TIME_DAYS, Signals, together
from domain.coaching.insights.spans import before, cohort_span
from domain.coaching.insights.words import days_of
from domain.formatting import share_text
from domain.metrics.catalog import METRICS
from domain.metrics.status import Tone

KEY: Final = "conversion_change"
CONVERSION: Final = METRICS["conversion_rate"]


def conversion_change(signals: Signals) -> Insight | None:
    """Leads of twelve weeks against those of the twelve before, each with the same month to convert."""
    span = cohort_span(signals.today)
    earlier = before(span)
    now = together(each for each in signals.cohorts if each.is_recent)
    then = together(each for each in signals.cohorts if not each.is_recent)
    if not clearly_different(CONVERSION, now, then):
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.GOOD if (now.value or 0.0) > (then.value or 0.0) else Tone.WARNING,
        metric_key=CONVERSION.key,
        period=span,
        sentence=f"{now.part} of {now.whole} leads became customers within {IN_TIME_DAYS} days ({share_text(now.value)}), "
        f"after {then.part} of {then.whole} in the twelve weeks before ({share_text(then.value)}).",
        evidence=f"leads assigned {days_of(span)} and {days_of(earlier)}",
        sample=now.sample + then.sample,
    )
