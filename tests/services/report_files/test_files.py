"""Both files of a report say the same words, whatever the words are, and run nothing."""

import re
from collections import Counter
from html.parser import HTMLParser
from io import BytesIO

import pytest
from pypdf import PdfReader

from domain.reports.content import Report, Row, Section, Table
from services.report_files.html import html
from services.report_files.pdf import LETTERS_MISSING, pdf
from tests.fakes.hostile_words import HOSTILE

EMPTY = "Nothing is measured in these days."


def report(about: str = "Ana", *, rows: int = 2) -> Report:
    table = Table(columns=("Figure", "Now"), rows=tuple(Row(cells=(f"Calls {n}", f"{n:,} −3"), bar_share=n / rows) for n in range(rows)))
    return Report(
        title="Weekly report",
        about=about,
        days="2 – 8 Mar 2026",
        compared_with="Compared with 23 Feb – 1 Mar 2026",
        made="Made for Mia on 10 Mar 2026",
        sections=(
            Section(title="Figures", note="What counts.", table=table, lines=("One sentence.",)),
            Section(title="Goals", empty=EMPTY),
        ),
        notes=("A dash is not zero.",),
    )


class Text(HTMLParser):
    """What a browser shows of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not {name for name, _ in attrs} & {"src", "href", "onerror", "onload"}

    def handle_data(self, data: str) -> None:
        if data.strip() and self.get_starttag_text() not in {"<title>", "<style>"}:
            self.shown.append(data)


def pdf_text(file: bytes) -> str:
    pages = "\n".join(page.extract_text() for page in PdfReader(BytesIO(file)).pages)
    return re.sub(r"Pacesetter · page \d+", "", pages)


def test_the_page_shows_the_reports_words_in_order() -> None:
    assert Text(html(report())).shown == [word for word in report().words() if word]


@pytest.mark.parametrize("rows", [0, 2, 200])
def test_the_pdf_has_exactly_the_words_of_the_page(rows: int) -> None:
    of_page = Counter(" ".join(Text(html(report(rows=rows))).shown).split())
    of_file = Counter(pdf_text(pdf(report(rows=rows))).split())
    headings = {"Figure", "Now"}
    assert {word: n for word, n in of_file.items() if word not in headings} == {w: n for w, n in of_page.items() if w not in headings}
    assert all((of_file[word] >= of_page[word]) for word in headings)


def test_a_long_table_repeats_its_headings_on_every_page() -> None:
    pages = PdfReader(BytesIO(pdf(report(rows=200)))).pages
    assert len(pages) > 2
    assert all("Figure" in page.extract_text() for page in pages[:3])


@pytest.mark.parametrize("name", ["Žofia Łęcka", "Ναταλία", "Жанна Їжак", "Nguyễn Thị", "漢字 かな 한글", "O’Brien–Smith & Co <b>"])
def test_names_of_many_scripts_are_in_both_files(name: str) -> None:
    assert name in Text(html(report(name))).shown
    assert name in pdf_text(pdf(report(name)))
    assert LETTERS_MISSING not in pdf_text(pdf(report(name)))


def test_letters_no_font_has_are_told_and_the_page_has_them() -> None:
    said = pdf_text(pdf(report("عمر 🏠")))
    assert "??? ?" in said
    assert LETTERS_MISSING.split(".", maxsplit=1)[0] in " ".join(said.split())
    assert "عمر 🏠" in Text(html(report("عمر 🏠"))).shown


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    page = html(report(words))
    assert Text(page).tags <= {
        *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div"),
        *("h1", "h2", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "span"),
    }
    assert pdf(report(words)).startswith(b"%PDF-")


def test_the_pdf_is_the_same_whoever_reads_its_outline() -> None:
    info = PdfReader(BytesIO(pdf(report()))).metadata
    assert info is not None
    assert (info.title, info.author) == ("Weekly report: Ana, 2 – 8 Mar 2026", "Pacesetter")
