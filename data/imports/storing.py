"""Records into their table in a few statements: copied beside it, compared, and only what differs is written and remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from data.imports.building import Record
from data.imports.change_log import created_hash

STAGE: Final = "import_stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """How many records were new and how many changed; the others were the same already."""

    inserted: int
    updated: int


KEPT: Final = "coalesce(s.{column}, t.{column})"
"""For what the file does not always know: an empty cell leaves what is there."""
LATER: Final = "greatest(s.{column}, t.{column})"
_SAME_MOMENT: Final = (
    "CASE WHEN t.occurred_at = s.occurred_at AND t.agent_id = s.agent_id THEN t.{column} ELSE s.{column} END"  # history stays where it was
)
_FORWARD: Final = "CASE WHEN s.status = 'new' AND t.status = 'contacted' THEN t.status ELSE s.status END"
"""An activity logged here made the lead contacted; a file that does not know it does not take that back."""
_LEAD_STEPS: Final = tuple(f"{step}_{suffix}" for step in ("contacted", "interested", "converted") for suffix in ("at", "on"))
RULES: Final[Mapping[str, Mapping[str, str]]] = {
    "deal": {"expected_close_on": KEPT, "last_activity_at": LATER, "stage_entered_at": KEPT},
    "lead": {**dict.fromkeys((*_LEAD_STEPS, "response_seconds"), KEPT), "status": _FORWARD},
    "activity": {"local_on": _SAME_MOMENT, "local_hour": _SAME_MOMENT},
    "stage_change": {},
}
"""How a column of a known record is decided where it is not simply the file's value; t is the table, s the file."""


def store(
    session: Session, batch_id: int, table: str, records: Sequence[Record], *, targets: Sequence[int | None], only_new: frozenset[str]
) -> Stored:
    """Insert the records without a target, update the differing ones with one; `only_new` columns are never updated."""
    if not records:
        return Stored(inserted=0, updated=0)
    columns = sorted(records[0])
    _copy(session, table, columns, records, targets)
    compared = [column for column in columns if column not in only_new]
    updated = session.execute(text(_update(table, compared)), {"batch": batch_id}).scalar_one()
    inserted = session.execute(text(_insert(table, columns)), {"batch": batch_id}).scalar_one()
    return Stored(inserted=inserted, updated=updated)


def _copy(session: Session, table: str, columns: Sequence[str], records: Sequence[Record], targets: Sequence[int | None]) -> None:
    """Fill a temporary table that has the columns' own types."""
    listed = ", ".join(columns)
    session.execute(text(f"DROP TABLE IF EXISTS {STAGE}"))
    session.execute(text(f"CREATE TEMP TABLE {STAGE} ON COMMIT DROP AS SELECT {listed} FROM {table} WITH NO DATA"))
    session.execute(text(f"ALTER TABLE {STAGE} ADD COLUMN row_number int, ADD COLUMN target_id bigint"))
    raw: psycopg.Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment]
    with raw.cursor() as cursor, cursor.copy(f"COPY {STAGE} ({listed}, row_number, target_id) FROM STDIN") as copy:
        for number, (record, target) in enumerate(zip(records, targets, strict=True)):
            copy.write_row((*(record[column] for column in columns), number, target))
    session.execute(text(f"ANALYZE {STAGE}"))


def _decided(table: str, column: str) -> str:
    return RULES[table].get(column, "s.{column}").format(column=column)


def _update(table: str, columns: Sequence[str]) -> str:
    """Update what differs, remembering the columns as they were; returns the number of records."""
    old = ", ".join(f"t.{column}" for column in columns)
    new = ", ".join(_decided(table, column) for column in columns)
    assigned = ", ".join(f"{column} = {_decided(table, column)}" for column in columns)
    pairs = ", ".join(f"'{column}', t.{column}" for column in columns)
    touched = ", updated_at = now()" if table in {"deal", "lead"} else ""
    return (
        f"WITH was AS (SELECT t.id, jsonb_build_object({pairs}) AS before FROM {table} t JOIN {STAGE} s ON s.target_id = t.id "
        f"WHERE ROW({old}) IS DISTINCT FROM ROW({new})), "
        f"changed AS (UPDATE {table} t SET {assigned}{touched} FROM {STAGE} s, was "
        "WHERE s.target_id = t.id AND was.id = t.id RETURNING t.id), "
        "kept AS (INSERT INTO import_change (batch_id, table_name, record_id, before) "
        f"SELECT :batch, '{table}', was.id, was.before FROM was JOIN changed USING (id) RETURNING 1) SELECT count(*) FROM kept"
    )


def _insert(table: str, columns: Sequence[str]) -> str:
    """Insert the rest in the file's order, remembering that they are new; returns the number of records."""
    listed = ", ".join(columns)
    return (
        f"WITH made AS (INSERT INTO {table} ({listed}) SELECT {listed} FROM {STAGE} "
        "WHERE target_id IS NULL ORDER BY row_number "
        f"RETURNING id, {created_hash(table, table)} AS after_md5), "
        "kept AS (INSERT INTO import_change (batch_id, table_name, record_id, after_md5) "
        f"SELECT :batch, '{table}', id, after_md5 FROM made RETURNING 1) SELECT count(*) FROM kept"
    )
