"""How a file could be understood: its likely kind and system, a first mapping, what its values mean, and what only a person can tell."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from data.imports import saved, suggesting
from data.imports.encodings import ENCODINGS
from data.imports.kinds import FieldSpec, FieldType, Kind
from data.imports.mapping import Mapping
from data.imports.parsing import AmbiguousDatesError, date_style
from data.imports.presets import PRESETS, Preset, template
from data.imports.reading import FileDraft
from data.imports.text_rows import SEPARATORS
from data.imports.values.dates import STYLE_WORDS, DateStyle
from domain.errors import InputError

__all__ = [
    "ENCODINGS",
    "PRESETS",
    "SEPARATORS",
    "STYLE_WORDS",
    "DateStyle",
    "Plan",
    "Preset",
    "known_products",
    "plan",
    "replacements",
    "spellings",
    "template_csv",
    "undecided_dates",
    "value_counts",
    "with_meanings",
]
RENAMED_VALUES: Final = 60
"""More different values than this are not renamed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A first guess at a file; a person corrects it."""

    kind: Kind
    preset: Preset | None
    mapping: Mapping


def plan(draft: FileDraft, *, kind: Kind | None = None, preset: Preset | None = None) -> Plan:
    """The likeliest mapping of the file; what is given is not guessed."""
    chosen = kind or suggesting.likely_kind(draft.columns)
    system = preset or suggesting.recognised(draft.columns, chosen)
    mapping = suggesting.suggested_mapping(draft.columns, chosen, system)
    return Plan(kind=chosen, preset=system, mapping=with_meanings(mapping, draft))


def with_meanings(mapping: Mapping, draft: FileDraft) -> Mapping:
    """The mapping with a suggested meaning for every stage, type or outcome of the file it does not name yet."""
    return suggesting.with_suggested_values(mapping, draft)


def value_counts(draft: FileDraft, column: str) -> dict[str, int] | None:
    """How often each value stands in a column; None where there are too many to map one by one."""
    return suggesting.distinct_values(draft, column, RENAMED_VALUES)


def undecided_dates(draft: FileDraft, mapping: Mapping) -> list[FieldSpec]:
    """The date fields whose column can be read day first and month first; the mapping must say which."""
    dated = {FieldType.MOMENT, FieldType.DAY}
    return [
        field
        for field in mapping.spec.fields
        if field.type in dated and mapping.column(field.key) in draft.columns and _is_undecided(draft, mapping, field)
    ]


def _is_undecided(draft: FileDraft, mapping: Mapping, field: FieldSpec) -> bool:
    entry = mapping.fields[field.key]
    values = suggesting.distinct_values(draft, entry.column, draft.rows + 1) or {}
    try:
        date_style(field, entry.model_copy(update={"style": ""}), list(values))
    except AmbiguousDatesError:
        return True
    return False


def spellings(values: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Values that are another spelling of a known one: `GTXPro` of `GTX Pro`."""
    return suggesting.spellings(values, known)


def known_products(session: Session) -> list[str]:
    """The products deals have so far."""
    return saved.known_products(session)


def replacements(text: str) -> dict[str, str]:
    """`GTXPro = GTX Pro`, one a line; raises InputError for a line without its equals sign."""
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        old, sign, new = line.partition("=")
        if not sign or not old.strip():
            raise InputError(f"“{line.strip()[:60]}” is not understood. Write: value in the file = value to store.", code="bad_replacement")
        found[old.strip()] = new.strip()
    return found


def template_csv(kind: Kind) -> str:
    """Our own template as a CSV file with one example row."""
    target = io.StringIO()
    csv.writer(target).writerows(template(kind))
    return target.getvalue()
