"""What a file may cost at most; anything larger is refused before it is parsed."""

from typing import Final

from domain.errors import InputError

MEBIBYTE: Final = 1024 * 1024
UPLOAD_BYTES: Final = 10 * MEBIBYTE
"""As large as Streamlit's upload limit is set: a hundred thousand ordinary rows fit."""
UNPACKED_BYTES: Final = 50 * MEBIBYTE
"""What a packed file may grow to; a bomb grows further."""
UNPACK_RATIO: Final = 100
"""Real exports shrink 5–20 times; a bomb a thousand times."""
ROWS: Final = 100_000
COLUMNS: Final = 200
CELL_CHARACTERS: Final = 10_000
SHEET_CELLS: Final = 4_000_000
"""Rows × columns of a sheet's used area: the reader keeps all of it in memory, empty cells too."""
LINES_PER_ROW: Final = 200
"""A quoted note may run over lines; a quote still open after this many was never closed."""


class FileError(InputError):
    """The file as a whole cannot be imported; the message says why and what to do."""

    code = "unreadable_file"


def refuse_large(size: int) -> None:
    """Raise unless an upload of `size` bytes is small enough."""
    if size > UPLOAD_BYTES:
        raise FileError(f"The file has {size / MEBIBYTE:.1f} MB; at most 10 MB can be imported at once. Split it.", code="file_too_large")


def refuse_unpacked(size: int, packed: int) -> None:
    """Raise when packed content grows beyond what an honest file does."""
    if size > UNPACKED_BYTES or size > UNPACK_RATIO * max(packed, 1024):
        raise FileError("Unpacked, this file is far larger than it looks; it is not opened. Upload it as plain CSV.", code="file_too_large")


def refuse_rows(rows: int) -> None:
    """Raise when there are more rows than an import takes."""
    if rows > ROWS:
        raise FileError(f"The file has more than {ROWS:,} rows. Split it and import the parts.", code="too_many_rows")


def refuse_columns(columns: int) -> None:
    """Raise when there are more columns than an import takes."""
    if columns > COLUMNS:
        raise FileError(f"The file has {columns:,} columns; at most {COLUMNS} can be read. Export fewer.", code="too_many_columns")
