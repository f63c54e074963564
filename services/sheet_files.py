"""Sheets as CSV and as an Excel workbook, with every text cell kept a text: no formula and no link comes out of data."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, Final

import xlsxwriter

from domain.spreadsheet_text import marked
from services.sheets import Cell, Column, Kind, Sheet

ROWS_AT_ONCE: Final = 500
MAX_XLSX_ROWS: Final = 100_000
"""A workbook is made in memory; more rows than people scroll through belong into CSV, which has no end."""
MAX_XLSX_TEXT: Final = 32_000
"""Excel refuses cells of more than 32,767 characters."""
_FORMATS: Final = {
    Kind.NUMBER: "#,##0",
    Kind.DECIMAL: "#,##0.00",
    Kind.SHARE: "0.0%",
    Kind.MONEY: "#,##0.00",
    Kind.DAY: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm",
}
_WIDTHS: Final = {Kind.TEXT: 26, Kind.MOMENT: 18}


def csv_chunks(sheet: Sheet) -> Iterator[bytes]:
    """The sheet as CSV in pieces: the byte order mark Excel needs, heading, rows, and below an empty line what they mean.

    The lines of meaning begin with `#`, so that programs can tell them from rows.
    """
    yield "\ufeff".encode()
    yield _csv([[column.name for column in sheet.columns]])
    rows = iter(sheet.rows)
    while some := list(islice(rows, ROWS_AT_ONCE)):
        yield _csv(some)
    yield _csv([[], *((f"# {word}", *rest) for word, *rest in ((sheet.title,), *sheet.about))])


def _csv(rows: Iterable[Iterable[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return marked(cell)
        case datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case date():
            return cell.isoformat()
        case float():
            return repr(round(cell, 6)).removesuffix(".0")
    return str(cell)


def xlsx(sheet: Sheet) -> bytes:
    """The sheet as a workbook: the rows on the first page, what they mean on the second.

    Rows beyond MAX_XLSX_ROWS are left out, and the second page says so.
    """
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        complete = _write_rows(book, sheet)
        left_out = () if complete else (("Left out", f"Only the first {MAX_XLSX_ROWS:,} rows fit here; download CSV for all."),)
        _write_about(book, sheet, (*sheet.about, *left_out))
    return target.getvalue()


def _write_rows(book: Any, sheet: Sheet) -> bool:  # noqa: ANN401 - XlsxWriter has no types
    page = book.add_worksheet(_page_name(sheet.title))
    page.write_row(0, 0, [column.name for column in sheet.columns], book.add_format({"bold": True, "bottom": 1}))
    page.freeze_panes(1, 0)
    writers = [_cell_writer(book, page, column) for column in sheet.columns]
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _WIDTHS.get(column.kind, 14))
    rows = iter(sheet.rows)
    number = 0
    for number, row in enumerate(islice(rows, MAX_XLSX_ROWS), start=1):
        for place, (write, cell) in enumerate(zip(writers, row, strict=True)):
            if cell is not None:
                write(number, place, cell)
    page.autofilter(0, 0, max(number, 1), len(sheet.columns) - 1)
    return next(rows, None) is None


def _cell_writer(book: Any, page: Any, column: Column) -> Callable[[int, int, Cell], object]:  # noqa: ANN401 - the same
    look = book.add_format({"num_format": _FORMATS[column.kind]}) if column.kind in _FORMATS else None

    def write(row: int, place: int, cell: Cell) -> object:
        match cell:
            case str():
                return page.write_string(row, place, cell[:MAX_XLSX_TEXT])
            case date():
                return page.write_datetime(row, place, cell, look)
            case Decimal():
                return page.write_number(row, place, float(cell), look)
        return page.write_number(row, place, cell, look)

    return write


def _write_about(book: Any, sheet: Sheet, about: Iterable[tuple[str, str]]) -> None:  # noqa: ANN401 - the same
    page = book.add_worksheet("About")
    page.set_column(0, 0, 26)
    page.set_column(1, 1, 100, book.add_format({"text_wrap": True, "valign": "top"}))
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True}))
    for row, (word, explanation) in enumerate(about, start=1):
        page.write_string(row, 0, word)
        page.write_string(row, 1, explanation[:MAX_XLSX_TEXT])


def _page_name(title: str) -> str:
    r"""Excel allows 31 characters, and none of []:*?/\ among them."""
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Data"
