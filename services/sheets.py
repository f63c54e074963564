"""A table on its way out of the product: typed columns, rows, and the words that explain them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | int | float | Decimal | date | datetime | None


class Kind(StrEnum):
    """How a column's cells are written."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    SHARE = "share"
    """From 0 to 1, shown as a percentage where the format can."""
    MONEY = "money"
    """Major units, exact."""
    DAY = "day"
    MOMENT = "moment"
    """A date and time without a zone; the column's name says whose clock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its heading and how its cells are written."""

    name: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is shown on a view, as rows. An unknown figure is an empty cell, never a zero."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    about: tuple[tuple[str, str], ...] = ()
    """What was chosen and what the columns mean: (word, explanation)."""
