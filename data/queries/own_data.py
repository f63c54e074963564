"""Everything a table holds about one person, a few rows at a time."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Select, select, text, tuple_
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from data.personal.holding import Holding

AT_ONCE: Final = 500
"""Rows read together: memory stays the same however long somebody has been here."""


def columns(holding: Holding) -> list[str]:
    """The columns that are told, in the table's order."""
    return [column.name for column in SQLModel.metadata.tables[holding.table].columns if column.name not in holding.hidden]


def rows(session: Session, holding: Holding, person_id: int) -> Iterator[dict[str, Any]]:
    """The rows about the person in the order of their key, without what is hidden.

    Read by key, a few at a time: no transaction stays open while a slow line takes them.
    """
    told = columns(holding)
    names = [column.name for column in SQLModel.metadata.tables[holding.table].primary_key.columns]
    last: tuple[Any, ...] | None = None
    while some := session.execute(_page(holding, person_id, last)).mappings().all():
        yield from ({name: row[name] for name in told} for row in some)
        if len(some) < AT_ONCE:
            return
        last = tuple(some[-1][name] for name in names)


def _page(holding: Holding, person_id: int, last: tuple[Any, ...] | None) -> Select[Any]:
    table = SQLModel.metadata.tables[holding.table]
    keys = list(table.primary_key.columns)
    asked = select(table).where(text(f"({holding.whose})").bindparams(me=person_id)).order_by(*keys).limit(AT_ONCE)
    return asked if last is None else asked.where(tuple_(*keys) > tuple_(*last))
