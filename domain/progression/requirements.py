"""A level's requirements held against what somebody did: each with its own value, how far it is, and whether it is held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.counters import Counters
from domain.progression.levels import STEPS
from domain.progression.terms import Terms
from domain.records import Level

HELD_SHARE: Final = 0.8
"""A month counts for a level when at least four fifths of what it asks was held: one weak figure is a bad week, not a level."""
LEAST_APPOINTMENTS: Final = 10
"""With fewer one sale moves the conversion by more than ten points: one lucky appointment is no rate."""
ROUNDING: Final = 1e-9
"""A week made of fifths or twelfths is no round number: 132 calls in 2.2 weeks are 60 a week, which floating point puts just below."""
LEAST_WEEKS: Final = 0.6
"""Three working days of a five-day week: on fewer, a week's worth of calls is a guess."""


class Kind(StrEnum):
    """What a requirement is about."""

    SALES = "sales"
    """Sales of the trailing twelve months."""
    CALLS = "calls"
    APPOINTMENTS = "appointments"
    SHOWINGS = "showings"
    CONVERSION = "conversion"
    SALES_PER_MONTH = "sales_per_month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What somebody did over some days, as the requirements need it."""

    work: Counters
    """Sums of the days whose weeks are counted."""
    weeks: float
    """How many planned working weeks these days had for them; a week of their own weekdays is one."""
    conversion_sums: Counters
    """Sums of the longer stretch over which conversion is told."""
    sales_per_month: float | None
    """Sales a month; None where it cannot be told."""
    sales_12_months: int | None = None
    """None where sales of twelve months are not asked, or some of the days are hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """One thing a level asks, and how far somebody is."""

    kind: Kind
    metric_key: str
    """The metric whose records stand behind the value."""
    needed: float
    value: float | None
    """None when there was nothing to measure."""

    @property
    def share(self) -> float | None:
        """Value ÷ needed, at most 1; None where there is no value."""
        return None if self.value is None else min(1.0, max(0.0, self.value / self.needed))

    @property
    def is_held(self) -> bool:
        """Whether the value reaches what is needed; what is unknown is not held."""
        return self.value is not None and self.value >= self.needed - ROUNDING


def requirements(level: Level, done: Stretch, terms: Terms, *, with_sales: bool = True) -> tuple[Requirement, ...]:
    """Everything the level asks in this kind of business, weakest first and what is unknown last."""
    found = [*(_sales(level, done) if with_sales else ()), *_weekly(level, done, terms), *_results(level, done, terms)]
    return tuple(sorted(found, key=lambda each: (each.share is None, each.share)))


def progress_share(asked: Iterable[Requirement]) -> float | None:
    """How far the weakest of them is, from 0 to 1; None when nothing could be measured."""
    return min((each.share for each in asked if each.share is not None), default=None)


def is_month_held(level: Level, done: Stretch, terms: Terms) -> bool:
    """Whether a month's work was that of the level: four fifths of its requirements, sales of twelve months aside."""
    asked = requirements(level, done, terms, with_sales=False)
    return sum(each.is_held for each in asked) >= HELD_SHARE * len(asked)


def _sales(level: Level, done: Stretch) -> Sequence[Requirement]:
    needed = STEPS[level].from_sales
    if not needed:
        return ()
    value = None if done.sales_12_months is None else float(done.sales_12_months)
    return (Requirement(kind=Kind.SALES, metric_key="deals_won", needed=needed, value=value),)


def _weekly(level: Level, done: Stretch, terms: Terms) -> list[Requirement]:
    asked = STEPS[level].asked
    counted = {
        Kind.CALLS: ("calls", asked.calls_per_week),
        Kind.APPOINTMENTS: (terms.appointments, asked.appointments_per_week),
        Kind.SHOWINGS: (terms.showings, asked.showings_per_week),
    }
    return [
        Requirement(kind=kind, metric_key=counter, needed=needed, value=_per_week(done, counter))
        for kind, (counter, needed) in counted.items()
        if counter is not None
    ]


def _per_week(done: Stretch, counter: str) -> float | None:
    return getattr(done.work, counter) / done.weeks if done.weeks >= LEAST_WEEKS else None


def _results(level: Level, done: Stretch, terms: Terms) -> list[Requirement]:
    asked, found = STEPS[level].asked, []
    if asked.conversion is not None:
        rate = terms.conversion(done.conversion_sums)
        value = rate.value if rate.sample >= LEAST_APPOINTMENTS else None
        found.append(Requirement(kind=Kind.CONVERSION, metric_key=terms.appointments, needed=asked.conversion, value=value))
    if asked.sales_per_month is not None:
        monthly = Requirement(kind=Kind.SALES_PER_MONTH, metric_key="deals_won", needed=asked.sales_per_month, value=done.sales_per_month)
        found.append(monthly)
    return found
