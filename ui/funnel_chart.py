"""Bars with their words above them: the funnel of a period's leads with both of its rates, and whatever else needs a line per bar."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Final

import altair as alt

from domain.formatting import NOTHING
from domain.metrics.funnel import Step
from domain.metrics.intervals import Interval
from domain.metrics.measures import Ratio
from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

STEP_HEIGHT: Final = 52
ONE_BAR_HEIGHT: Final = 72
"""A single bar in a step's height has no room for the words above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: as long as its count, filled as far as `filled` of it, its words above, more on hover."""

    name: str
    count: int
    filled: int
    words: str
    hover: str


def funnel_bars(steps: Sequence[Step], colors: Palette) -> Drawing:
    """One bar per step, as long as its count; both rates are written above it, because they answer different questions."""
    return worded_bars([_step_bar(step, first=step is steps[0]) for step in steps], colors)


def _step_bar(step: Step, *, first: bool) -> Bar:
    spread = step.of_assigned.interval()
    likely = f"likely {range_text(spread)} of assigned" if spread and not first else "leads assigned in these days"
    return Bar(name=step.name, count=step.count, filled=step.count, words=step_words(step, first=first), hover=likely)


def worded_bars(bars: Sequence[Bar], colors: Palette) -> Drawing:
    """Bars in the order given."""
    is_empty = not any(bar.count for bar in bars)
    height = STEP_HEIGHT * len(bars) if len(bars) > 1 else ONE_BAR_HEIGHT
    return drawing(_worded_look(colors, is_empty=is_empty), [asdict(bar) for bar in bars], height)


@cache
def _worded_look(colors: Palette, *, is_empty: bool) -> Look:
    """From zero to the longest bar; where all are zero up to one, because no bar has a length on an axis from zero to zero."""
    tooltip = [alt.Tooltip("name:N", title="Of"), alt.Tooltip("words:N", title="Leads"), alt.Tooltip("hover:N", title="Range")]
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=colors.text, labelFontSize=13, labelLimit=140)),
        tooltip=tooltip,
    )
    scale = alt.Scale(domain=[0, 1], nice=False) if is_empty else alt.Scale(zero=True, nice=False)
    edged = base.mark_bar(height=14, cornerRadius=6, color=colors.primary, fillOpacity=0.25, stroke=colors.primary, strokeWidth=1)
    bars = edged.encode(x=alt.X("count:Q", scale=scale, axis=None))
    filled = base.mark_bar(height=14, cornerRadius=6, color=colors.primary).encode(x=alt.X("filled:Q", scale=scale, axis=None))
    words = base.mark_text(align="left", baseline="bottom", dy=-11, fontSize=12, color=colors.muted).encode(x=alt.value(0), text="words:N")
    return look(alt.layer(bars, filled, words), colors)


def range_text(spread: Interval) -> str:
    """`64–88 %`."""
    return f"{spread[0] * 100:.0f}–{spread[1] * 100:.0f} %"


def funnel_text(steps: Sequence[Step]) -> str:
    """The same in words."""
    return "; ".join(f"{step.name}: {step_words(step, first=step is steps[0])}" for step in steps) + "."


def step_words(step: Step, *, first: bool) -> str:
    """`40 · 85.1 % of assigned · 92.0 % of the step before`."""
    if first:
        return f"{step.count:,}"
    of_previous = f" · {_percent(step.of_previous)} of the step before" if step.of_previous.value is not None else ""
    return f"{step.count:,} · {_percent(step.of_assigned)} of assigned{of_previous}"


def _percent(rate: Ratio) -> str:
    return NOTHING if rate.value is None else f"{rate.value * 100:.1f} %"
