"""Money per day, week or month as bars: a day without a sale is an empty place, not a dip in a line."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import altair as alt

from domain.formatting import SYMBOLS, money_text
from domain.metrics.trend import Point
from domain.money import from_minor
from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette
from ui.wording import counted

HEIGHT: Final = 220
KEPT_LOOKS: Final = 128


def revenue_bars(points: Sequence[Point], colors: Palette, *, currency: str) -> Drawing:
    """A bar per point; the highest has its amount above it, an unfinished one is pale inside a dashed edge."""
    highest = max((point for point in points if point.value), key=lambda point: point.value or 0.0, default=None)
    rows = [_row(point, currency, is_highest=point is highest) for point in points]
    return drawing(_look(tuple(row["label"] for row in rows), SYMBOLS.get(currency, ""), colors, is_empty=highest is None), rows, HEIGHT)


def _row(point: Point, currency: str, *, is_highest: bool) -> dict[str, Any]:
    amount = money_text(point.value or 0.0, currency)
    return {
        "label": point.label,
        "value": float(from_minor(round(point.value or 0.0), currency)),
        "amount": amount,
        "basis": f"{counted(point.measure.sample, 'sale')} whose amount is known{', not complete yet' if point.unfinished else ''}",
        "unfinished": point.unfinished,
        "told": amount if is_highest else "",
    }


@lru_cache(maxsize=KEPT_LOOKS)
def _look(order: tuple[str, ...], symbol: str, colors: Palette, *, is_empty: bool) -> Look:
    """Where nothing was sold the axis ends at one, because one from zero to zero has no numbers."""
    short = alt.Axis(labelAngle=0, labelOverlap="greedy", grid=False, labelExpr="replace(datum.label, 'week of ', '')")
    money = alt.Axis(tickCount=4, labelExpr=f"'{symbol}' + format(datum.value, '~s')")
    scale = alt.Scale(domain=[0, 1], nice=False) if is_empty else alt.Scale(zero=True, nice=True)
    tooltip = [alt.Tooltip("label:N", title="When"), alt.Tooltip("amount:N", title="Revenue"), alt.Tooltip("basis:N", title="From")]
    across = alt.X("label:N", sort=list(order), title=None, axis=short, scale=alt.Scale(paddingInner=0.25))
    base = alt.Chart(ROWS).encode(x=across, y=alt.Y("value:Q", title=None, axis=money, scale=scale), tooltip=tooltip)
    whole = base.transform_filter("!datum.unfinished").mark_bar(color=colors.primary, cornerRadiusEnd=3)
    begun = base.transform_filter("datum.unfinished").mark_bar(
        color=colors.primary, fillOpacity=0.25, stroke=colors.primary, strokeDash=[4, 3], strokeWidth=1.5, cornerRadiusEnd=3
    )
    told = base.mark_text(dy=-8, fontSize=12, fontWeight="bold", color=colors.text).encode(text="told:N")
    return look(alt.layer(whole, begun, told), colors)
