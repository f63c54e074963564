"""A source of leads that converts clearly better, or clearly worse, than the others."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from domain.coaching.insights.insight import Insight
from domain.coaching.insights.luck import SURE, clearly_different, is_enough
from domain.coaching.insights.signals import IN_TIME_DAYS, Signals, together
from domain.coaching.insights.spans import before, cohort_span
from domain.coaching.insights.words import days_of
from domain.formatting import share_text
from domain.metrics.catalog import METRICS
from domain.metrics.measures import Ratio
from domain.metrics.status import Tone
from domain.periods import Period

STRONG: Final = "strong_source"
WEAK: Final = "weak_source"
CONVERSION: Final = METRICS["conversion_rate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """A source against all other leads of the same agent."""

    source: str
    own: Ratio
    others: Ratio
    tried: int
    """How many sources are compared: the more, the surer each must be, or one of them stands out by luck."""

    @property
    def gap(self) -> float:
        """How many points the source lies above the others; below zero under them."""
        return (self.own.value or 0.0) - (self.others.value or 0.0)

    @property
    def is_clear(self) -> bool:
        """Whether the difference is more than luck, however many sources were tried (Bonferroni), and large enough to matter."""
        level = 1 - (1 - SURE) / self.tried
        return clearly_different(CONVERSION, self.own, self.others, level)


def strong_source(signals: Signals) -> Insight | None:
    """The source furthest above the others."""
    best = _best(signals)
    return _insight(signals, STRONG, best, Tone.GOOD, "more often") if best else None


def weak_source(signals: Signals) -> Insight | None:
    """The source furthest below the others, unless that says again what the strong one says: with two sources each is the others."""
    best = _best(signals)
    worst = min((each for each in _compared(signals) if each.is_clear and each.gap < 0), key=lambda each: each.gap, default=None)
    if worst is None or (best is not None and best.own == worst.others):
        return None
    return _insight(signals, WEAK, worst, Tone.WARNING, "less often")


def _best(signals: Signals) -> _Compared | None:
    return max((each for each in _compared(signals) if each.is_clear and each.gap > 0), key=lambda each: each.gap, default=None)


def _compared(signals: Signals) -> Iterator[_Compared]:
    """Every source with a name against the rest; leads of unknown source are among the rest."""
    by_source: defaultdict[str, Ratio] = defaultdict(lambda: Ratio(0, 0))
    for cohort in signals.cohorts:
        by_source[cohort.source] += cohort.conversion
    whole = together(signals.cohorts)
    others = {source: Ratio(whole.part - own.part, whole.whole - own.whole) for source, own in by_source.items()}
    tried = [source for source, own in by_source.items() if source and is_enough(CONVERSION, own, others[source])]
    for source in tried:
        yield _Compared(source=source, own=by_source[source], others=others[source], tried=len(tried))


def _insight(signals: Signals, rule: str, found: _Compared, tone: Tone, how: str) -> Insight:
    span = cohort_span(signals.today)
    both = Period(before(span).start, span.end)
    own, others = found.own, found.others
    return Insight(
        id=signals.id_of(rule, found.source),
        rule=rule,
        tone=tone,
        metric_key=CONVERSION.key,
        period=both,
        sentence=f"Leads from “{found.source}” became customers {how}: {own.part} of {own.whole} ({share_text(own.value)}), "
        f"of all others {others.part} of {others.whole} ({share_text(others.value)}).",
        evidence=f"leads assigned {days_of(both)}, converted within {IN_TIME_DAYS} days",
        sample=own.sample,
        source=found.source,
    )
