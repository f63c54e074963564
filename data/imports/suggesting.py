"""A first mapping for a file: by a system's column names, else by what columns are commonly called."""

from collections.abc import Iterable
from typing import Final

from data.imports.kinds import FieldSpec, FieldType, Kind
from data.imports.layout import is_blank
from data.imports.mapping import FieldMapping, Mapping
from data.imports.presets import PRESETS, Preset
from data.imports.reading import FileDraft, data_rows
from data.imports.values import words
from data.imports.values.texts import key, letters, one_line

DISTINCT_VALUES: Final = 300
"""A column with more different values is not one whose values are mapped one by one."""
_RECOGNISED: Final = 3
"""Columns that must carry a system's own names before its preset is offered."""


def recognised(columns: Iterable[str], kind: Kind) -> Preset | None:
    """The system most of whose column names the file has, or None."""
    present = {key(column) for column in columns}
    hits = {
        preset: sum(1 for names in spec.columns.get(kind, {}).values() if present & {key(name) for name in names})
        for preset, spec in PRESETS.items()
    }
    best = max(hits, key=lambda preset: hits[preset])
    return best if hits[best] >= _RECOGNISED else None


def likely_kind(columns: Iterable[str]) -> Kind:
    """The kind whose fields most columns fit; deals when nothing tells."""
    listed = tuple(columns)
    scores = {kind: _score(listed, kind) for kind in (Kind.DEALS, Kind.ACTIVITIES, Kind.LEADS, Kind.STAGE_CHANGES, Kind.PEOPLE)}
    return max(scores, key=lambda kind: scores[kind])


def _score(columns: tuple[str, ...], kind: Kind) -> float:
    found = suggested_mapping(columns, kind, None)
    used = {entry.column for entry in found.fields.values()}
    required = [field.key for field in found.spec.fields if field.required]
    missing = sum(1 for name in required if name not in found.fields)
    return len(used) / max(len(columns), 1) - missing + len(required) / 100


def suggested_mapping(columns: tuple[str, ...], kind: Kind, preset: Preset | None) -> Mapping:
    """Columns put to fields by name; values are not looked at."""
    mapping = Mapping(kind=kind, origin=preset.value if preset else "file", fields={})
    by_key = {letters(column): column for column in reversed(columns)}
    fields = {field.key: _column(field, by_key, kind, preset) for field in mapping.spec.fields}
    styles = PRESETS[preset].styles if preset else {}
    chosen = {name: FieldMapping(column=column, style=styles.get(column, "")) for name, column in fields.items() if column}
    return mapping.model_copy(update={"fields": chosen})


def _column(field: FieldSpec, by_key: dict[str, str], kind: Kind, preset: Preset | None) -> str:
    preferred = PRESETS[preset].columns.get(kind, {}).get(field.key, ()) if preset else ()
    own_id = (f"{kind.value.rstrip('s')} id", "opportunity id") if field.key == "external_id" else ()
    names = (*preferred, *own_id, field.label, field.key, *field.aliases)
    return next((by_key[letters(name)] for name in names if letters(name) in by_key), "")


def distinct_values(draft: FileDraft, column: str, limit: int = DISTINCT_VALUES) -> dict[str, int] | None:
    """How often each value stands in the column, the commonest first; None when there are more than `limit`."""
    place = draft.columns.index(column)
    counts: dict[str, int] = {}
    for row in data_rows(draft):
        if is_blank(row) or place >= len(row.cells):
            continue
        value = one_line(row.cells[place])
        if not value:
            continue
        counts[value] = counts.get(value, 0) + 1
        if len(counts) > limit:
            return None
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def with_suggested_values(mapping: Mapping, draft: FileDraft) -> Mapping:
    """The mapping with a meaning for every value of a word column that has none yet and whose meaning can be guessed."""
    result = mapping
    for name, entry in mapping.fields.items():
        field = mapping.spec.field(name)
        if field.type is FieldType.WORD and entry.column in draft.columns:
            found = suggested_values(field, distinct_values(draft, entry.column) or {})
            given = {key(value) for value in entry.values}
            values = {**{value: word for value, word in found.items() if key(value) not in given}, **entry.values}
            result = result.with_field(name, values=values)
    return result


def suggested_values(field: FieldSpec, values: Iterable[str]) -> dict[str, str]:
    """What each value most likely means; values that already are our words, or mean nothing we know, are left out."""
    if field.words is None:
        return {}
    guesses = {value: words.suggested(value, field.words) for value in values}
    return {value: guess.value for value, guess in guesses.items() if guess is not None and letters(value) != letters(guess.value)}


def spellings(values: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Values that are another spelling of a known one: `GTXPro` of `GTX Pro`."""
    names = {letters(name): name for name in known if name.strip()}
    return {value: names[letters(value)] for value in values if letters(value) in names and names[letters(value)] != value}
