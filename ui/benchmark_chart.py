"""An own figure among unnamed others."""

from functools import cache
from typing import Final

import altair as alt

from domain.metrics.ranking import Quartiles
from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

HEIGHT: Final = 70


def quartile_strip(score: float, others: Quartiles, colors: Palette) -> Drawing:
    """The middle half of the others as a bar, their median as a line, the own figure as a dot with the word "you"."""
    row = {"lower": others.lower, "median": others.median, "upper": others.upper, "score": score, "you": "you"}
    return drawing(_strip_look(colors), [row], HEIGHT)


@cache
def _strip_look(colors: Palette) -> Look:
    base = alt.Chart(ROWS)
    across = alt.Scale(zero=True, nice=True)
    tooltip = [
        alt.Tooltip("score:Q", title="You", format=".0f"),
        alt.Tooltip("lower:Q", title="Three quarters reach", format=".0f"),
        alt.Tooltip("median:Q", title="Half reach", format=".0f"),
        alt.Tooltip("upper:Q", title="A quarter reaches", format=".0f"),
    ]
    half = base.mark_bar(height=16, cornerRadius=8, color=colors.track).encode(
        x=alt.X("lower:Q", scale=across, title=None, axis=alt.Axis(tickCount=6, grid=False)), x2="upper:Q", tooltip=tooltip
    )
    median = base.mark_tick(thickness=3, height=26, color=colors.muted).encode(x="median:Q", tooltip=tooltip)
    own = base.mark_circle(size=160, color=colors.primary, opacity=1).encode(x="score:Q", tooltip=tooltip)
    word = base.mark_text(dy=-18, fontWeight="bold", color=colors.text).encode(x="score:Q", text="you:N")
    return look(alt.layer(half, median, own, word), colors)
