"""A chart in two parts: how it looks, which Altair works out once, and what it shows, which is new every time.

Building and checking a chart costs Altair ten times what a screen's figures take from the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import altair as alt
import pyarrow as pa

from ui.theme import Palette, chart_config

ROWS: Final = alt.NamedData("rows")
"""Stands for the rows while a look is made."""
NUMBER_LABELS: Final = "datum.value < 1000 ? format(datum.value, '~g') : format(datum.value, '~s')"
"""For an axis of numbers: a plain axis formats all of them like the largest, 0.2k beside 1k, and half a sale as 500m."""
Look: TypeAlias = Mapping[str, Any]
"""A Vega-Lite chart without its rows. It is kept and shared by all sessions: never changed."""
Rows: TypeAlias = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A look with the rows it is drawn from and the height they need."""

    look: Look
    datasets: Mapping[str, Rows]
    """By the name the look gives them."""
    height: int

    def to_dict(self) -> dict[str, Any]:
        """The whole chart as Vega-Lite has it."""
        return self._with({name: list(rows) for name, rows in self.datasets.items()})

    def spec(self) -> dict[str, Any]:
        """The same for Streamlit, the rows as Arrow tables, which it passes on as they are."""
        return self._with({name: pa.Table.from_pylist(list(rows)) for name, rows in self.datasets.items()})

    def _with(self, datasets: Mapping[str, Any]) -> dict[str, Any]:
        return {**self.look, "height": self.height, "datasets": datasets}


def look(chart: alt.LayerChart | alt.FacetChart, colors: Palette) -> Look:
    """The chart in the product's look; for functions that are cached by what changes it."""
    return {**chart.to_dict(), "config": chart_config(colors)}


def drawing(a_look: Look, rows: Rows, height: int) -> Drawing:
    """A chart of one set of rows."""
    return Drawing(look=a_look, datasets={ROWS.name: rows}, height=height)
