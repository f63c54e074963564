"""What an import touched, and the hash of what it left there, so that undoing it notices later edits."""

import json
from collections.abc import Mapping
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from data.models import Person

VOLATILE: Final = ("updated_at", "last_activity_at", "from_stage", "meaning")
"""Columns the product renews by itself; their change is nobody's edit."""
TABLES: Final = ("activity", "stage_change", "deal", "lead", "team_membership", "person", "team")
"""What imports write, dependants first: the order of undoing."""
_IGNORED: Final = "'{" + ",".join(VOLATILE) + "}'::text[]"


def created_hash(table: str, alias: str) -> str:
    """SQL: the hash of all of a created record but what the product renews by itself."""
    columns = [column.name for column in Person.metadata.tables[table].columns if column.name not in VOLATILE]
    return f"md5(ROW({', '.join(f'{alias}.{column}' for column in columns)})::text)"


def content_hash(table: str, alias: str) -> str:
    """SQL: the hash of row `alias` as change `c` sees it: of the columns it changed, or of all of a record it created."""
    part = f"(SELECT jsonb_object_agg(k, to_jsonb({alias}) -> k) FROM jsonb_object_keys(c.before) AS k)"
    changed = f"md5((coalesce({part}, '{{}}'::jsonb) - {_IGNORED})::text)"
    return f"CASE WHEN c.before IS NULL THEN {created_hash(table, alias)} ELSE {changed} END"


def remember(session: Session, batch_id: int, table: str, record_id: int, before: Mapping[str, object] | None) -> None:
    """Note a record created (None) or changed (its written columns as they were); what is already noted stays as it is."""
    session.execute(
        text(
            "INSERT INTO import_change (batch_id, table_name, record_id, before) VALUES (:batch, :table, :record, CAST(:before AS jsonb)) "
            "ON CONFLICT (batch_id, table_name, record_id) DO NOTHING"
        ),
        {
            "batch": batch_id,
            "table": table,
            "record": record_id,
            "before": None if before is None else json.dumps(dict(before), default=str),
        },
    )


def seal(session: Session, batch_id: int) -> None:
    """Store the hash of everything the batch left, where it is not stored yet."""
    for table in TABLES:
        session.execute(
            text(
                f"UPDATE import_change c SET after_md5 = {content_hash(table, 't')} FROM {table} t "
                "WHERE c.batch_id = :batch AND c.table_name = :table AND c.after_md5 IS NULL AND t.id = c.record_id"
            ),
            {"batch": batch_id, "table": table},
        )
