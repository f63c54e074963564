"""Sales bring clearly more or less than before."""

from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.luck import SURE, matters
from domain.coaching.insights.signals import Signals
from domain.coaching.insights.spans import before, sales_span
from domain.coaching.insights.words import counted, days_of
from domain.formatting import money_text
from domain.metrics.catalog import METRICS
from domain.metrics.change import beyond_luck
from domain.metrics.status import Tone

KEY: Final = "revenue_change"
REVENUE: Final = METRICS["revenue"]
FEWEST_SALES: Final = 10
"""In both spans together: below it the size of one deal decides which way it goes."""


def revenue_change(signals: Signals) -> Insight | None:
    """What deals won in the last twelve weeks brought, against the twelve before; their number and their sizes both count as luck."""
    span = sales_span(signals.today)
    earlier = before(span)
    now, then = signals.revenue(span), signals.revenue(earlier)
    if not signals.knows_sales_from(earlier.start) or now.sample + then.sample < FEWEST_SALES:
        return None
    if not matters(REVENUE, now.value, then.value) or not beyond_luck(now, then, SURE):
        return None
    return Insight(
        id=signals.id_of(KEY),
        rule=KEY,
        tone=Tone.GOOD if now.value > then.value else Tone.WARNING,
        metric_key=REVENUE.key,
        period=span,
        sentence=f"Revenue is {money_text(now.value, signals.currency)} from {counted(now.sample, 'sale')}, "
        f"after {money_text(then.value, signals.currency)} from {counted(then.sample, 'sale')} in the twelve weeks before.",
        evidence=f"deals with a known amount won {days_of(span)} and {days_of(earlier)}",
        sample=now.sample + then.sample,
    )
