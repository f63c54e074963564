"""Open packed files without being flooded: gzip text, and the zip inside an XLSX file."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from data.imports.limits import UNPACKED_BYTES, FileError, refuse_unpacked

GZIP_MAGIC: Final = b"\x1f\x8b"
ZIP_MAGIC: Final = b"PK\x03\x04"
_CHUNK: Final = 1 << 20
_CELL: Final = re.compile(rb'<c\s+r="([A-Z]{1,3})(\d{1,7})"')
_ERROR: Final = re.compile(rb'<c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?\st="e"[^>]*?>(?:(?!</c>).)*?<v>([^<]{1,20})</v>', re.DOTALL)
_LETTERS: Final = 26


@dataclass(frozen=True, slots=True)
class SheetScan:
    """What a look at a sheet's XML tells before it is parsed: its size, and the cells that hold a spreadsheet error."""

    height: int
    width: int
    errors: dict[tuple[int, int], str]
    """By (row, column), both from 0."""


def gunzip(content: bytes) -> bytes:
    """The unpacked bytes; stops and refuses as soon as they exceed the limits."""
    packed = len(content)
    unpacker = zlib.decompressobj(wbits=31)
    parts: list[bytes] = []
    size = 0
    rest = content
    try:
        while rest and not unpacker.eof:
            parts.append(unpacker.decompress(rest, _CHUNK))
            size += len(parts[-1])
            refuse_unpacked(size, packed)
            rest = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FileError("The packed file is damaged and cannot be opened. Download it again.") from error
    if not unpacker.eof:
        raise FileError("The packed file ends too early. Download it again.")
    return b"".join(parts)


def scan_workbook(content: bytes) -> dict[str, SheetScan]:
    """Every sheet's scan by its name in the archive; refuses archives whose real content exceeds the limits."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            for member in members:
                refuse_unpacked(member.file_size, max(member.compress_size, 1))
            refuse_unpacked(sum(member.file_size for member in members), len(content))
            return _scan_members(archive, members)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError) as error:
        raise FileError("This is not a readable Excel file. Save it again as .xlsx, or as CSV.") from error


def _scan_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> dict[str, SheetScan]:
    scans = {}
    left = UNPACKED_BYTES
    for member in members:
        with archive.open(member) as stream:
            data = stream.read(left + 1)
        left -= len(data)
        if left < 0:
            refuse_unpacked(UNPACKED_BYTES + 1, len(data))
        if member.filename.startswith("xl/worksheets/") and member.filename.endswith(".xml"):
            scans[member.filename] = _scan_sheet(data)
    return scans


def _scan_sheet(xml: bytes) -> SheetScan:
    height = width = 0
    for letters, number in set(_CELL.findall(xml)):
        height, width = max(height, int(number)), max(width, _column(letters))
    errors = {(int(number) - 1, _column(letters) - 1): word.decode("ascii", "replace") for letters, number, word in _ERROR.findall(xml)}
    return SheetScan(height=height, width=width, errors=errors)


def _column(letters: bytes) -> int:
    """`A` is 1, `Z` 26, `AA` 27."""
    number = 0
    for letter in letters:
        number = number * _LETTERS + letter - ord("A") + 1
    return number
