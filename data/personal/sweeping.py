"""Words that must stand nowhere any more, replaced in every text of every table."""

import json
import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

UNTOUCHED: Final = frozenset({"alembic_version", "audit_log", "daily_metrics"})
"""The audit log names people by number only, and refuses changes; the roll-up follows its facts by itself."""
_COLUMNS: Final = """
SELECT table_name, column_name, data_type = 'jsonb' AS is_json, character_maximum_length AS longest FROM information_schema.columns
JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND data_type IN ('text', 'character varying', 'jsonb')
ORDER BY table_name, ordinal_position
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is replaced by what. In any spelling of upper and lower case where it cannot be a word of the language."""

    old: str
    new: str

    @property
    def flags(self) -> str:
        """A name of one word, such as Will, is only meant where it is spelt like a name."""
        return "gi" if re.search(r"[\s@\d]", self.old) else "g"

    @property
    def pattern(self) -> str:
        """The words as PostgreSQL looks for them."""
        return _as_words(self.old)

    @property
    def can_be_told_apart(self) -> bool:
        """Whether they are spelt like a name or an address; one small word could be any."""
        return self.flags == "gi" or self.old != self.old.lower()


def replace_everywhere(session: Session, words: Words, *, but: Collection[tuple[str, str]] = ()) -> int:
    """Replace the words wherever they stand as words; returns how many rows had them. `but` names columns about somebody else."""
    tables = defaultdict[str, list[tuple[str, bool, int | None]]](list)
    for table, column, is_json, longest in session.execute(text(_COLUMNS)):
        if table not in UNTOUCHED and (table, column) not in but:
            tables[table].append((column, is_json, longest))
    return sum(_replace(session, table, columns, words) for table, columns in tables.items())


def _replace(session: Session, table: str, columns: list[tuple[str, bool, int | None]], words: Words) -> int:
    assigned, found = [], []
    for column, is_json, longest in columns:
        pattern, read = (":inside", f'"{column}"::text') if is_json else (":plain", f'"{column}"')
        matches = f"({read} ~{'*' if 'i' in words.flags else ''} {pattern})"
        new = f"regexp_replace({read}, {pattern}, :new, :flags)"
        shown = f"({new})::jsonb" if is_json else f"left({new}, {longest})" if longest else new
        assigned.append(f'"{column}" = CASE WHEN {matches} THEN {shown} ELSE "{column}" END')
        found.append(matches)
    statement = f'UPDATE "{table}" SET {", ".join(assigned)} WHERE {" OR ".join(found)} RETURNING 1'
    return len(session.execute(text(statement), _values(words)).all())


def _values(words: Words) -> dict[str, str]:
    inside = json.dumps(words.old, ensure_ascii=False)[1:-1]
    return {"plain": words.pattern, "inside": _as_words(inside), "new": words.new, "flags": words.flags}


def _as_words(old: str) -> str:
    return rf"(?<!\w){re.escape(old)}(?!\w)"
