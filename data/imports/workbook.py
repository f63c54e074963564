"""Rows of the first sheet with content of an XLSX file, every cell as the text a CSV export would show."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from data.imports.limits import ROWS, SHEET_CELLS, FileError, refuse_columns, refuse_rows
from data.imports.packing import SheetScan, scan_workbook
from data.imports.text_rows import RawRow, too_long

_EXACT: Final = 1e15
"""Spreadsheets keep 15 digits of a number; beyond, the rest is lost and is shown so that an id parser refuses it."""
_BLANK_ROWS: Final = 10_000
"""Formatting often stretches a sheet below its data; that much is read over."""
Cell = int | float | str | bool | time | date | datetime | timedelta


def rows(content: bytes) -> Iterator[RawRow]:
    """Every row of the sheet; row numbers are the spreadsheet's own."""
    scans = scan_workbook(content)
    for scan in scans.values():
        _refuse_area(scan)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = _first_with_content(book)
        if sheet is not None:
            yield from _sheet_rows(sheet, _scan_of(sheet, book, scans))
    except (CalamineError, OSError, ValueError) as error:
        raise FileError("This Excel file cannot be read. Save it again as .xlsx, or as CSV.") from error


def _refuse_area(scan: SheetScan) -> None:
    refuse_columns(scan.width)
    refuse_rows(max(0, scan.height - _BLANK_ROWS))
    if scan.height * scan.width > SHEET_CELLS:
        raise FileError("The sheet's used area is too large. Delete empty rows and columns, or save it as CSV.", code="too_many_rows")


def _first_with_content(book: CalamineWorkbook) -> CalamineSheet | None:
    sheets = (book.get_sheet_by_index(index) for index in range(len(book.sheet_names)))
    return next((sheet for sheet in sheets if sheet.height), None)


def _scan_of(sheet: CalamineSheet, book: CalamineWorkbook, scans: dict[str, SheetScan]) -> SheetScan | None:
    """The scan that belongs to the sheet: files are numbered in the order of the sheets."""
    return scans.get(f"xl/worksheets/sheet{book.sheet_names.index(sheet.name) + 1}.xml")


def _sheet_rows(sheet: CalamineSheet, scan: SheetScan | None) -> Iterator[RawRow]:
    errors = scan.errors if scan else {}
    left = sheet.start[1] if sheet.start else 0
    marked = {row for row, _ in errors}
    for row, cells in enumerate(sheet.iter_rows()):
        texts = [_text(cell) for cell in cells]
        if row in marked:
            texts = [errors.get((row, left + column), text) for column, text in enumerate(texts)]
        yield RawRow(row + 1, texts, too_long(texts))


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case float() | int():
            return _number(cell)
        case datetime() | date() | time():
            return cell.isoformat()
        case timedelta():
            return f"{cell.total_seconds():.0f}"


def _number(value: float) -> str:
    """Whole numbers without `.0`, exact as far as the spreadsheet kept them."""
    if abs(value) >= _EXACT:
        return f"{value:.14E}"
    return str(int(value)) if value == int(value) else repr(value)


assert ROWS < SHEET_CELLS  # noqa: S101 - a full single column must fit
