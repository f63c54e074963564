"""Somebody with a row in every table, and their name and e-mail in every text there is room for."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ARRAY, Boolean, Column, Date, DateTime, String, Table, Time, insert
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from data.models import Person
from data.models.base import UtcDateTime, Word
from tests.builders import NOON, TUESDAY

SKIPPED: Final = frozenset({"organisation", "person", "erasure", "audit_log", "sign_in_attempt", "daily_metrics"})
"""Made before, about nobody, or filled by a trigger."""
OF_THE_PERSON: Final = frozenset(
    {"person_id", "agent_id", "created_by", "set_by", "imported_by", "changed_by", "connected_by", "made_by", "started_by"}
)
MONDAY, LATER = TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=31)
BY_COLUMN: Final[dict[str, Any]] = {"until_on": LATER, "ends_on": LATER, "week_on": MONDAY}
BY_TABLE: Final[dict[str, dict[str, Any]]] = {
    "calendar_event": {"ends_at": NOON + timedelta(hours=1)},
    "crm_connection": {"owner": None},
    "goal_advice": {"chosen": 1},
    "import_batch": {"rows": 3, "accepted_rows": 2, "rejected_rows": 1, "inserted_rows": 2, "updated_rows": 0, "unchanged_rows": 0},
    "kpi_target": {"team_id": None},
    "lead": {"assigned_on": TUESDAY},
    "nudge": {"arm": "plain"},
    "must_do": {"put_off_reason": ""},
    "reward": {"play_level": 2, "achievement": ""},
    "telegram_bot": {"name": "the_bot", "owner": None, "trouble": ""},
    "training_module": {"url": ""},
    "vision_template": {"team_id": None},
}
"""What a table's rules ask for."""


def fill(session: Session, person: Person) -> None:
    """A row in every table, parents first; each points at the rows made before it."""
    made: dict[str, dict[str, Any]] = {"person": {"id": person.id, "agent_id": person.id}}
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in SKIPPED:
            row = _row(table, person, made) | BY_TABLE.get(table.name, {})
            made[table.name] = dict(session.execute(insert(table).values(row).returning(*table.columns)).mappings().one())


def _row(table: Table, person: Person, made: dict[str, dict[str, Any]]) -> dict[str, Any]:
    links = {
        column.name: made[key.column.table.name][key.column.name]
        for column in table.columns
        for key in column.foreign_keys
        if not column.nullable
    }
    own: dict[str, Any] = {"holder": f"person:{person.id}"} if "holder" in table.columns else {}
    own |= dict.fromkeys(OF_THE_PERSON & set(table.columns.keys()), person.id)
    filled = {column.name: _value(column, person) for column in table.columns if _is_filled(column)}
    return filled | links | own


def _is_filled(column: Column[Any]) -> bool:
    is_text = isinstance(column.type, String | AutoString | JSONB)
    return is_text or not (column.nullable or column.server_default is not None or column is column.table.autoincrement_column)


def _value(column: Column[Any], person: Person) -> Any:  # noqa: PLR0911 - a value of any type
    match column.type:
        case Word() as word:
            return next(iter(word.words))
        case String() | AutoString():
            told = f"{person.name}, {person.email.upper()}" if person.email else ""
            return told if (column.type.length or 999) >= len(told) else "x"
        case ARRAY():
            return []
        case JSONB():
            return {"said": [person.name, person.email]}
        case UtcDateTime() | DateTime():
            return NOON
        case Date():
            return BY_COLUMN.get(column.name, TUESDAY)
        case Time():
            return time(9)
        case Boolean():
            return False
        case _:
            return 1


def names_in(session: Session, *words: str) -> set[tuple[str, str]]:
    """The columns of any table in which one of the words stands, in whatever case."""
    found = set()
    for table in SQLModel.metadata.sorted_tables:
        for row in session.execute(table.select()).mappings():
            found |= {(table.name, name) for name, value in row.items() if _holds(value, words)}
    return found


def _holds(value: object, words: tuple[str, ...]) -> bool:
    return not isinstance(value, int | float | date | datetime) and any(word.casefold() in str(value).casefold() for word in words)
