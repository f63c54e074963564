"""The five levels: how many sales of the trailing twelve months each takes, and what work belongs to it."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from domain.records import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What work belongs to a level; None is not asked. Per week are planned working weeks, so a holiday lowers nothing."""

    calls_per_week: int
    appointments_per_week: int
    showings_per_week: int
    conversion: float | None = None
    """Sales for each appointment held."""
    sales_per_month: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One level of the ladder."""

    level: Level
    name: str
    about: str
    from_sales: int
    """Sales of the trailing twelve months from which it begins."""
    below_sales: int | None
    """Sales at which the next one begins; None at the highest."""
    asked: Asked


def _step(level: Level, name: str, about: str, band: tuple[int, int | None], asked: Asked) -> Step:
    return Step(level=level, name=name, about=about, from_sales=band[0], below_sales=band[1], asked=asked)


LADDER: Final = (
    _step(
        Level.NEW_AGENT,
        "New agent",
        "Learning the basics",
        (0, 5),
        Asked(calls_per_week=20, appointments_per_week=2, showings_per_week=1),
    ),
    _step(
        Level.DEVELOPING,
        "Developing",
        "Building consistency",
        (5, 20),
        Asked(calls_per_week=40, appointments_per_week=5, showings_per_week=3, conversion=0.10),
    ),
    _step(
        Level.CONSISTENT,
        "Consistent performer",
        "Regular sales and steady income",
        (20, 50),
        Asked(calls_per_week=60, appointments_per_week=8, showings_per_week=5, conversion=0.15, sales_per_month=2),
    ),
    _step(
        Level.TOP_PERFORMER,
        "Top performer",
        "High volume of sales",
        (50, 100),
        Asked(calls_per_week=80, appointments_per_week=12, showings_per_week=8, conversion=0.20, sales_per_month=5),
    ),
    _step(
        Level.ELITE,
        "Elite",
        "Among the best there are",
        (100, None),
        Asked(calls_per_week=100, appointments_per_week=15, showings_per_week=10, conversion=0.25, sales_per_month=8),
    ),
)
"""From the first to the last. The bands are half-open: five sales are Developing already, and every number of sales has one level."""
STEPS: Final = {each.level: each for each in LADDER}
RANKS: Final = {each.level: rank for rank, each in enumerate(LADDER)}
"""How many levels lie below each."""
_ABOVE: Final = {lower.level: higher.level for lower, higher in pairwise(LADDER)}


def level_of_sales(sales: int) -> Level:
    """The level whose band holds so many sales of twelve months; fewer than none, which corrections could leave, count as none."""
    return next(each.level for each in reversed(LADDER) if max(0, sales) >= each.from_sales)


def next_level(level: Level) -> Level | None:
    """The level above, or None at the highest."""
    return _ABOVE.get(level)


def levels_between(low: Level, high: Level) -> list[Level]:
    """The levels above the first up to and including the second, highest first."""
    return [each.level for each in reversed(LADDER) if RANKS[low] < RANKS[each.level] <= RANKS[high]]
