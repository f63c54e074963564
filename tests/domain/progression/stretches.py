"""Facts for the tests of the ladder: an agent who does just so much a week."""

from datetime import date
from typing import Any

from domain.counters import Counters
from domain.progression.assessment import ProgressionFacts, QuarterEnd
from domain.progression.requirements import Stretch
from domain.progression.terms import TERMS
from domain.records import Profile

KNOWN_SINCE = date(2025, 1, 1)
TERMS_OF_HOMES = TERMS[Profile.REAL_ESTATE]


def stretch(calls: int = 0, appointments: int = 0, showings: int = 0, sales: int = 0, **fields: Any) -> Stretch:
    """Four working weeks with so much in each; `sales` are those of a month, and of three for the conversion."""
    work = Counters(calls=4 * calls, appointments=4 * appointments, showings=4 * showings)
    thirteen = Counters(appointments=13 * appointments, deals_won=3 * sales)
    return Stretch(**{"work": work, "weeks": 4.0, "conversion_sums": thirteen, "sales_per_month": float(sales)} | fields)


def developing_month() -> Stretch:
    """Everything a developing agent is asked: 40 calls, 5 appointments, 3 showings, conversion 12 of 65."""
    return stretch(calls=40, appointments=5, showings=3, sales=4)


def facts(sales: int, *, months: tuple[Stretch, ...] = (), quarters: tuple[int, ...] = (), now: Stretch | None = None) -> ProgressionFacts:
    """`quarters` are the twelve months' sales at the ends of the last quarters, newest first."""
    ends = (date(2026, 10, 1), date(2026, 7, 1))
    known = tuple(QuarterEnd(day=day, sales_12_months=count) for day, count in zip(ends, quarters, strict=False))
    of_late = now or stretch(sales_12_months=sales)
    return ProgressionFacts(
        terms=TERMS_OF_HOMES, known_since=KNOWN_SINCE, now=of_late, sales_12_months=sales, months=months, quarters=known
    )
