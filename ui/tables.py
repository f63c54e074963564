"""Tables that sort by a click on a heading, each column explained by the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import pandas as pd
import streamlit as st
from streamlit.column_config import NumberColumn, TextColumn
from streamlit.elements.lib.column_types import ColumnConfig

from domain.formatting import SYMBOLS
from domain.metrics.definition import Definition, Unit
from domain.metrics.reading import Reading
from domain.metrics.status import Tone
from domain.money import from_minor
from ui.cards import explanation

Rows: TypeAlias = Sequence[Mapping[str, Any]]
MAX_NAMED: Final = 2
"""More than two names in a cell are cut off anyway."""
_FORMATS: Final = {Unit.PERCENT: "%.1f %%", Unit.HOURS: "%.1f h", Unit.RATING: "%.1f ★"}
UNKNOWN: Final = "–"
_MARKS: Final = {Tone.GOOD: "✓", Tone.WARNING: "◔", Tone.BAD: "⚠"}
"""A sign before the word, because the canvas of a table has no icons."""


def cell(metric: Definition, value: float | None, currency: str) -> float | None:
    """A figure as a sortable number: whole money in major units, percentages times 100, unknown as an empty cell."""
    if value is None:
        return None
    match metric.unit:
        case Unit.MONEY:
            return float(round(from_minor(round(value), currency)))
        case Unit.PERCENT:
            return value * 100
    return value


def metric_column(metric: Definition, currency: str, *, name: str | None = None) -> ColumnConfig:
    """The heading of a metric's column, with its explanation on hover."""
    title = name or (f"{metric.name}, {SYMBOLS.get(currency, currency)}" if metric.unit is Unit.MONEY else metric.name)
    return NumberColumn(title, help=explanation(metric), format=_FORMATS.get(metric.unit, "localized"))


def text_column(name: str, *, help_text: str | None = None, width: Any = None, pinned: bool = False) -> ColumnConfig:  # noqa: ANN401 - Streamlit's width words
    """A column of words."""
    return TextColumn(name, help=help_text, width=width, pinned=pinned)


def number_column(name: str, *, help_text: str | None = None, places: int = 1) -> ColumnConfig:
    """A column of numbers that are no metric of their own."""
    return NumberColumn(name, help=help_text, format=f"%.{places}f")


def share_column(name: str, *, help_text: str | None = None, places: int = 1) -> ColumnConfig:
    """A column of percentages, from 0 to 100."""
    return NumberColumn(name, help=help_text, format=f"%.{places}f %%", width="small")


def standing_words(readings: Iterable[Reading]) -> str:
    """The most pressing statuses in words: `⚠ At risk: Calls, Sales`; `✓ On track` when nothing is behind."""
    found = list(readings)
    for tone in (Tone.BAD, Tone.WARNING):
        pressing = [reading for reading in found if reading.status.tone is tone]
        if pressing:
            names = [reading.metric.name for reading in pressing]
            more = f" +{len(names) - MAX_NAMED}" if len(names) > MAX_NAMED else ""
            return f"{_MARKS[tone]} {pressing[0].status.word}: {', '.join(names[:MAX_NAMED])}{more}"
    good = next((reading for reading in found if reading.status.tone is Tone.GOOD), None)
    return f"{_MARKS[Tone.GOOD]} {good.status.word}" if good else _no_verdict(found)


def _no_verdict(readings: Sequence[Reading]) -> str:
    return "Too early to say" if any(reading.target for reading in readings) else "No target set"


def sortable(rows: Rows, columns: Mapping[str, ColumnConfig], *, key: str, alt_text: str) -> None:
    """A table to read and sort."""
    st.dataframe(_frame(rows, columns), column_config=dict(columns), hide_index=True, key=key, alt=alt_text, placeholder=UNKNOWN)


def in_words(rows: Sequence[Mapping[str, str]], *, key: str, alt_text: str) -> None:
    """A table of words under the rows' own names, the first column staying in view; it scrolls by keyboard where it is too wide."""
    columns = {name: text_column(name, pinned=place == 0) for place, name in enumerate(rows[0] if rows else ())}
    sortable(rows, columns, key=key, alt_text=alt_text)


def choosable(rows: Rows, columns: Mapping[str, ColumnConfig], *, key: str, alt_text: str) -> int | None:
    """A table in which one row can be chosen; returns its place in `rows`, or None."""
    event = st.dataframe(
        _frame(rows, columns),
        column_config=dict(columns),
        hide_index=True,
        key=key,
        alt=alt_text,
        placeholder=UNKNOWN,
        on_select="rerun",
        selection_mode="single-row",
    )
    chosen = event["selection"]["rows"]
    return chosen[0] if chosen and chosen[0] < len(rows) else None


def _frame(rows: Rows, columns: Mapping[str, ColumnConfig]) -> pd.DataFrame:
    return pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=list(columns))
