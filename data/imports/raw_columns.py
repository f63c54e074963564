"""The mapped columns of a file as text, read in one pass; only what is mapped is kept in memory."""

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from data.imports.layout import is_blank
from data.imports.limits import refuse_rows
from data.imports.mapping import Mapping
from data.imports.reading import FileDraft, data_rows
from data.imports.row_errors import RowError, row_error
from data.imports.text_rows import RawRow
from data.imports.values.texts import one_line

_REPORT_EVERY: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RawColumns:
    """Text by field key, one entry per row that is not blank; `errors` are by row index."""

    lines: list[int]
    texts: dict[str, list[str]]
    fingerprints: list[str]
    """An id made of the row's own mapped content, the same whenever the same row comes again."""
    errors: dict[int, RowError]
    blank_rows: int


def read(draft: FileDraft, mapping: Mapping, advanced: Callable[[float], None]) -> RawColumns:
    """Every mapped cell of the file; `advanced` hears the share of the rows read so far."""
    places = {name: draft.columns.index(entry.column) for name, entry in sorted(mapping.fields.items()) if entry.column}
    width = len(draft.columns)
    raw = RawColumns(lines=[], texts={name: [] for name in places}, fingerprints=[], errors={}, blank_rows=0)
    seen: Counter[bytes] = Counter()
    blank = 0
    for row in data_rows(draft):
        if is_blank(row):
            blank += 1
            continue
        index = len(raw.lines)
        refuse_rows(index + 1)
        problem = _problem(row, width)
        if problem:
            raw.errors[index] = row_error(row.line, "", ",".join(row.cells)[:400], problem)
        _keep(raw, row, places, seen)
        if index % _REPORT_EVERY == 0:
            advanced(index / max(draft.rows, 1))
    return RawColumns(lines=raw.lines, texts=raw.texts, fingerprints=raw.fingerprints, errors=raw.errors, blank_rows=blank)


def _problem(row: RawRow, width: int) -> str:
    if row.problem:
        return row.problem
    extra = len(row.cells) - width
    if extra > 0 and any(cell.strip() for cell in row.cells[width:]):
        return f"The row has {extra} more cells than there are columns, so its values cannot be told apart."
    return ""


def _keep(raw: RawColumns, row: RawRow, places: dict[str, int], seen: Counter[bytes]) -> None:
    cells = row.cells
    kept = [cells[place] if place < len(cells) else "" for place in places.values()]
    for name, text in zip(places, kept, strict=True):
        raw.texts[name].append(text)
    raw.lines.append(row.line)
    raw.fingerprints.append(_fingerprint(list(places), kept, seen))


def _fingerprint(names: Sequence[str], texts: Sequence[str], seen: Counter[bytes]) -> str:
    """A hash of the mapped content, and which of several equal rows this one is."""
    if "external_id" in names and texts[names.index("external_id")].strip():
        return ""
    content = "\x1f".join(f"{name}={one_line(text)}" for name, text in zip(names, texts, strict=True) if text)
    digest = hashlib.sha256(content.encode("utf-8", "replace")).digest()
    seen[digest] += 1
    return f"row-{digest.hex()[:40]}-{seen[digest]}"
