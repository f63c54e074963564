"""The field a goal's figure is typed into, in the unit people say it in: percent, hours, whole money."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import streamlit as st

from domain.goals.progress import GoalProgress
from domain.goals.target import BOUNDS
from domain.metrics.definition import Definition, Unit
from domain.money import from_minor
from ui.cards import explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """How a unit is typed."""

    word: str
    step: float
    format: str
    scale: int = 1
    """What one of the unit is shown as: a share of 1 as 100 %."""


_SHAPES: Final = {
    Unit.COUNT: _Shape(word="number", step=1.0, format="%.0f"),
    Unit.MONEY: _Shape(word="", step=100.0, format="%.2f"),
    Unit.PERCENT: _Shape(word="%", step=1.0, format="%.1f", scale=100),
    Unit.HOURS: _Shape(word="hours", step=0.5, format="%.2f"),
    Unit.RATING: _Shape(word="stars", step=0.1, format="%.1f"),
}


def target_field(definition: Definition, known: float | None, *, currency: str, key: str, hint: str | None = None) -> Decimal | None:
    """The figure to reach in the metric's unit (money in major units), or None when the field is empty."""
    shape, bounds = _SHAPES[definition.unit], BOUNDS[definition.unit]
    typed = st.number_input(
        _label(definition, shape, currency),
        min_value=float(bounds.least * shape.scale),
        max_value=float(bounds.most * shape.scale),
        value=None if known is None else round(known * shape.scale, 4),
        step=shape.step,
        format=shape.format,
        placeholder=hint,
        help=explanation(definition, currency=currency),
        key=key,
    )
    return None if typed is None else Decimal(str(typed)) / shape.scale


def typed_target(goal: GoalProgress, currency: str) -> float:
    """The target with money in major units, as it is given to `target_field`."""
    return _major(goal.definition, goal.goal.target, currency)


def stored_typed(definition: Definition, value: float, currency: str) -> float:
    """A figure as the field itself holds it: money in major units, shares as percent."""
    return round(_major(definition, value, currency) * _SHAPES[definition.unit].scale, 4)


def _major(definition: Definition, value: float, currency: str) -> float:
    return float(from_minor(round(value), currency)) if definition.unit is Unit.MONEY else value


def _label(definition: Definition, shape: _Shape, currency: str) -> str:
    unit = currency if definition.unit is Unit.MONEY else shape.word
    return f"{definition.name} ({unit}{', at most' if definition.lower_is_better else ''})"
