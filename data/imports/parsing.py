"""Columns of text become columns of values; whatever cannot be read is an error of its row, never of the file."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from data.imports.kinds import FieldSpec, FieldType
from data.imports.mapping import FieldMapping, Mapping
from data.imports.raw_columns import RawColumns
from data.imports.row_errors import RowError, row_error
from data.imports.values import dates, durations, numbers, words
from data.imports.values.dates import DateStyle
from data.imports.values.durations import DurationUnit
from data.imports.values.identifiers import identifier
from data.imports.values.texts import key, one_line, paragraphs, refuse_unreadable
from domain.errors import InputError
from domain.local_time import zone as known_zone
from domain.records import WORK_TYPES, ActivityType

Parser = Callable[[str], Any]
IDENTITY_TYPES: Final = frozenset({FieldType.AGENT, FieldType.DEAL, FieldType.LEAD, FieldType.IDENTIFIER})
_RATINGS: Final = range(1, 6)
_ENTERED: Final = WORK_TYPES | {ActivityType.NOTE}
"""Activity types a file may bring; the others are the product's own history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedColumns:
    """Values by field key, one per row; unknown is None, absent text empty. A row with an error has values nobody may use."""

    mapping: Mapping
    lines: list[int]
    values: dict[str, list[Any]]
    external_ids: list[str]
    """The other system's id, or the row's fingerprint."""
    errors: dict[int, RowError]
    blank_rows: int

    def refuse(self, row: int, field_key: str, reason: str, value: object = "") -> None:
        """Make the row an error unless it already is one."""
        if row not in self.errors:
            column = self.mapping.column(field_key) or (self.mapping.spec.field(field_key).label if field_key else "")
            self.errors[row] = row_error(self.lines[row], column, value, reason)


class AmbiguousDatesError(InputError):
    """A column's dates can be read in two ways and the file does not tell which; the mapping has to."""

    code = "ambiguous_dates"


def parse(raw: RawColumns, mapping: Mapping, advanced: Callable[[float], None]) -> ParsedColumns:
    """All columns of the file parsed without asking anybody else. Raises AmbiguousDatesError where the mapping must decide."""
    external = raw.texts.get("external_id")
    parsed = ParsedColumns(
        mapping=mapping,
        lines=raw.lines,
        values={},
        external_ids=list(raw.fingerprints),
        errors=dict(raw.errors),
        blank_rows=raw.blank_rows,
    )
    for number, (name, entry) in enumerate(mapping.fields.items()):
        spec = mapping.spec.field(name)
        texts = raw.texts.pop(name, None) or [""] * len(raw.lines)
        parsed.values[name] = _column(parsed, spec, entry, texts)
        advanced((number + 1) / len(mapping.fields))
    if external is not None:
        ids = zip(parsed.values["external_id"], raw.fingerprints, strict=True)
        parsed.external_ids[:] = [own or fingerprint for own, fingerprint in ids]
    return parsed


def _column(parsed: ParsedColumns, spec: FieldSpec, entry: FieldMapping, texts: Sequence[str]) -> list[Any]:
    distinct = dict.fromkeys(texts)
    meanings = {key(text): value for text, value in entry.values.items()}
    given = {text: _given(text, entry, meanings) for text in distinct}
    parser = _parser(spec, entry, [text for text in given.values() if text])
    read = {text: _read(value, spec, parser) for text, value in given.items()}
    empty = "" if spec.type in {FieldType.TEXT, FieldType.STAGE, FieldType.NOTES} else None
    values = []
    for row, text in enumerate(texts):
        value, reason = read[text]
        if reason:
            parsed.refuse(row, spec.key, reason, text)
        values.append(empty if value is None else value)
    return values


def _given(text: str, entry: FieldMapping, meanings: dict[str, str]) -> str:
    """What the cell stands for: its mapped value, or the default where it is empty."""
    if meanings:
        text = meanings.get(key(text), text)
    return text.strip(" \t\r\n\xa0\x00\ufeff") or entry.default


def _read(text: str, spec: FieldSpec, parser: Parser) -> tuple[Any, str]:
    """The value and nothing, or None and the reason there is none."""
    try:
        refuse_unreadable(text)
        value = parser(text) if text else None
    except ValueError as error:
        return None, str(error)
    except ArithmeticError:
        return None, "This number is too large or too small to be read."
    if spec.required and value in {None, ""}:
        return None, "This is empty, and every row needs it."
    return value, ""


def _parser(spec: FieldSpec, entry: FieldMapping, texts: Collection[str]) -> Parser:
    match spec.type:
        case FieldType.MOMENT | FieldType.DAY:
            style = date_style(spec, entry, texts)
            return lambda text: dates.when(text, style)
        case FieldType.DURATION:
            unit = DurationUnit(entry.style) if entry.style else durations.unit_of(entry.column, texts)
            return lambda text: durations.duration_seconds(text, unit)
        case FieldType.MONEY:
            mark = entry.style or numbers.decimal_mark(texts)
            return lambda text: numbers.money(text, mark)
        case FieldType.WORD:
            return lambda text: _word(text, spec.words)
    return _PLAIN.get(spec.type) or _limited(spec)


def date_style(spec: FieldSpec, entry: FieldMapping, texts: Collection[str]) -> DateStyle:
    """The style the mapping or else the column decides; raises AmbiguousDatesError where neither does."""
    if entry.style:
        return DateStyle(entry.style)
    styles = dates.possible_styles(texts)
    if len(styles) > 1:
        raise AmbiguousDatesError(
            f"“{entry.column}” ({spec.label}) has dates such as {next(iter(texts))}. Choose whether the day or the month comes first."
        )
    return styles[0]


def _word(text: str, members: type[StrEnum] | None) -> StrEnum:
    assert members is not None  # noqa: S101 - a word field names its words
    found = words.word(text, members)
    if isinstance(found, ActivityType) and found not in _ENTERED:
        raise ValueError("Entries of this type are written by the product itself and cannot be imported.")
    return found


def _limited(spec: FieldSpec) -> Parser:
    """Cleaned text, refused when it is longer than the field holds."""
    clean = {FieldType.NOTES: paragraphs}.get(spec.type, identifier if spec.type in IDENTITY_TYPES else one_line)

    def parser(text: str) -> str:
        cleaned = clean(text)
        if len(cleaned) > spec.max_length:
            raise ValueError(f"This has {len(cleaned):,} characters; {spec.label} holds {spec.max_length:,}.")
        return cleaned

    return parser


def _rating(text: str) -> int:
    points = numbers.whole_number(text)
    if points not in _RATINGS:
        raise ValueError("A rating is a whole number from 1 to 5.")
    return points


def _zone(text: str) -> str:
    try:
        return known_zone(one_line(text)).key
    except InputError as error:
        raise ValueError(str(error)) from error


_PLAIN: Final[dict[FieldType, Parser]] = {
    FieldType.COUNT: numbers.whole_number,
    FieldType.RATING: _rating,
    FieldType.DONE: words.yes_or_no,
    FieldType.ZONE: _zone,
    FieldType.CURRENCY: lambda text: one_line(text).upper(),
}
