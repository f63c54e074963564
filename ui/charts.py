"""Charts as values: each function takes facts and colours and returns a drawing; `show` puts one on the screen."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Final

import altair as alt
import streamlit as st

from domain.formatting import share_text, value_text
from domain.metrics.reading import Reading
from domain.metrics.status import Tone
from ui.cards import asked_text
from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

ROW_HEIGHT: Final = 48
BAR_HEIGHT: Final = 30
MAX_SHARE: Final = 1.15
"""A bar ends a little beyond its target; the words beside it say the rest."""


def show(drawn: Drawing, *, alt_text: str, key: str, selection: str | None = None, fills: bool = False) -> Any:  # noqa: ANN401 - Streamlit's event or its element
    """Put the chart on the screen, with words for those who do not see it; with `selection`, a click reruns the page.

    With `fills` it is as high as what stands beside its card leaves room for.
    """
    if selection is None:
        return st.vega_lite_chart(drawn.spec(), key=key, alt=alt_text, height="stretch" if fills else "content")
    return st.vega_lite_chart(drawn.spec(), key=key, alt=alt_text, on_select="rerun", selection_mode=selection)


def target_bars(readings: Iterable[Reading], colors: Palette, *, currency: str = "USD") -> Drawing:
    """One bar per metric with a target: filled to the share reached, a marker where it should be by now, the words beside it."""
    rows = [_target_row(reading, currency) for reading in readings if reading.target]
    return drawing(_target_look(colors), rows, ROW_HEIGHT * max(len(rows), 1))


@cache
def _target_look(colors: Palette) -> Look:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("metric:N", sort=None, title=None, axis=alt.Axis(labelColor=colors.text, labelFontSize=13, labelLimit=140)),
        tooltip=[alt.Tooltip("metric:N", title="Metric"), alt.Tooltip("words:N", title="So far"), alt.Tooltip("due:N", title="By now")],
    )
    scale = alt.Scale(domain=[0, MAX_SHARE], nice=False)
    track = base.mark_bar(height=12, cornerRadius=6, color=colors.track).encode(x=alt.X("whole:Q", scale=scale, axis=None))
    filled = base.mark_bar(height=12, cornerRadius=6).encode(x=alt.X("share:Q", scale=scale), color=_tone_scale(colors))
    due = base.mark_tick(thickness=3, height=17, color=colors.text).encode(x=alt.X("due_share:Q", scale=scale))
    words = base.mark_text(align="left", baseline="bottom", dy=-9, fontSize=12, color=colors.muted).encode(x=alt.value(0), text="words:N")
    return look(alt.layer(track, filled, due, words), colors)


def target_bars_text(readings: Iterable[Reading], *, currency: str = "USD") -> str:
    """The same in a sentence per metric, for screen readers."""
    rows = [_target_row(reading, currency) for reading in readings if reading.target]
    return " ".join(f"{row['metric']}: {row['words']}; {row['due']}." for row in rows) or "No metric has a target in this period."


def _target_row(reading: Reading, currency: str) -> dict[str, Any]:
    metric, target = reading.metric, reading.target or 0
    expected = reading.expected or 0
    share = (reading.value or 0) / target
    reached = f"{value_text(metric, reading.value, currency, compact=True)} of target {asked_text(metric, target, currency)}"
    return {
        "metric": metric.name,
        "share": min(max(share, 0), MAX_SHARE),
        "whole": 1,
        "due_share": min(expected / target, MAX_SHARE),
        "tone": reading.status.tone.value,
        "words": f"{reached} ({share_text(share)}) · {reading.status.word}",
        "due": f"{asked_text(metric, expected, currency)} expected by now",
    }


def _tone_scale(colors: Palette) -> alt.Color:
    shades = {Tone.GOOD: colors.good, Tone.WARNING: colors.fair, Tone.BAD: colors.poor, Tone.QUIET: colors.unknown}
    scale = alt.Scale(domain=[tone.value for tone in shades], range=list(shades.values()))
    return alt.Color("tone:N", scale=scale, legend=None)


def ranked_bars(rows: Sequence[tuple[str, float, str]], colors: Palette) -> Drawing:
    """Bars of (name, figure, words), longest first as given, the words at their ends."""
    values = [{"name": name, "figure": figure, "words": words} for name, figure, words in rows]
    return drawing(_ranked_look(colors), values, BAR_HEIGHT * max(len(values), 1))


@cache
def _ranked_look(colors: Palette) -> Look:
    base = alt.Chart(ROWS).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelColor=colors.text, labelLimit=140)),
        tooltip=[alt.Tooltip("name:N", title="Who"), alt.Tooltip("words:N", title="How much")],
    )
    bars = base.mark_bar(height=12, cornerRadiusEnd=6, color=colors.primary).encode(x=alt.X("figure:Q", axis=None))
    ends = base.mark_text(align="left", dx=6, color=colors.muted).encode(x="figure:Q", text="words:N")
    return look(alt.layer(bars, ends), colors)
