"""Sheets leave the product as data: no formula, no link, no lost precision."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from services import sheet_files
from services.sheet_files import csv_chunks, xlsx
from services.sheets import Cell, Column, Kind, Sheet

EVIL = ['=cmd|" /C calc"!A0', "+1+1", "-1+1", "@SUM(A1)", "\t=1", "|calc", "＝1+1", "https://evil.example", "mailto:a@b.c"]
COLUMNS = (Column(name="Agent"), Column(name="Calls", kind=Kind.NUMBER))


def sheet(*rows: tuple[Cell, ...], columns: tuple[Column, ...] = COLUMNS) -> Sheet:
    return Sheet(title="Per agent", columns=columns, rows=rows, about=(("Period", "March 2026"), ("=Calls", "number of calls")))


def as_csv(made: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(csv_chunks(made)).decode("utf-8-sig"))))


def as_book(made: Sheet) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx(made)))


@pytest.mark.parametrize("text", EVIL)
def test_no_text_is_a_formula_or_a_link_in_excel(text: str) -> None:
    cell = as_book(sheet((text, 1))).worksheets[0]["A2"]
    assert (cell.data_type, cell.value, cell.hyperlink) == ("s", text, None)


@pytest.mark.parametrize("text", EVIL[:7])
def test_no_text_starts_a_formula_in_csv(text: str) -> None:
    assert as_csv(sheet((text, 1)))[1][0] == "'" + text


def test_explanations_are_marked_as_well() -> None:
    assert as_csv(sheet())[-1] == ["# =Calls", "number of calls"]


def test_csv_has_its_heading_rows_and_what_they_mean() -> None:
    assert as_csv(sheet(("Ana", 3)))[:5] == [["Agent", "Calls"], ["Ana", "3"], [], ["# Per agent"], ["# Period", "March 2026"]]


def test_unknown_is_an_empty_cell_and_not_zero() -> None:
    made = sheet(("Ana", None))
    assert as_csv(made)[1] == ["Ana", ""]
    assert as_book(made).worksheets[0]["B2"].value is None


def test_numbers_days_and_moments_keep_their_kind_in_excel() -> None:
    columns = (Column(name="Share", kind=Kind.SHARE), Column(name="Amount", kind=Kind.MONEY), Column(name="Day", kind=Kind.DAY))
    row = as_book(sheet((0.125, Decimal("12.34"), date(2026, 3, 10)), columns=columns)).worksheets[0][2]
    assert [cell.value for cell in row] == [0.125, 12.34, datetime(2026, 3, 10)]  # noqa: DTZ001 - Excel knows no zones
    assert row[0].number_format == "0.0%"


def test_csv_writes_exact_money_and_plain_days() -> None:
    columns = (Column(name="Amount", kind=Kind.MONEY), Column(name="Day", kind=Kind.DAY), Column(name="At", kind=Kind.MOMENT))
    made = sheet((Decimal("1234567890.10"), date(2026, 3, 10), datetime(2026, 3, 10, 9, 30)), columns=columns)  # noqa: DTZ001 - a wall clock
    assert as_csv(made)[1] == ["1234567890.10", "2026-03-10", "2026-03-10 09:30"]


def test_the_second_page_names_filters_and_definitions() -> None:
    page = as_book(sheet(("Ana", 3)))["About"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["Per agent", None],
        ["Period", "March 2026"],
        ["=Calls", "number of calls"],
    ]


def test_a_title_excel_does_not_allow_is_made_into_one() -> None:
    made = Sheet(title="Calls: [a/b] and a very long rest of the title", columns=COLUMNS, rows=())
    assert as_book(made).sheetnames[0] == "Calls   a b  and a very long re"


def test_rows_beyond_the_limit_are_left_out_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_files, "MAX_XLSX_ROWS", 2)
    book = as_book(sheet(("a", 1), ("b", 2), ("c", 3)))
    assert book.worksheets[0].max_row == 3
    assert book["About"]["A4"].value == "Left out"


def test_csv_takes_any_number_of_rows_in_pieces() -> None:
    made = Sheet(title="Many", columns=COLUMNS, rows=(("x", number) for number in range(1200)))
    assert len(as_csv(made)) == 1 + 1200 + 2
