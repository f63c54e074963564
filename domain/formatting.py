"""Figures, changes and spans as people read them."""

from datetime import date
from decimal import Decimal
from typing import Final

from domain.metrics.change import Change, ChangeKind, in_points
from domain.metrics.definition import Definition, Unit
from domain.money import decimals, from_minor
from domain.periods import Grain, Period

NOTHING: Final = "–"
"""What stands where there was nothing to measure."""
SYMBOLS: Final = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "CAD": "CA$", "AUD": "A$"}
"""Currencies with a sign everybody reads; the others show their ISO code."""
LEAST_CERTAIN: Final = 0.01
MOST_CERTAIN: Final = 0.99
LEAST_MOVED: Final = 0.05
"""Rounds to nought, which would read as a fall of nothing: −0.0."""
COMPACT_FROM: Final = Decimal(100_000)
"""Amounts from here on lose their last digits in compact form."""


def value_text(metric: Definition, value: float | None, currency: str = "USD", *, compact: bool = False) -> str:
    """The figure with its unit: 1,234 · 12.5 % · $12,340 · 1.5 h · 4.7 ★. Unknown is a dash, not zero."""
    if value is None:
        return NOTHING
    match metric.unit:
        case Unit.PERCENT:
            return f"{value * 100:.1f} %"
        case Unit.MONEY:
            return money_text(value, currency, compact=compact)
        case Unit.HOURS:
            return hours_text(value)
        case Unit.RATING:
            return f"{value:.1f} ★"
        case Unit.COUNT | Unit.POINTS:
            return number_text(value)


def number_text(value: float) -> str:
    """A number with thousands separated; below a hundred one decimal where it has one."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}".removesuffix(".0")  # noqa: PLR2004 - decimals stop mattering


def money_text(minor: float, currency: str, *, compact: bool = False) -> str:
    """An amount of minor units without its cents from 100 on; compact shows 1.25M."""
    amount = from_minor(round(minor), currency)
    sign, size = "−" if amount < 0 else "", abs(amount)
    figure = _compact(size) if compact and size >= COMPACT_FROM else f"{size:,.{_places(size, currency)}f}"
    symbol = SYMBOLS.get(currency)
    return f"{sign}{symbol}{figure}" if symbol else f"{sign}{figure} {currency}"


def _places(size: Decimal, currency: str) -> int:
    return 0 if size >= 100 or size == size.to_integral_value() else decimals(currency)  # noqa: PLR2004 - cents stop mattering


def _compact(size: Decimal) -> str:
    if size >= 999_500:  # noqa: PLR2004 - rounds to a million
        return f"{size / 1_000_000:.2f}M"
    return f"{size / 1000:.0f}k"


def hours_text(hours: float, *, in_days: bool = True) -> str:
    """A duration: 45 s, 12 min, 3.5 h, and from two days on 2.1 days, or still hours where a day has fewer than 24 of them."""
    minutes = hours * 60
    if round(minutes * 60) < 60:  # noqa: PLR2004 - seconds in a minute
        return f"{minutes * 60:.0f} s"
    if round(minutes) < 60:  # noqa: PLR2004 - minutes in an hour
        return f"{minutes:.0f} min"
    if hours < 48 or not in_days:  # noqa: PLR2004 - up to two days people think in hours
        return f"{hours:,.{0 if hours >= 100 else 1}f} h"  # noqa: PLR2004 - six minutes of a hundred hours are no news
    return f"{hours / 24:,.1f} days"


def about_text(expected: float) -> str:
    """What is foreseen, no finer than it can be: whole from ten on, below it one decimal where it has one."""
    return number_text(round(expected, 1 if abs(expected) < 10 else None))  # noqa: PLR2004 - a tenth of more is no difference


def change_text(metric: Definition, change: Change) -> str:
    """The movement in words: +12 %, −3.1 points, new, no change, or why there is none."""
    match change.kind:
        case ChangeKind.UNKNOWN:
            return "nothing to compare with"
        case ChangeKind.NEW:
            return "new"
        case ChangeKind.FLAT:
            return "no change"
        case ChangeKind.UP | ChangeKind.DOWN:
            return _moved(metric, change)


def _moved(metric: Definition, change: Change) -> str:
    if in_points(metric) and change.difference is not None:
        scale, word = (100, "points") if metric.unit is Unit.PERCENT else (1, "★")
        moved = change.difference * scale
        if abs(moved) < LEAST_MOVED:
            return f"under 0.1 {word}"
        return f"{_signed(moved, 1)} {word}"
    return f"{_signed((change.share or 0) * 100, 0)} %"


def _signed(value: float, places: int) -> str:
    return f"{'+' if value > 0 else '−'}{abs(value):,.{places}f}"


def signed_text(metric: Definition, value: float, currency: str = "USD") -> str:
    """A difference with its sign, in the metric's unit: +3, −$1,200."""
    return f"{'−' if value < 0 else '+'}{value_text(metric, abs(value), currency)}"


def interval_text(metric: Definition, interval: tuple[float, float] | None, currency: str = "USD") -> str:
    """Where the figure behind the luck lies: "12.0 %–18.5 %"; empty when unknown."""
    if interval is None:
        return ""
    return f"{value_text(metric, interval[0], currency)}–{value_text(metric, interval[1], currency)}"


def share_text(share: float | None) -> str:
    """A share as a whole percentage."""
    return NOTHING if share is None else f"{share * 100:.0f} %"


def chance_text(probability: float) -> str:
    """A chance as a percentage; nothing that is still to come is certain, so it ends at 1 and at 99 %."""
    if probability > MOST_CERTAIN:
        return "over 99 %"
    return "under 1 %" if probability < LEAST_CERTAIN else f"{probability * 100:.0f} %"


def period_text(period: Period) -> str:
    """The span as people call it: 10 Mar 2026 · March 2026 · Q1 2026 · 2026 · 2 – 8 Mar 2026."""
    match period.grain:
        case Grain.MONTH:
            return f"{period.start:%B %Y}"
        case Grain.QUARTER:
            return f"Q{(period.start.month + 2) // 3} {period.start.year}"
        case Grain.YEAR:
            return str(period.start.year)
        case _:
            return span_text(period.start, period.last_day)


def span_text(first: date, last: date) -> str:
    """Two days, the year (and the month) said once where they share it."""
    if first == last:
        return day_text(first)
    if first.year != last.year:
        return f"{day_text(first)} – {day_text(last)}"
    start = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{start} – {day_text(last)}"


def day_text(day: date) -> str:
    """A day: 10 Mar 2026."""
    return f"{day.day} {day:%b %Y}"
