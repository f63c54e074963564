"""Rows of separated text, one after the other, with the line each begins on; a broken row is reported and the next one read."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from data.imports.encodings import without_mark
from data.imports.limits import CELL_CHARACTERS, LINES_PER_ROW

SEPARATORS: Final = (",", ";", "\t", "|")
_ROW_CHARACTERS: Final = 2_000_000
csv.field_size_limit(_ROW_CHARACTERS)


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as the file has it. `problem` says why its cells cannot be trusted; then they are what could be read."""

    line: int
    cells: list[str]
    problem: str = ""


class _NeverClosedError(Exception):
    """A quote opened on the row's first line and did not close within reason."""


class _Lines:
    """Physical lines with their numbers; the lines of the row being read can be handed back."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self.stream = stream
        self.returned: deque[str] = deque()
        self.row: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.row) >= LINES_PER_ROW:
            raise _NeverClosedError
        line = self.returned.popleft() if self.returned else self.stream.readline(_ROW_CHARACTERS)
        if not line:
            if self.row:
                raise _NeverClosedError
            raise StopIteration
        self.number += 1
        self.row.append(line)
        return line

    def hand_back(self) -> str:
        """Return all but the first line of the row to be read again, and give that first line."""
        first, *others = self.row
        self.returned.extendleft(reversed(others))
        self.number -= len(others)
        self.row = []
        return first


def rows(content: bytes, encoding: str, separator: str) -> Iterator[RawRow]:
    """Every row of the file in order, blank ones too."""
    lines = _Lines(io.TextIOWrapper(io.BytesIO(without_mark(content, encoding)), encoding=encoding, errors="replace", newline=""))
    reader = csv.reader(lines, delimiter=separator)
    while True:
        started = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (_NeverClosedError, csv.Error):
            if not lines.row:
                return
            yield RawRow(started, _pieces(lines.hand_back(), separator), "A quotation mark opens here and never closes.")
            reader = csv.reader(lines, delimiter=separator)
            continue
        lines.row = []
        yield RawRow(started, cells, too_long(cells))


def _pieces(line: str, separator: str) -> list[str]:
    """What a broken line looks like when its quotes mean nothing."""
    return [piece.strip('"') for piece in line.rstrip("\r\n").split(separator)]


def too_long(cells: list[str]) -> str:
    """The reason a row cannot be used when one of its cells is beyond the limit, else nothing."""
    return next(
        (f"A cell has {len(cell):,} characters; at most {CELL_CHARACTERS:,} are read." for cell in cells if len(cell) > CELL_CHARACTERS), ""
    )
