"""COPY into a table, and the ids the database hands out for the demo's own numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Cursor, sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The ids the database gave to the demo's numbers."""

    people: Mapping[int, int]
    teams: Mapping[str, int]
    leads: Sequence[int]
    deals: Sequence[int]
    sublists: Sequence[int]
    contacts: Sequence[int]

    def lead(self, key: int | None) -> int | None:
        """The stored id of a lead's key."""
        return self.leads[key - 1] if key else None

    def deal(self, key: int | None) -> int | None:
        """The stored id of a deal's key."""
        return self.deals[key - 1] if key else None


def copy(cursor: Cursor[Any], table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY the rows into the table's columns, given as words."""
    names = sql.SQL(", ").join(sql.Identifier(column) for column in columns.split())
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)) as stream:
        for row in rows:
            stream.write_row(row)


def next_ids(cursor: Cursor[Any], table: str, count: int) -> list[int]:
    """So many new ids of the table, in ascending order."""
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", (table, count))
    return [key for (key,) in cursor.fetchall()]
