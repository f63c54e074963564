"""Two smoothings of one figure over the same days."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import altair as alt

from ui.drawing import ROWS, Drawing, Look, drawing, look
from ui.theme import Palette

HEIGHT: Final = 200
KEPT_LOOKS: Final = 64
ROOM: Final = 1.5
"""Days left free at either end, where the first and the last label would be cut off."""


def rolling_lines(rows: Sequence[Mapping[str, Any]], colors: Palette) -> Drawing:
    """Lines of the rows' `week` (thin) and `four_weeks` (strong) by their `day`; unknown leaves a gap."""
    return drawing(_look(tuple(row["day"] for row in rows), colors), [dict(row) for row in rows], HEIGHT)


@lru_cache(maxsize=KEPT_LOOKS)
def _look(order: tuple[str, ...], colors: Palette) -> Look:
    days = alt.Axis(labelAngle=0, labelOverlap="greedy", grid=False)
    across = alt.X("day:N", sort=list(order), title=None, axis=days, scale=alt.Scale(padding=ROOM))
    hours = alt.Axis(title="hours", format="~s", tickCount=4)
    base = alt.Chart(ROWS).encode(x=across, tooltip=[alt.Tooltip("day:N", title="Up to"), alt.Tooltip("words:N", title="Mean")])
    thin = base.mark_line(strokeWidth=1.5, strokeDash=[3, 3], color=colors.muted).encode(y=alt.Y("week:Q", axis=hours))
    strong = base.mark_line(strokeWidth=2.5, color=colors.primary).encode(y=alt.Y("four_weeks:Q", axis=hours))
    dots = base.mark_point(size=30, filled=True, color=colors.primary, opacity=0.01).encode(y=alt.Y("four_weeks:Q"))
    return look(alt.layer(thin, strong, dots), colors)
