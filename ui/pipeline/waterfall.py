"""A waterfall: from one figure to another, step by step."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final

import altair as alt

from domain.formatting import money_text
from domain.money import from_minor
from domain.pipeline.changes import ACCOUNT, Tally
from domain.pipeline.names import PARTS
from services.pipeline_board import SinceThen
from ui.drawing import NUMBER_LABELS, ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

HEIGHT: Final = 260


def steps(found: SinceThen, currency: str | None) -> list[dict[str, Any]]:
    """A bar each: open then, what lead away from it, open now; in money with a currency, in deals without. Empty steps are left out."""
    account = found.account
    rows = [_bar("Open then", 0, _size(account.before, currency), "whole", currency)]
    level = _size(account.before, currency)
    for part in ACCOUNT:
        effect = _size(account.effect(part), currency)
        if effect:
            rows.append(_bar(PARTS[part], level, level + effect, "up" if effect > 0 else "down", currency))
        level += effect
    return [*rows, _bar("Open now", 0, level, "whole", currency)]


def drawn(rows: Sequence[Mapping[str, Any]], colors: Palette) -> Drawing:
    """The bars as a chart."""
    return drawing(_look(colors), list(rows), HEIGHT)


@cache
def _look(colors: Palette) -> Look:
    base = alt.Chart(ROWS).encode(
        x=alt.X("name:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelLimit=84, labelOverlap=False)),
        tooltip=[alt.Tooltip("name:N", title="Part"), alt.Tooltip("words:N", title="Deals or amount")],
    )
    shades = {"whole": colors.primary, "up": colors.good, "down": colors.poor}
    color = alt.Color("kind:N", scale=alt.Scale(domain=list(shades), range=list(shades.values())), legend=None)
    up = alt.Y("low:Q", title=None, axis=alt.Axis(labelExpr=NUMBER_LABELS, tickCount=4), scale=alt.Scale(zero=True))
    bars = base.mark_bar(cornerRadius=3, size=34).encode(y=up, y2="high:Q", color=color)
    words = base.mark_text(baseline="bottom", dy=-5, fontSize=12, color=colors.text).encode(y=alt.Y("high:Q"), text="words:N")
    return look(alt.layer(bars, words), colors)


def _bar(name: str, start: int, end: int, kind: str, currency: str | None) -> dict[str, Any]:
    sign = {"up": "+", "down": "−"}.get(kind, "")
    shown = f"{abs(end - start):,}" if currency is None else money_text(abs(end - start), currency, compact=True)
    low, high = sorted((start, end))
    return {"name": name, "low": _plotted(low, currency), "high": _plotted(high, currency), "kind": kind, "words": f"{sign}{shown}"}


def _size(tally: Tally, currency: str | None) -> int:
    return tally.deals if currency is None else tally.amount_minor


def _plotted(value: int, currency: str | None) -> float:
    return float(value) if currency is None else float(from_minor(value, currency))
