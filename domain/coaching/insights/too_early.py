"""What cannot be told yet, and how much is missing: so that silence is not taken for good news."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.coaching.insights.conversion_change import CONVERSION
from domain.coaching.insights.revenue_change import FEWEST_SALES
from domain.coaching.insights.satisfaction_change import SATISFACTION
from domain.coaching.insights.signals import Signals, together
from domain.coaching.insights.spans import COHORT_WEEKS, LATELY_WEEKS, SALES_WEEKS, before, lately, sales_span
from domain.coaching.insights.words import counted
from domain.metrics.response import MEDIAN_RESPONSE_TIME

_BOTH: Final = 2
"""What is compared is two spans, or a source and the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TooEarly:
    """A figure that is not compared yet."""

    metric_key: str
    sentence: str
    has: int
    needs: int


def too_early(signals: Signals) -> tuple[TooEarly, ...]:
    """The comparisons that need more facts, each with what it has in the span that has fewer."""
    return tuple(each for each in _compared(signals) if each.has < each.needs)


def _compared(signals: Signals) -> Iterator[TooEarly]:
    recent, sold = lately(signals.today), sales_span(signals.today)
    waits = min(signals.wait(span).sample for span in (recent, before(recent)))
    yield _needing(MEDIAN_RESPONSE_TIME.key, "Response time", waits, MEDIAN_RESPONSE_TIME.min_sample, "first contact", LATELY_WEEKS)
    leads = min(together(each for each in signals.cohorts if each.is_recent is half).sample for half in (True, False))
    yield _needing(CONVERSION.key, "Conversion", leads, CONVERSION.min_sample, "lead", COHORT_WEEKS)
    ratings = min(signals.sums(span).ratings for span in (sold, before(sold)))
    yield _needing(SATISFACTION.key, "Satisfaction", ratings, SATISFACTION.min_sample, "rating", SALES_WEEKS)
    sales = sum(signals.revenue(span).sample for span in (sold, before(sold)))
    yield _needing("revenue", "Revenue", sales, FEWEST_SALES, "sale", _BOTH * SALES_WEEKS)


def _needing(metric_key: str, name: str, has: int, needs: int, record: str, weeks: int) -> TooEarly:
    sentence = (
        f"{name} is compared from {counted(needs, record)} in {weeks} weeks on; so far there {'is' if has == 1 else 'are'} {has or 'none'}."
    )
    return TooEarly(metric_key=metric_key, sentence=sentence, has=has, needs=needs)
