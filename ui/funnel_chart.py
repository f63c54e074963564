"""Bars with their words above them: the funnel of a period's leads with both of its rates, and whatever else needs a line per bar."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import altair as alt

from domain.formatting import NOTHING
from domain.metrics.funnel import Step
from domain.metrics.measures import Ratio
from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

STEP_HEIGHT: Final = 52


def funnel_bars(steps: Sequence[Step], colors: Palette) -> Drawing:
    """One bar per step, as long as its count; both rates are written above it, because they answer different questions."""
    return worded_bars([(step.name, step.count, step_words(step, first=step is steps[0])) for step in steps], colors)


def worded_bars(rows: Sequence[tuple[str, int, str]], colors: Palette) -> Drawing:
    """Bars of (name, count, words) in the order given."""
    values = [{"name": name, "count": count, "words": words} for name, count, words in rows]
    is_empty = not any(count for _, count, _ in rows)
    return drawing(_worded_look(colors, is_empty=is_empty), values, STEP_HEIGHT * max(len(values), 1))


@cache
def _worded_look(colors: Palette, *, is_empty: bool) -> Look:
    """From zero to the longest bar; where all are zero up to one, because no bar has a length on an axis from zero to zero."""
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=colors.text, labelFontSize=13, labelLimit=140)),
        tooltip=[alt.Tooltip("name:N", title="Of"), alt.Tooltip("words:N", title="Leads")],
    )
    scale = alt.Scale(domain=[0, 1], nice=False) if is_empty else alt.Scale(zero=True, nice=False)
    bars = base.mark_bar(height=14, cornerRadius=6, color=colors.primary).encode(x=alt.X("count:Q", scale=scale, axis=None))
    words = base.mark_text(align="left", baseline="bottom", dy=-11, fontSize=12, color=colors.muted).encode(x=alt.value(0), text="words:N")
    return look(alt.layer(bars, words), colors)


def funnel_text(steps: Sequence[Step]) -> str:
    """The same in words."""
    return "; ".join(f"{step.name}: {step_words(step, first=step is steps[0])}" for step in steps) + "."


def step_words(step: Step, *, first: bool) -> str:
    """`40 · 85.1 % of assigned · 92.0 % of the step before`."""
    if first:
        return f"{step.count:,}"
    return f"{step.count:,} · {_percent(step.of_assigned)} of assigned · {_percent(step.of_previous)} of the step before"


def _percent(rate: Ratio) -> str:
    return NOTHING if rate.value is None else f"{rate.value * 100:.1f} %"
