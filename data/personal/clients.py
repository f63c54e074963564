"""What is held about a client, table by table: what becomes nameless, what is emptied and what goes when they ask to be forgotten.

A client is a lead with its deals. Numbers, dates and outcomes stay.
"""

from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from data.imports.change_log import TABLES
from data.personal.sweeping import Words, replace_everywhere
from domain.forgotten import TOLD_DIGITS, contact_traits
from domain.lead_history import HISTORY_TYPES

_DEALS: Final = "SELECT id FROM deal WHERE lead_id = :lead"
_OF_LEAD: Final = "lead_id = :lead"
_ABOUT: Final = f"({_OF_LEAD} OR deal_id IN ({_DEALS}))"
_HISTORY: Final = ", ".join(f"'{kind}'" for kind in sorted(HISTORY_TYPES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The rows of a table that are about a client."""

    table: str
    whose: str
    """The SQL condition; `:lead` is the lead's id."""
    named: str = ""
    """The column that says who it is: it tells the nameless name instead."""
    emptied: frozenset[str] = field(default=frozenset())


MENTIONS: Final = (
    Mention(table="activity", whose=_ABOUT, emptied=frozenset({"notes", "external_id"})),
    Mention(table="activity", whose=f"{_ABOUT} AND type NOT IN ({_HISTORY})", emptied=frozenset({"subject"})),
    Mention(table="calendar_event", whose=_ABOUT, named="title", emptied=frozenset({"notes"})),
    Mention(table="event_series", whose=_ABOUT, named="title", emptied=frozenset({"notes"})),
    Mention(table="vision_card", whose=_ABOUT, named="title", emptied=frozenset({"note"})),
    Mention(table="must_do", whose=_ABOUT, named="title", emptied=frozenset({"reason"})),
    Mention(table="deal_warning", whose=f"deal_id IN ({_DEALS})", emptied=frozenset({"reason"})),
    Mention(table="open_call", whose=_OF_LEAD, named="client_name", emptied=frozenset({"client_phone"})),
    Mention(table="sublist", whose=f"deal_id IN ({_DEALS})", named="name"),
    Mention(table="deal", whose=_OF_LEAD, named="name", emptied=frozenset({"company", "lost_reason", "external_id"})),
    Mention(table="lead", whose="id = :lead", named="name", emptied=frozenset({"company", "email", "phone", "lost_reason", "external_id"})),
)
"""In the order they are done: the deals are found by their lead."""
WITHOUT_WORDS: Final = frozenset({"stage_change", "deal_snapshot", "deal_monitoring_told"})
"""They point at a deal and hold no text about a client."""
DELETED: Final = frozenset({"deal_review"})
"""What was written about a client's deals goes as a whole: see `delete_reviews`."""
VOCABULARY: Final = frozenset(
    {"source", "category", "stage", "from_stage", "to_stage", "pipeline", "product", "origin", "region", "time_zone", "kind", "type", "key"}
)
"""Columns that sort records: a client called Austin does not rename a region."""
SET_UP: Final = frozenset({"organisation", "team", "person", "chain_link", "api_token", "saved_mapping", "reward", "training_module"})
"""What the company set up; none of it is about a client."""
_DIGITS: Final = r"right(regexp_replace(phone, '\D', '', 'g'), :told)"
_OTHERS: Final = f"""
SELECT EXISTS (SELECT 1 FROM lead WHERE id <> :lead AND (concat_ws(' | ', name, company, email) ~* :word OR {_DIGITS} = :digits))
OR EXISTS (SELECT 1 FROM deal WHERE lead_id IS DISTINCT FROM :lead AND company ~* :word)
OR EXISTS (SELECT 1 FROM sublist_contact WHERE concat_ws(' | ', name, company, email) ~* :word)
OR EXISTS (SELECT 1 FROM person WHERE concat_ws(' | ', name, email) ~* :word)
"""


def external_ids(session: Session, lead_id: int) -> list[tuple[str, str, str]]:
    """Table, system and id there of everything about the client that came from elsewhere."""
    tables = {"lead": "id = :lead", "deal": _OF_LEAD, "activity": _ABOUT}
    query = " UNION ALL ".join(
        f"SELECT '{table}', origin, external_id FROM {table} WHERE external_id IS NOT NULL AND {whose}" for table, whose in tables.items()
    )
    return [(table, origin, external_id) for table, origin, external_id in session.execute(text(query), {"lead": lead_id})]


def calendar_keys(session: Session, lead_id: int) -> list[str]:
    """The names, in the files they came from, of calendar entries about the client."""
    query = f"SELECT external_uid FROM calendar_event WHERE external_uid IS NOT NULL AND {_ABOUT}"
    return [key for (key,) in session.execute(text(query), {"lead": lead_id})]


def delete_recordings(session: Session, lead_id: int) -> int:
    """Forget the recordings of talks with the client; a sweep deletes their files."""
    query = f"DELETE FROM recording WHERE activity_id IN (SELECT id FROM activity WHERE {_ABOUT}) RETURNING 1"
    return len(session.execute(text(query), {"lead": lead_id}).all())


def delete_reviews(session: Session, lead_id: int) -> int:
    """Forget what was written about the client's deals; the next review is made of what is left."""
    query = f"DELETE FROM deal_review WHERE deal_id IN ({_DEALS}) RETURNING 1"
    return len(session.execute(text(query), {"lead": lead_id}).all())


def make_nameless(session: Session, lead_id: int, nameless: str) -> int:
    """Empty and rename what is about the client, and the copies of it that imports kept; how many records were touched."""
    for each in MENTIONS:
        if each.table in TABLES:
            _strip_copies(session, each, lead_id)
    return sum(_change(session, each, lead_id, nameless) for each in MENTIONS)


def is_also_somebody_else(session: Session, lead_id: int, words: Words) -> bool:
    """Whether another client, contact or colleague has the words in their name or address, or the same number."""
    digits = next((each.value for each in contact_traits(phone=words.old)), None)
    asked = {"lead": lead_id, "word": words.pattern, "digits": digits, "told": TOLD_DIGITS}
    return bool(session.execute(text(_OTHERS), asked).scalar_one())


def replace_in_texts(session: Session, words: Words) -> None:
    """Replace the words in what people and the product wrote, and in nothing that sorts records or is set up by the company."""
    tables = SQLModel.metadata.tables.values()
    kept = {(table.name, name) for table in tables for name in table.columns.keys() if table.name in SET_UP or name in VOCABULARY}  # noqa: SIM118 - columns, not names
    replace_everywhere(session, words, but=kept)


def _change(session: Session, mention: Mention, lead_id: int, nameless: str) -> int:
    columns: Any = SQLModel.metadata.tables[mention.table].columns
    told = [f"{name} = {'NULL' if columns[name].nullable else repr('')}" for name in sorted(mention.emptied)]
    told += [f"{mention.named} = :nameless"] if mention.named else []
    told += ["version = version + 1"] if "version" in columns else []
    query = f"UPDATE {mention.table} SET {', '.join(told)} WHERE {mention.whose} RETURNING 1"
    values = {"lead": lead_id} | ({"nameless": nameless} if mention.named else {})
    return len(session.execute(text(query), values).all())


def _strip_copies(session: Session, mention: Mention, lead_id: int) -> None:
    """An undone import must not bring back what is erased."""
    query = (
        "UPDATE import_change SET before = before - CAST(:columns AS text[]) WHERE before IS NOT NULL AND table_name = :table "
        f"AND record_id IN (SELECT id FROM {mention.table} WHERE {mention.whose})"
    )
    columns = sorted(mention.emptied | ({mention.named} if mention.named else set()))
    session.execute(text(query), {"columns": columns, "table": mention.table, "lead": lead_id})
