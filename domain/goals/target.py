"""What can be asked of a goal: a number in its metric's unit, within what the unit can hold."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import floor, log10
from typing import Final

from domain.errors import InputError
from domain.metrics.definition import Definition, Unit
from domain.money import from_minor, to_minor

PLACES: Final = Decimal("0.0001")
"""What is kept of a target: hundredths of a percentage point, a third of a second, any currency's smallest coin."""
DIGITS: Final = 2
"""A proposed amount has two figures that say something: 12,000 rather than 11,874."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The least and the most that can be asked for, in the metric's unit; money in major units."""

    least: Decimal
    most: Decimal
    words: str
    """What to name instead."""


BOUNDS: Final = {
    Unit.COUNT: Bounds(least=Decimal(1), most=Decimal(1_000_000), words="a whole number from 1 to 1,000,000"),
    Unit.MONEY: Bounds(least=Decimal("0.01"), most=Decimal(10**12), words="an amount from 0.01 to 1,000,000,000,000"),
    Unit.PERCENT: Bounds(least=Decimal("0.0001"), most=Decimal(1), words="a share above 0 and up to 100 %"),
    Unit.HOURS: Bounds(least=Decimal("0.01"), most=Decimal(720), words="a time from half a minute to 30 days"),
    Unit.RATING: Bounds(least=Decimal(1), most=Decimal(5), words="1 to 5 stars"),
}
"""For the units of the goal types. A goal outside them is a slip of the keyboard."""


def checked_target(definition: Definition, target: Decimal, currency: str) -> Decimal:
    """The target as it is stored, money rounded to the currency's coins; raises InputError that says what can be asked for."""
    bounds = BOUNDS[definition.unit]
    if not target.is_finite() or not bounds.least <= target <= bounds.most:
        raise _out_of_bounds(definition)
    if definition.unit is Unit.COUNT and target != target.to_integral_value():
        raise _out_of_bounds(definition)
    kept = from_minor(to_minor(target, currency), currency) if definition.unit is Unit.MONEY else target
    if not kept:
        raise _out_of_bounds(definition)
    return kept.quantize(PLACES, rounding=ROUND_HALF_UP)


def typed_amount(definition: Definition, value: float, currency: str) -> Decimal:
    """A figure as it is typed and stored: money in major units; from one in the metric's unit with money in minor units."""
    kept = from_minor(round(value), currency) if definition.unit is Unit.MONEY else Decimal(str(value))
    return kept.quantize(PLACES, rounding=ROUND_HALF_UP)


def rough_amount(minor: float) -> float:
    """An amount as somebody would propose it: its first two figures, then zeros."""
    step = 10 ** max(0, floor(log10(minor)) - DIGITS + 1) if minor > 0 else 1
    return float(round(minor / step) * step)


def _out_of_bounds(definition: Definition) -> InputError:
    return InputError(f"{definition.name}: name {BOUNDS[definition.unit].words}.", code="target_out_of_bounds")
