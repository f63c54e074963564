"""A metric over time, and a week by its hours, as charts."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import altair as alt
import streamlit as st

from domain.formatting import share_text, value_text
from domain.metrics.definition import Definition, Unit
from domain.metrics.heatmap import Cell, Heatmap
from domain.metrics.trend import Point
from domain.money import from_minor
from services.trends import Trend
from ui import charts
from ui.cards import asked_text, is_count
from ui.drawing import NUMBER_LABELS, ROWS, Drawing, Look, drawing, look
from ui.theme import Palette, palette
from ui.wording import counted

WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CELL_HEIGHT: Final = 34
NAME_WIDTH: Final = 120
"""Pixels of an agent's name beside their row: a phone has 390."""
CELL_SELECTION: Final = "hour"
"""The name of the click on a cell."""
FINISHED: Final = alt.NamedData("finished")
TREND_HEIGHT: Final = 240
KEPT_LOOKS: Final = 256
"""A look depends on the figure and the days on its axis: a dozen periods that many people look at, in two colour schemes."""
UNFINISHED_NOTE: Final = "Dashed: not complete yet."
TARGET_NOTE: Final = "Grey steps: what was asked, by working days."


def show(line: Trend, targets: Sequence[float | None], *, currency: str, key: str) -> None:
    """The line with its targets as a chart, and below it what its strokes mean."""
    drawn = trend_line(line.metric, line.points, palette(), currency=currency, targets=targets)
    charts.show(drawn, alt_text=trend_text(line.metric, line.points, currency=currency, targets=targets), key=key, fills=True)
    has_unfinished, has_targets = any(point.unfinished for point in line.points), any(target is not None for target in targets)
    notes = [note for note, is_so in ((UNFINISHED_NOTE, has_unfinished), (TARGET_NOTE, has_targets)) if is_so]
    if notes:
        st.caption(" ".join(notes))


def trend_line(
    metric: Definition, points: Sequence[Point], colors: Palette, *, currency: str = "USD", targets: Sequence[float | None] = ()
) -> Drawing:
    """The figure per bucket as a line; what leads to an unfinished bucket is dashed and its point hollow. Unknown leaves a gap.

    With targets, one per point, a second line in grey shows what was asked.
    """
    rows = [_point_row(metric, point, currency) for point in points]
    if any(target is not None for target in targets):
        rows = [row | _target_cells(metric, target, currency) for row, target in zip(rows, targets, strict=True)]
    finished = [row for row in rows if not row["unfinished"]]
    has_figures = any(row["value"] for row in rows)
    order, has_targets = tuple(row["label"] for row in rows), any("target" in row for row in rows)
    a_look = _trend_look(metric.name, _axis_labels(metric), order, colors, has_figures=has_figures, has_targets=has_targets)
    return Drawing(look=a_look, datasets={ROWS.name: rows, FINISHED.name: finished}, height=TREND_HEIGHT)


@lru_cache(maxsize=KEPT_LOOKS)
def _trend_look(name: str, labels: str, order: tuple[str, ...], colors: Palette, *, has_figures: bool, has_targets: bool = False) -> Look:
    tooltip = [alt.Tooltip("label:N", title="When"), alt.Tooltip("figure:N", title=name), alt.Tooltip("basis:N", title="Basis")]
    across = alt.X("label:N", sort=list(order), title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", grid=False))
    up = alt.Y("value:Q", title=None, axis=alt.Axis(labelExpr=labels, tickCount=4), scale=_scale(has_figures=has_figures))
    whole, solid = alt.Chart(ROWS), alt.Chart(FINISHED)
    dashed = whole.mark_line(strokeWidth=2, strokeDash=[4, 4], color=colors.primary, opacity=0.7).encode(x=across, y=up)
    area = solid.mark_area(color=colors.primary, opacity=0.08).encode(x=across, y=up)
    line = solid.mark_line(strokeWidth=2.5, color=colors.primary).encode(x=across, y=up)
    fill = alt.when("datum.unfinished").then(alt.value(colors.background)).otherwise(alt.value(colors.primary))
    dots = whole.mark_point(size=55, filled=True, stroke=colors.primary, strokeWidth=2).encode(x=across, y=up, fill=fill, tooltip=tooltip)
    layers = [area, dashed, line, dots]
    if has_targets:
        told = [alt.Tooltip("label:N", title="When"), alt.Tooltip("asked:N", title="Target")]
        asked = whole.mark_line(strokeWidth=2, color=colors.muted, interpolate="step", point={"size": 30, "color": colors.muted})
        layers.insert(0, asked.encode(x=across, y=alt.Y("target:Q"), tooltip=told))
    return look(alt.layer(*layers), colors)


def _target_cells(metric: Definition, target: float | None, currency: str) -> dict[str, Any]:
    shown = "none" if target is None else asked_text(metric, target, currency)
    return {"target": _plotted(metric, target, currency), "asked": shown}


def trend_text(metric: Definition, points: Sequence[Point], *, currency: str = "USD", targets: Sequence[float | None] = ()) -> str:
    """The trend in words: first, last and highest bucket, and the last target where there is one."""
    known = [point for point in points if point.value is not None]
    if not known:
        return f"{metric.name}: nothing to show."
    best = max(known, key=lambda point: point.value or 0)
    parts = [f"{word} {point.label} {value_text(metric, point.value, currency)}" for word, point in _ends(known, best)]
    asked = next((target for target in reversed(targets) if target is not None), None)
    aim = f"; target lately {asked_text(metric, asked, currency)}" if asked is not None else ""
    return f"{metric.name} over time: {', '.join(parts)}{aim}."


def _ends(known: Sequence[Point], best: Point) -> list[tuple[str, Point]]:
    return [("from", known[0]), ("to", known[-1]), ("highest", best)]


def _point_row(metric: Definition, point: Point, currency: str) -> dict[str, Any]:
    return {
        "label": point.label,
        "value": _plotted(metric, point.value, currency),
        "figure": value_text(metric, point.value, currency),
        "basis": _basis(point),
        "unfinished": point.unfinished,
    }


def _basis(point: Point) -> str:
    """What the point rests on, and whether more is to come."""
    state = "not complete yet" if point.unfinished else "complete"
    return state if is_count(point.measure) else f"from {counted(point.measure.sample, 'record')}, {state}"


def _plotted(metric: Definition, value: float | None, currency: str) -> float | None:
    """The figure on the axis: money in major units, the rest as it is."""
    if value is None or metric.unit is not Unit.MONEY:
        return value
    return float(from_minor(round(value), currency))


def _scale(*, has_figures: bool) -> alt.Scale:
    """From zero up; where everything is zero up to one, because an axis from zero to zero has no numbers."""
    if has_figures:
        return alt.Scale(zero=True, nice=True)
    return alt.Scale(domain=[0, 1])


def _axis_labels(metric: Definition) -> str:
    return {Unit.PERCENT: "format(datum.value, '.0%')", Unit.RATING: "format(datum.value, '.1f')"}.get(metric.unit, NUMBER_LABELS)


def week_heatmap(found: Heatmap, colors: Palette) -> Drawing:
    """Weekday by hour: the shade and the figure in it are the calls; a click selects the cell."""
    rows = [_cell_row(found.cell(weekday, hour)) for weekday in range(1, len(WEEKDAYS) + 1) for hour in found.busy_hours]
    most = max((row["calls"] for row in rows), default=0)
    return drawing(heatmap_look(most, colors, WEEKDAYS, ("weekday", "hour")), rows, CELL_HEIGHT * len(WEEKDAYS))


@lru_cache(maxsize=KEPT_LOOKS)
def heatmap_look(most: int, colors: Palette, down: tuple[str, ...], fields: tuple[str, ...]) -> Look:
    """Cells of calls: `down` are the names of the rows (`day` of each cell), `fields` are what a click tells of it."""
    click = alt.selection_point(name=CELL_SELECTION, fields=list(fields), on="click", empty=False)
    base = alt.Chart(ROWS).encode(
        x=alt.X("clock:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, orient="top", labelOverlap="greedy", labelFlush=False)),
        y=alt.Y("day:N", sort=list(down), title=None, axis=alt.Axis(labelColor=colors.text, labelLimit=NAME_WIDTH)),
        tooltip=[
            alt.Tooltip("when:N", title="When"),
            alt.Tooltip("calls:Q", title="Calls"),
            alt.Tooltip("reached:N", title="Reached somebody"),
        ],
    )
    shade = alt.Color("calls:Q", scale=alt.Scale(domain=[0, max(most, 1)], range=list(colors.ramp)), legend=None)
    edge = alt.when(click).then(alt.value(colors.text)).otherwise(alt.value(colors.background))
    cells = base.mark_rect(cornerRadius=4, strokeWidth=2, cursor="pointer").encode(color=shade, stroke=edge)
    ink = alt.when(f"datum.calls >= {most * colors.on_ramp_from}").then(alt.value(colors.on_ramp)).otherwise(alt.value(colors.text))
    figures = base.mark_text(fontSize=11).encode(text="shown:N", color=ink)
    return look(alt.layer(cells.add_params(click), figures), colors)


def week_heatmap_text(found: Heatmap) -> str:
    """The week in words: how many calls, the busiest hour, and the hour that reaches most people if one does clearly."""
    busiest = max(found.cells, key=lambda cell: cell.calls)
    if not busiest.calls:
        return "No calls in this period."
    words = f"{counted(found.whole.whole, 'call')} by weekday and hour; most on {hour_text(busiest)} ({busiest.calls:,})."
    if found.best is not None:
        words += f" {hour_text(found.best)} reaches the most people: {share_text(found.best.rate.value)} of {found.best.calls:,} calls."
    return words


def hour_text(cell: Cell) -> str:
    """`Tue 09:00–10:00`."""
    return f"{WEEKDAYS[cell.weekday - 1]} {cell.hour:02d}:00–{cell.hour + 1:02d}:00"


def reached_text(cell: Cell) -> str:
    """`42 % (10 of 24)`, from ten calls on."""
    return f"{share_text(cell.rate.value)} ({cell.conversations:,} of {cell.calls:,})" if cell.is_judged else "too few calls for a rate"


def _cell_row(cell: Cell) -> dict[str, Any]:
    return {
        "weekday": cell.weekday,
        "hour": cell.hour,
        "day": WEEKDAYS[cell.weekday - 1],
        "clock": f"{cell.hour:02d}",
        "when": hour_text(cell),
        "calls": cell.calls,
        "reached": reached_text(cell),
        "shown": f"{cell.calls:,}" if cell.calls else "",
    }
