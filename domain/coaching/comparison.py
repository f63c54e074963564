"""Whether a figure differs between two stretches of days by more than luck, sums taken per planned working day."""

from dataclasses import dataclass
from typing import Final

from domain.coaching.patterns.pattern import Tier
from domain.counters import Counters
from domain.metrics.change import beyond_luck, enough
from domain.metrics.definition import Definition, Metric
from domain.metrics.intervals import USUAL
from domain.metrics.measures import Amount, Mean, Measure, Rate, Total

CLEAR_LEVEL: Final = 0.95
"""Told as clear when the interval of the difference leaves out zero at this level; at `USUAL` as likely."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some days of somebody's work."""

    sums: Counters
    workdays: int
    """Planned working days, without holidays and absences."""

    def measured(self, metric: Metric) -> Measure:
        """The figure; a count per working day, because a month with a holiday or a week of leave has less room for it."""
        found = metric.measure(self.sums)
        if isinstance(found, Total):
            return Rate(found.count, self.workdays)
        return Amount(found.total, found.events, found.scale * max(self.workdays, 1)) if isinstance(found, Amount) else found


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure then and now."""

    metric: Metric
    before: Measure
    now: Measure
    facts: tuple[int, int]
    """How many facts each of the two rests on, then and now."""
    tier: Tier

    @property
    def is_good(self) -> bool | None:
        """Whether a movement that is told goes the metric's good way; None where nothing is told or there is no such way."""
        moved = (self.now.value or 0.0) - (self.before.value or 0.0)
        if not self.tier.is_told or not moved or not (self.metric.higher_is_better or self.metric.lower_is_better):
            return None
        return (moved > 0) == self.metric.higher_is_better


def is_per_day(metric: Metric) -> bool:
    """Whether the figure is told per working day."""
    return isinstance(metric.measure(Counters()), Total | Amount)


def compared(metric: Metric, before: Stretch, now: Stretch, *, is_early: bool = False) -> Compared:
    """The figure of both stretches; too early where it is said so, or too few facts or no working day stand behind one."""
    then, late = before.measured(metric), now.measured(metric)
    raw = metric.measure(now.sums), metric.measure(before.sums)
    early = is_early or not enough(metric, *raw) or (is_per_day(metric) and not min(before.workdays, now.workdays))
    tier = Tier.TOO_EARLY if early else tier_of(late, then)
    return Compared(metric=metric, before=then, now=late, facts=(raw[1].sample, raw[0].sample), tier=tier)


def tier_of(now: Measure, before: Measure) -> Tier:
    """How sure it is that the figures behind the luck differ; too early where their spread is not known."""
    if now.value is None or before.value is None or now.interval() is None or before.interval() is None:
        return Tier.TOO_EARLY
    if beyond_luck(now, before, CLEAR_LEVEL):
        return Tier.CLEAR
    return Tier.LIKELY if beyond_luck(now, before, USUAL) else Tier.NOTHING


def has_interval(metric: Definition) -> bool:
    """Whether its spread is known: that of sums of sizes, and of averages without their squares, such as mean waits, is not."""
    found = metric.measure(Counters()) if isinstance(metric, Metric) else None
    return not isinstance(found, Amount) and not (isinstance(found, Mean) and found.squares is None)
