"""An import taken back whole: what it created goes, what it changed is as before; or nothing happens and the reason is told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from data.imports.aftermath import renew_from_stages, renew_latest_activities
from data.imports.change_log import TABLES, content_hash
from data.models import Person
from data.models.derived import DERIVED
from domain.errors import ConflictError
from domain.lead_history import HISTORY_TYPES

_METADATA: Final = Person.metadata
_HISTORY: Final = ", ".join(f"'{kind}'" for kind in sorted(HISTORY_TYPES))
_PEOPLE: Final = frozenset({"team_membership", "person", "team"})
"""Created people and teams stay, with what they have, where something else uses them by now."""
_NOUNS: Final = {
    "activity": "activities",
    "stage_change": "stage moves",
    "deal": "deals",
    "lead": "leads",
    "person": "people",
    "team_membership": "team memberships",
    "team": "teams",
}
_CREATED: Final = "c.batch_id = :batch AND c.table_name = :table AND c.before IS NULL"
_CHANGED: Final = "c.batch_id = :batch AND c.table_name = :table AND c.before IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """How many records went, came back to what they were, and stayed because they are in use."""

    deleted: int
    restored: int
    kept: int


def undo(session: Session, batch_id: int) -> Undone:
    """Take the batch's records back in the caller's transaction; raises ConflictError when later imports or edits touched them."""
    session.execute(text("ANALYZE import_change"))  # the planner must know how large this batch is before it joins it
    _refuse_later_imports(session, batch_id)
    for table in TABLES:
        _refuse_edited(session, batch_id, table)
        _refuse_dependants(session, batch_id, table)
    _delete_history(session, batch_id)
    gone = _moments_of(session, batch_id)
    deals = _deals_of_moves(session, batch_id)
    deleted = sum(_delete(session, batch_id, table) for table in TABLES)
    restored = sum(_restore(session, batch_id, table) for table in TABLES)
    renew_latest_activities(session, gone)
    renew_from_stages(session, deals)
    kept = sum(_left(session, batch_id, table) for table in ("person", "team"))
    return Undone(deleted=deleted, restored=restored, kept=kept)


def _refuse_later_imports(session: Session, batch_id: int) -> None:
    row = session.execute(
        text(
            "SELECT b.id, b.file_name, count(*) FROM import_change mine "
            "JOIN import_change later USING (table_name, record_id) JOIN import_batch b ON b.id = later.batch_id "
            "WHERE mine.batch_id = :batch AND later.batch_id > :batch AND b.status = 'done' "
            "GROUP BY b.id, b.file_name ORDER BY b.id DESC LIMIT 1"
        ),
        {"batch": batch_id},
    ).one_or_none()
    if row is not None:
        raise ConflictError(f"Import {row[0]} ({row[1]}) changed {row[2]:,} of the same records later. Undo that one first.")


def _refuse_edited(session: Session, batch_id: int, table: str) -> None:
    """Changed records must be as the import left them; created ones too, but people and teams, which then stay."""
    only = "AND c.before IS NOT NULL" if table in _PEOPLE else ""
    edited = session.execute(
        text(
            f"SELECT count(*) FROM import_change c LEFT JOIN {table} t ON t.id = c.record_id WHERE c.batch_id = :batch "
            f"AND c.table_name = :table {only} AND (t.id IS NULL OR c.after_md5 IS DISTINCT FROM {content_hash(table, 't')})"
        ),
        {"batch": batch_id, "table": table},
    ).scalar_one()
    if edited:
        raise ConflictError(f"{edited:,} {_NOUNS[table]} of this import were changed or deleted since. Undoing would lose that work.")


def _refuse_dependants(session: Session, batch_id: int, table: str) -> None:
    """Nothing outside the batch may hang on the facts it created, but for what the product itself wrote down about them."""
    if table in _PEOPLE:
        return
    for other, column in _referring(table):
        entered = f"AND o.type NOT IN ({_HISTORY})" if other == "activity" else ""
        count = session.execute(
            text(
                f"SELECT count(*) FROM {other} o JOIN import_change c ON c.record_id = o.{column} WHERE {_CREATED} {entered} "
                "AND NOT EXISTS (SELECT 1 FROM import_change own WHERE own.batch_id = :batch AND own.table_name = :other "
                "AND own.record_id = o.id AND own.before IS NULL)"
            ),
            {"batch": batch_id, "table": table, "other": other},
        ).scalar_one()
        if count:
            noun = _NOUNS.get(other, other.replace("_", " ") + "s")
            raise ConflictError(f"{count:,} {noun} belong to {_NOUNS[table]} of this import. Undo or remove those first.")


def _referring(table: str) -> list[tuple[str, str]]:
    """The (table, column) pairs by which records that somebody entered point at the table."""
    others = (other for other in _METADATA.tables.values() if other.name not in DERIVED)
    return sorted((other.name, key.parent.name) for other in others for key in other.foreign_keys if key.column.table.name == table)


def _delete_history(session: Session, batch_id: int) -> None:
    """The entries about leads that are about to go; a lead moved there and back is as the import left it, and its history is not."""
    session.execute(
        text(f"DELETE FROM activity a USING import_change c WHERE {_CREATED} AND a.lead_id = c.record_id AND a.type IN ({_HISTORY})"),
        {"batch": batch_id, "table": "lead"},
    )


def _moments_of(session: Session, batch_id: int) -> list[tuple[int, datetime]]:
    """Deal and moment of the activities about to go or change."""
    rows = session.execute(
        text(
            "SELECT DISTINCT a.deal_id, a.occurred_at FROM activity a JOIN import_change c ON c.record_id = a.id "
            "WHERE c.batch_id = :batch AND c.table_name = 'activity' AND a.deal_id IS NOT NULL"
        ),
        {"batch": batch_id},
    )
    return [(deal_id, at) for deal_id, at in rows]


def _deals_of_moves(session: Session, batch_id: int) -> list[int]:
    rows = session.execute(
        text(
            "SELECT DISTINCT s.deal_id FROM stage_change s JOIN import_change c ON c.record_id = s.id "
            "WHERE c.batch_id = :batch AND c.table_name = 'stage_change'"
        ),
        {"batch": batch_id},
    )
    return list(rows.scalars())


def _restore(session: Session, batch_id: int, table: str) -> int:
    """Put the changed columns back; records may have had different columns changed."""
    values = {"batch": batch_id, "table": table}
    sets = session.execute(
        text(f"SELECT DISTINCT array(SELECT jsonb_object_keys(c.before) ORDER BY 1) FROM import_change c WHERE {_CHANGED}"), values
    ).scalars()
    return sum(_restore_columns(session, table, columns, values) for columns in list(sets))


def _restore_columns(session: Session, table: str, columns: list[str], values: dict[str, object]) -> int:
    known = set(_METADATA.tables[table].columns.keys())
    touched = ["updated_at = now()"] if table in {"deal", "lead"} else []
    assigned = ", ".join([f"{column} = r.{column}" for column in columns if column in known] + touched)
    rows = session.execute(
        text(
            f"UPDATE {table} t SET {assigned} FROM import_change c, LATERAL jsonb_populate_record(NULL::{table}, c.before) r "
            f"WHERE {_CHANGED} AND t.id = c.record_id AND array(SELECT jsonb_object_keys(c.before) ORDER BY 1) = :columns RETURNING t.id"
        ),
        {**values, "columns": columns},
    ).all()
    return len(rows)


def _delete(session: Session, batch_id: int, table: str) -> int:
    """Delete what the batch created; people and teams only where nothing else uses them and nobody edited them."""
    only = _DELETED_ONLY.get(table, "").format(hash=content_hash(table, "t"), unused=_unused(table))
    rows = session.execute(
        text(f"DELETE FROM {table} t USING import_change c WHERE {_CREATED} AND t.id = c.record_id {only} RETURNING t.id"),
        {"batch": batch_id, "table": table},
    ).all()
    return len(rows)


_OWN: Final = "SELECT 1 FROM import_change own WHERE own.batch_id = :batch AND own.before IS NULL AND own.table_name"
_DELETED_ONLY: Final = {
    "person": "AND c.after_md5 = {hash} AND {unused}",
    "team": "AND c.after_md5 = {hash} AND {unused}",
    "team_membership": f"AND NOT EXISTS ({_OWN} = 'person' AND own.record_id = t.person_id)",
}
"""A created person's membership goes and stays with the person."""
_IGNORED: Final = {"person": {"daily_metrics", "team_membership"}, "team": {"daily_metrics", "team_manager", "kpi_target"}}
"""What follows a person or team by itself: the roll-up, the memberships the import made, the importing manager's link,
the targets a new team starts with."""


def _unused(table: str) -> str:
    """SQL: nothing of weight points at record t."""
    others = [(other, column) for other, column in _referring(table) if other not in _IGNORED.get(table, set())]
    tests = [f"NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{column} = t.id)" for other, column in others]
    if table == "person":
        tests.append(
            f"NOT EXISTS (SELECT 1 FROM team_membership o WHERE o.person_id = t.id "
            f"AND NOT EXISTS ({_OWN} = 'team_membership' AND own.record_id = o.id))"
        )
    return " AND ".join(tests)


def _left(session: Session, batch_id: int, table: str) -> int:
    return int(
        session.execute(
            text(f"SELECT count(*) FROM import_change c JOIN {table} t ON t.id = c.record_id WHERE {_CREATED}"),
            {"batch": batch_id, "table": table},
        ).scalar_one()
    )
