"""Customers are clearly happier or less happy than before."""

from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.luck import clearly_different
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.spans import before, sales_span
from domain.coaching.insights.words import days_of
from domain.formatting import value_text
from domain.metrics.catalog import METRICS
from domain.metrics.status import Tone

KEY: Final = "satisfaction_change"
SATISFACTION: Final = METRICS["satisfaction"]


def satisfaction_change(signals: Signals) -> Insight | None:
    """The mean rating of the last twelve weeks against that of the twelve before."""
    span = sales_span(signals.today)
    earlier = before(span)
    now, then = (SATISFACTION.measure(signals.sums(each)) for each in (span, earlier))
    if not clearly_different(SATISFACTION, now, then):
        return None
    if now.value is None or then.value is None:
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.GOOD if now.value > then.value else Tone.WARNING,
        metric_key=SATISFACTION.key,
        period=span,
        sentence=f"Customers gave {value_text(SATISFACTION, now.value)} on average ({now.sample} ratings), "
        f"after {value_text(SATISFACTION, then.value)} in the twelve weeks before ({then.sample} ratings).",
        evidence=f"ratings given {days_of(span)} and {days_of(earlier)}",
        sample=now.sample + then.sample,
    )
