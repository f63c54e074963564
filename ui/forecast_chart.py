"""A period's way to its end: what is there, what is expected, how sure that is, and the target."""

from functools import lru_cache
from typing import Any, Final

import altair as alt

from domain.forecasting.forecast import Forecast
from domain.forecasting.words import amount_text, range_text
from domain.metrics.definition import Unit
from domain.metrics.intervals import Interval
from domain.money import from_minor
from services.forecasts import PeriodForecast
from ui.drawing import NUMBER_LABELS, ROWS, Drawing, Look, look
from ui.theme import Palette

HEIGHT: Final = 260
KEPT_LOOKS: Final = 64
UNSEEN: Final = 0.01
"""Points to come are there for the pointer only."""
AHEAD: Final = alt.NamedData("ahead")
TARGET: Final = alt.NamedData("target")


def way(shown: PeriodForecast, found: Forecast, colors: Palette) -> Drawing:
    """A line up to now, dashed from here to the expected end within a band of four of five cases; a level line is the target."""
    target = [] if shown.target is None else [_target_row(shown, shown.target)]
    datasets = {ROWS.name: _so_far(shown), AHEAD.name: _to_come(shown, found), TARGET.name: target}
    return Drawing(look=_look(shown.metric.name, colors), datasets=datasets, height=HEIGHT)


def _so_far(shown: PeriodForecast) -> list[dict[str, Any]]:
    return [_row(shown, day.isoformat(), amount, "so far") for day, amount in shown.trail]


def _to_come(shown: PeriodForecast, found: Forecast) -> list[dict[str, Any]]:
    """From last evening on, where the line and the band are one point."""
    known = [_row(shown, day.isoformat(), amount, "so far") | _band(shown, (amount, amount)) for day, amount in shown.trail[-2:-1]]
    return known + [
        _row(shown, step.day.isoformat(), step.expected, f"expected, likely {range_text(shown.metric, step.interval80, shown.currency)}")
        | _band(shown, step.interval80)
        for step in found.path
    ]


def _band(shown: PeriodForecast, likely: Interval) -> dict[str, float]:
    return {"low": _plotted(shown, likely[0]), "high": _plotted(shown, likely[1])}


def _target_row(shown: PeriodForecast, target: float) -> dict[str, Any]:
    words = f"target {amount_text(shown.metric, target, shown.currency)}"
    return {"day": shown.period.start.isoformat(), "amount": _plotted(shown, target), "words": words}


def _row(shown: PeriodForecast, day: str, amount: float, words: str) -> dict[str, Any]:
    figure = amount_text(shown.metric, amount, shown.currency)
    return {"day": day, "amount": _plotted(shown, amount), "words": f"{figure} {words}"}


def _plotted(shown: PeriodForecast, amount: float) -> float:
    """Money in major units, the rest as it is."""
    return float(from_minor(round(amount), shown.currency)) if shown.metric.unit is Unit.MONEY else amount


@lru_cache(maxsize=KEPT_LOOKS)
def _look(name: str, colors: Palette) -> Look:
    across = alt.X("day:T", title=None, axis=alt.Axis(format="%-d %b", tickCount=6, grid=False))
    up = alt.Y("amount:Q", title=None, axis=alt.Axis(labelExpr=NUMBER_LABELS, tickCount=5), scale=alt.Scale(zero=True, nice=True))
    tooltip = [alt.Tooltip("day:T", title="Evening of", format="%-d %b"), alt.Tooltip("words:N", title=name)]
    past, ahead, asked = alt.Chart(ROWS), alt.Chart(AHEAD), alt.Chart(TARGET)
    band = ahead.mark_area(color=colors.primary, opacity=0.18).encode(x=across, y=alt.Y("low:Q", title=None), y2="high:Q")
    dashed = ahead.mark_line(strokeWidth=2, strokeDash=[4, 4], color=colors.primary).encode(x=across, y=up)
    line = past.mark_line(strokeWidth=2.5, color=colors.primary).encode(x=across, y=up)
    dots = (
        part.mark_point(size=28, filled=True, color=colors.primary, opacity=shade).encode(x=across, y=up, tooltip=tooltip)
        for part, shade in ((past, 0.9), (ahead, UNSEEN))
    )
    level = asked.mark_rule(strokeWidth=1.5, color=colors.text, strokeDash=[1, 3]).encode(y=up)
    label = asked.mark_text(align="left", baseline="bottom", dx=2, dy=-3, color=colors.text, fontSize=12).encode(
        x=across, y=up, text="words:N"
    )
    return look(alt.layer(band, dashed, line, *dots, level, label), colors)
