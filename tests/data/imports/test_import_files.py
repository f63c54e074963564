"""Files of every shape: read right, or refused with a reason, never a crash."""

import gzip
import io
import time
import zipfile
from itertools import islice

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from data.imports import limits, text_rows
from data.imports.kinds import Kind
from data.imports.layout import Layout
from data.imports.limits import FileError
from data.imports.mapping import FieldMapping, Mapping, checked
from data.imports.parsing import ParsedColumns, parse
from data.imports.raw_columns import read
from data.imports.reading import FileDraft
from domain.errors import PacesetterError
from services.imports import inspect

NAMES = Mapping(kind=Kind.LEADS, fields={"external_id": FieldMapping(column="id"), "name": FieldMapping(column="name")})


def _nothing(_share: float) -> None:
    """Nobody watches."""


def _parsed(content: bytes, mapping: Mapping = NAMES, name: str = "file.csv") -> ParsedColumns:
    draft = inspect(content, name)
    return _parsed_draft(draft, mapping)


def _parsed_draft(draft: FileDraft, mapping: Mapping = NAMES) -> ParsedColumns:
    fitting = checked(mapping, draft.columns)
    return parse(read(draft, fitting, _nothing), fitting, _nothing)


def _names(content: bytes) -> list[str]:
    parsed = _parsed(content)
    assert not parsed.errors
    return parsed.values["name"]


TABLE = "id,name\n1,Ünal\n2,Ada\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        b"\xef\xbb\xbf" + TABLE.encode(),
        TABLE.encode("utf-16"),
        b"\xfe\xff" + TABLE.encode("utf-16-be"),
        TABLE.encode("cp1252"),
        TABLE.encode("mac_roman"),
        TABLE.replace(",", ";").encode(),
        TABLE.replace(",", "\t").encode(),
        TABLE.replace(",", "|").encode(),
        TABLE.replace("\n", "\r").encode(),
        TABLE.replace("\n", "\r\n").encode(),
        TABLE.replace("\n", "\n\n").encode(),
        (TABLE + ",\n,\n\n\n").encode(),
        ("Exported on 2026-01-01\n\n" + TABLE).encode(),
        ("sep=;\n" + TABLE.replace(",", ";")).encode(),
        gzip.compress(TABLE.encode(), mtime=0),
        b'id,name\n1,"\xc3\x9cnal"\n2,"Ada"',
    ],
)
def test_the_same_table_is_found_in_every_wrapping(content: bytes) -> None:
    assert _names(content) == ["Ünal", "Ada"]


def test_cyrillic_windows_files_are_read() -> None:
    content = "id;name\n1;Иванова Анна\n2;Пётр Сидоров\n".encode("cp1251")

    assert inspect(content, "a.csv").layout == Layout(encoding="cp1251", separator=";", header_line=1)
    assert _names(content) == ["Иванова Анна", "Пётр Сидоров"]


def test_a_line_number_is_the_files_own() -> None:
    parsed = _parsed(b'Report\n\nid,name\n1,"two\nlines"\n\n2,\n')

    assert parsed.lines == [4, 7]
    assert [(error.line, error.column) for error in parsed.errors.values()] == [(7, "name")]
    assert parsed.blank_rows == 1


def test_a_quote_that_never_closes_costs_its_own_row_only() -> None:
    parsed = _parsed(b'id,name\n1,"broken\n2,Ada\n3,Bo\n')

    assert [error.line for error in parsed.errors.values()] == [2]
    assert parsed.values["name"][1:] == ["Ada", "Bo"]


def test_a_quote_open_for_too_long_costs_its_own_row_only() -> None:
    rows = "".join(f"{number},Name {number}\n" for number in range(2, 400))
    parsed = _parsed(f'id,name\n1,"broken\n{rows}'.encode())

    assert len(parsed.errors) == 1
    assert len(parsed.lines) == 399


def test_extra_cells_are_an_error_and_missing_ones_are_empty() -> None:
    parsed = _parsed(b"id,name\n1,Ada,surplus\n2,Bo,\n3\n")

    assert "1 more cells" in parsed.errors[0].reason
    assert 1 not in parsed.errors
    assert parsed.errors[2].column == "name"


def test_repeated_and_empty_column_names_can_be_told_apart() -> None:
    assert inspect(b"a,a,,name\n1,2,3,4\n", "x.csv").columns == ("a", "a (2)", "Column 3", "name")


def test_long_cells_and_texts_are_row_errors() -> None:
    parsed = _parsed(f"id,name\n1,{'x' * 10_001}\n2,{'y' * 301}\n3,ok\n".encode())

    assert "10,001 characters" in parsed.errors[0].reason
    assert "301 characters" in parsed.errors[1].reason
    assert 2 not in parsed.errors


def test_a_few_broken_bytes_are_row_errors_not_another_encoding() -> None:
    good = "".join(f"{number},Größe\n" for number in range(100))
    parsed = _parsed(b"id,name\n" + good.encode() + b"x,\xff\xfe\n")

    assert parsed.values["name"][0] == "Größe"
    assert [error.column for error in parsed.errors.values()] == ["name"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf \r\n", "empty_file"),
        (b"x" * (limits.UPLOAD_BYTES + 1), "file_too_large"),
        (gzip.compress(bytes(range(32, 120)) * 600_000, 1, mtime=0), "file_too_large"),
        (gzip.compress(bytes(20_000_000), mtime=0), "file_too_large"),
        (gzip.compress(TABLE.encode(), mtime=0)[:-9], "unreadable_file"),
        (b"\x1f\x8bnothing", "unreadable_file"),
        (b"PK\x03\x04nothing", "unreadable_file"),
        (b"\xd0\xcf\x11\xe0old excel", "unreadable_file"),
        (",".join(f"c{number}" for number in range(201)).encode(), "too_many_columns"),
        ((",".join("c" for _ in range(200_000)) + "\n").encode() * 3, "too_many_columns"),
        (b"id\n" + b"1\n" * 100_001, "too_many_rows"),
    ],
)
def test_files_beyond_the_limits_are_refused_quickly(content: bytes, code: str) -> None:
    started = time.process_time()
    with pytest.raises(FileError) as refused:
        inspect(content, "file.csv")

    assert refused.value.code == code
    assert time.process_time() - started < 2


def test_a_header_alone_is_a_file_without_rows() -> None:
    draft = inspect(b"id,name\n", "x.csv")

    assert (draft.columns, draft.rows) == (("id", "name"), 0)


def _workbook(rows: list[list[object]], **places: object) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell == "#REF!":
                    sheet.write_formula(number, column, "=A99", None, "#REF!")
                else:
                    sheet.write(number, column, cell)
        for place, cell in places.items():
            sheet.write(place, cell)
    return target.getvalue()


def test_a_workbook_keeps_long_ids_and_names_its_errors() -> None:
    content = _workbook([["id", "name"], ["1234567890123456789", "NA"], [7, "Ada"], [1234567890123456789, "lost"], ["9", "#REF!"]])
    parsed = _parsed(content, name="x.xlsx")

    assert parsed.values["external_id"][:2] == ["1234567890123456789", "7"]
    assert parsed.values["name"][:2] == ["NA", "Ada"]
    assert "rounded" in parsed.errors[2].reason
    assert parsed.errors[3].value == "#REF!"
    assert parsed.lines == [2, 3, 4, 5]


def test_a_workbook_may_begin_anywhere() -> None:
    parsed = _parsed(_workbook([[], [], ["", "", "id", "name"], ["", "", "1", "Ada"]]), name="x.xlsx")

    assert (parsed.lines, parsed.values["name"]) == ([4], ["Ada"])


def test_a_sheet_stretched_by_one_far_cell_is_refused() -> None:
    with pytest.raises(FileError) as refused:
        inspect(_workbook([["id", "name"]], XFD1048576="x"), "x.xlsx")

    assert refused.value.code == "too_many_columns"


def test_a_zip_bomb_is_refused_whatever_its_directory_says() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(60_000_000))
    with pytest.raises(FileError) as refused:
        inspect(target.getvalue(), "x.xlsx")

    assert refused.value.code == "file_too_large"


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet='ab1",;\t\n\r|=\x00é', max_size=200).map(str.encode)))
def test_no_bytes_crash_the_reader(content: bytes) -> None:
    try:
        draft = inspect(content, "fuzz.csv")
    except PacesetterError as error:
        if not str(error):
            raise
        return
    mapping = Mapping(kind=Kind.LEADS, fields={"name": FieldMapping(column=draft.columns[0])})
    parsed = _parsed_draft(draft, mapping)
    assert len(parsed.lines) == draft.rows == len(parsed.values["name"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet='ab", \n', max_size=12), max_size=12))
def test_every_line_of_the_file_belongs_to_one_row(lines: list[str]) -> None:
    content = "\n".join(lines).encode()
    starts = [row.line for row in islice(text_rows.rows(content, "utf-8", ","), 1000)]

    assert starts == sorted(set(starts))


def test_rows_without_ids_are_recognised_by_their_content() -> None:
    mapping = Mapping(kind=Kind.LEADS, fields={"name": FieldMapping(column="name")})
    first = _parsed(b"name,x\nAda,1\nAda,2\nBo,3\n", mapping)
    again = _parsed(b"x,name\n9,Bo\n8,Ada\n7,Ada\n", mapping)

    assert len(set(first.external_ids)) == 3
    assert set(first.external_ids) == set(again.external_ids)
