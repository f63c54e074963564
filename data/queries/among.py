"""Conditions on very many values."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import SQLColumnExpression


def among(column: SQLColumnExpression[Any] | InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether the column is one of the values, bound as one array: a statement as short for a thousand as for one, and parsed once."""
    return column == func.any(bindparam(None, list(values), type_=ARRAY(column.type)))  # type: ignore[union-attr]
