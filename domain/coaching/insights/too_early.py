"""What cannot be told yet, and how much is missing: so that silence is not taken for good news."""

from collections.abc import Iterator
from dataclasses import dataclass

from domain.coaching.insights.conversion_change import CONVERSION
from domain.coaching.insights.revenue_change import FEWEST_SALES
from domain.coaching.insights.satisfaction_change import SATISFACTION
from domain.coaching.insights.signals import Signals, together
from domain.coaching.insights.spans import COHORT_WEEKS, LATELY_WEEKS, SALES_WEEKS, before, lately, sales_span
from domain.metrics.definition import Definition
from domain.metrics.response import MEDIAN_RESPONSE_TIME


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
    yield _twice(MEDIAN_RESPONSE_TIME, "Response time", waits, "first contacts", LATELY_WEEKS)
    leads = min(together(each for each in signals.cohorts if each.is_recent is half).sample for half in (True, False))
    yield _twice(CONVERSION, "Conversion", leads, "leads", COHORT_WEEKS)
    ratings = min(signals.sums(span).ratings for span in (sold, before(sold)))
    yield _twice(SATISFACTION, "Satisfaction", ratings, "ratings", SALES_WEEKS)
    sales = sum(signals.revenue(span).sample for span in (sold, before(sold)))
    told = f"Revenue is compared once there are {FEWEST_SALES} sales in {2 * SALES_WEEKS} weeks; so far {_are(sales)}."
    yield TooEarly(metric_key="revenue", sentence=told, has=sales, needs=FEWEST_SALES)


def _twice(metric: Definition, name: str, has: int, records: str, weeks: int) -> TooEarly:
    """What takes enough records in a span and in the one before; `has` is the number in the one with fewer."""
    needs = metric.min_sample
    told = f"{name} is compared once {weeks} weeks and the {weeks} before have {needs} {records} each; in one of them {_are(has)}."
    return TooEarly(metric_key=metric.key, sentence=told, has=has, needs=needs)


def _are(count: int) -> str:
    return "there is 1" if count == 1 else f"there are {count or 'none'}"
