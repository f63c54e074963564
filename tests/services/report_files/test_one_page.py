"""A report on one page: whatever stands in it, there is no second one, and nothing of it is lost."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from domain.reports.content import Report, Row, Section, Table
from services.report_files.one_page import one_page_pdf
from tests.fakes.hostile_words import HOSTILE


def report(words: str, lines: int) -> Report:
    table = Table(columns=("Figure", "So far"), rows=tuple(Row(cells=(words, "12")) for _ in range(6)))
    parts = tuple(Section(title=f"Part {number}", table=table if not number else None, lines=(words,) * lines) for number in range(6))
    return Report(title="1:1", about=words, days="Tuesday", compared_with="", made="Made", sections=parts, notes=("For two people.",))


@pytest.mark.parametrize("words", ["W" * 180, "Word " * 36, *HOSTILE])
def test_a_full_report_of_any_words_is_one_page(words: str) -> None:
    assert len(PdfReader(BytesIO(one_page_pdf(report(words, 12)))).pages) == 1


def test_the_page_says_everything_of_the_report() -> None:
    made = report("Call Kai", 1)
    (page,) = PdfReader(BytesIO(one_page_pdf(made))).pages
    text = page.extract_text()
    assert [word for word in made.words() if word not in text] == []
