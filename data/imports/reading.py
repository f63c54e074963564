"""A file as it arrived: what it is, how it is laid out, what its columns are called, and its rows."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from data.imports import layout as layouts
from data.imports import text_rows, workbook
from data.imports.encodings import ENCODINGS
from data.imports.layout import Layout, is_blank
from data.imports.limits import FileError, refuse_columns, refuse_large, refuse_rows
from data.imports.packing import GZIP_MAGIC, ZIP_MAGIC, gunzip
from data.imports.text_rows import RawRow
from data.imports.values.texts import header_name

SAMPLE_ROWS: Final = 5
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_READING_AHEAD: Final = 100
"""Lines looked through for a header before a file counts as having none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDraft:
    """An uploaded file, opened and looked at, not yet stored. `content` is unpacked."""

    file_name: str
    sha256: str
    content: bytes
    is_workbook: bool
    layout: Layout
    columns: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: int
    """Rows with something in them, readable or not."""
    blank_rows: int


def inspect(content: bytes, file_name: str, layout: Layout | None = None) -> FileDraft:
    """Open and look through an uploaded file; raises FileError with the reason when it cannot be imported at all."""
    refuse_large(len(content))
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise FileError("The file is empty. Export it again, or choose another one.", code="empty_file")
    sha256 = hashlib.sha256(content).hexdigest()
    unpacked = gunzip(content) if content.startswith(GZIP_MAGIC) else content
    is_workbook = _checked_workbook(unpacked)
    chosen = _checked(layout) if layout else _detected(unpacked, is_workbook=is_workbook)
    draft = FileDraft(
        file_name=file_name[-255:],
        sha256=sha256,
        content=unpacked,
        is_workbook=is_workbook,
        layout=chosen,
        columns=(),
        sample=(),
        rows=0,
        blank_rows=0,
    )
    return _looked_through(draft)


def _checked_workbook(content: bytes) -> bool:
    if content.startswith(_OLD_EXCEL):
        raise FileError("This is an old .xls file, or one with a password. Save it as .xlsx without a password, or as CSV.")
    return content.startswith(ZIP_MAGIC)


def _checked(layout: Layout) -> Layout:
    if layout.encoding not in ENCODINGS or layout.separator not in text_rows.SEPARATORS:
        raise FileError(f"Encoding and separator must be among {', '.join(ENCODINGS)} and comma, semicolon, tab, bar.")
    return layout


def _detected(content: bytes, *, is_workbook: bool) -> Layout:
    if not is_workbook:
        return layouts.detected(content)
    sample = [row for row, _ in zip(workbook.rows(content), range(_READING_AHEAD), strict=False)]
    return Layout(header_line=layouts.header_line(sample))


def _looked_through(draft: FileDraft) -> FileDraft:
    """The draft with its columns, its first rows and its counts; every row is read once."""
    header = _header(draft)
    draft = replace(draft, layout=draft.layout.model_copy(update={"header_line": header.line}))
    columns = _columns(header)
    sample: list[tuple[str, ...]] = []
    rows = blank = 0
    for row in data_rows(draft):
        if is_blank(row):
            blank += 1
            continue
        rows += 1
        refuse_rows(rows)
        if len(sample) < SAMPLE_ROWS:
            sample.append(tuple(cell[:80] for cell in row.cells[: len(columns)]))
    return replace(draft, columns=columns, sample=tuple(sample), rows=rows, blank_rows=blank)


def all_rows(draft: FileDraft) -> Iterator[RawRow]:
    """Every row of the file from its first line."""
    if draft.is_workbook:
        return workbook.rows(draft.content)
    return text_rows.rows(draft.content, draft.layout.encoding, draft.layout.separator)


def data_rows(draft: FileDraft) -> Iterator[RawRow]:
    """The rows below the header, blank ones too."""
    return (row for row in all_rows(draft) if row.line > draft.layout.header_line)


def _header(draft: FileDraft) -> RawRow:
    """The first row with something in it from the header line on."""
    header = next((row for row in all_rows(draft) if row.line >= draft.layout.header_line and not is_blank(row)), None)
    if header is None:
        raise FileError(f"The file has nothing from line {draft.layout.header_line} on to take column names from.", code="no_header")
    if header.problem:
        raise FileError(f"The column names on line {header.line} cannot be read: {header.problem}", code="no_header")
    return header


def _columns(header: RawRow) -> tuple[str, ...]:
    """The header's names; an empty one is called by its place, a repeated one gets a number."""
    refuse_columns(len(header.cells))
    names = [header_name(cell) or f"Column {place}" for place, cell in enumerate(header.cells, start=1)]
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        names[place] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return tuple(names)
