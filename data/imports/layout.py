"""How a file is laid out: its encoding, its separator, and the line its column names stand on."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import Final

from pydantic import BaseModel, ConfigDict

from data.imports import encodings
from data.imports.text_rows import SEPARATORS, RawRow, rows

_SAMPLE_ROWS: Final = 60
_SAMPLE_BYTES: Final = 1 << 18
_SEPARATOR_LINE: Final = re.compile(r"^sep=(.)\s*$", re.IGNORECASE)
_DATA_LIKE: Final = re.compile(r"^[\s\d.,:/+\-()%$€£]+$")
_HEADER_FILL: Final = 0.6
"""A header names at least this share of the columns the rows have; a title or an export note does not."""


class Layout(BaseModel):
    """What was detected, and what a person may change."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    encoding: str = "utf-8"
    separator: str = ","
    header_line: int = 1
    """The line, counted from 1, the column names stand on; lines above it are not read."""


def detected(content: bytes) -> Layout:
    """The most plausible layout of separated text."""
    encoding = encodings.detected(content)
    separator, sample = _separator(content[:_SAMPLE_BYTES], encoding)
    return Layout(encoding=encoding, separator=separator, header_line=header_line(sample))


def _separator(content: bytes, encoding: str) -> tuple[str, list[RawRow]]:
    """The separator under which most rows have the same number of cells, and those rows."""
    samples = {separator: list(islice(rows(content, encoding, separator), _SAMPLE_ROWS)) for separator in SEPARATORS}
    first = next(iter(samples[","]), None)
    told = _SEPARATOR_LINE.match(",".join(first.cells)) if first else None
    chosen = told[1] if told and told[1] in samples else max(SEPARATORS, key=lambda separator: _regularity(samples[separator]))
    return chosen, samples[chosen]


def _regularity(sample: Sequence[RawRow]) -> float:
    """Rows of the commonest width above one, weighed by that width a little, so that `1,5;2` splits at the semicolon."""
    widths = Counter(len(row.cells) for row in sample if not is_blank(row))
    wide = [(count, width) for width, count in widths.items() if width > 1]
    if not wide:
        return 0
    count, width = max(wide)
    return count / sum(widths.values()) + min(width, 20) / 100


def header_line(sample: Sequence[RawRow]) -> int:
    """The first line that looks like column names: as wide as the rows, filled, and not made of numbers."""
    filled = [row for row in sample if not is_blank(row)]
    if not filled:
        return 1
    commonest = Counter(len(row.cells) for row in filled)
    width = min(max(commonest, key=lambda cells: (commonest[cells], cells)), max(_reach(row) for row in filled))
    likely = (row.line for row in filled if _names_columns(row, width))
    return next(likely, filled[0].line)


def _names_columns(row: RawRow, width: int) -> bool:
    names = [cell for cell in row.cells if cell.strip()]
    enough = len(names) >= max(1, min(2, width), _HEADER_FILL * width)
    return enough and not any(_DATA_LIKE.match(name) for name in names) and not _SEPARATOR_LINE.match(names[0])


def _reach(row: RawRow) -> int:
    """How many cells the row has, without the empty ones at its end."""
    return max((index + 1 for index, cell in enumerate(row.cells) if cell.strip()), default=0)


def is_blank(row: RawRow) -> bool:
    """Whether the row has nothing in it; such rows are passed over and counted apart."""
    return not row.problem and not any(cell.strip() and cell.strip("\x00\ufeff \t\r\n\xa0") for cell in row.cells)
