"""The sheet of a day as a PDF: one page of A4, whatever stands on it."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Table, TableStyle

from domain.reports.day_sheet import DaySheet, Line
from services.report_files import fonts
from services.report_files.one_page import one_page
from services.report_files.pdf import ABOUT, HEADING, LETTERS_MISSING, LINE, NOTE, TEXT, TITLE, WIDTH, said

BOX, ROOM = 7 * mm, 62 * mm
"""The square to tick, and where the outcome is written."""
NOTHING: Final = "Nothing."


def day_sheet_pdf(sheet: DaySheet) -> bytes:
    """The file; what would not fit on the page is drawn smaller."""
    fonts.prepare()
    return one_page(_story(sheet), title=f"{sheet.about}, {sheet.day}")


def _story(sheet: DaySheet) -> list[Flowable]:
    parts = (("To do today", sheet.to_do), ("Planned", sheet.planned), ("To call", sheet.calls))
    story = [said(sheet.day, TITLE), said(sheet.about, ABOUT), said(sheet.made, NOTE)]
    for title, lines in parts:
        story += [said(title, HEADING), _lines(lines)]
    return [*story, *([said(LETTERS_MISSING, NOTE)] if fonts.missing(sheet.words()) else [])]


def _lines(lines: Sequence[Line]) -> Flowable:
    if not lines:
        return said(NOTHING, TEXT)
    drawn = Table([["", _words(each), ""] for each in lines], colWidths=[BOX, WIDTH - BOX - ROOM, ROOM], hAlign="LEFT")
    boxes = [("BOX", (0, row), (0, row), 0.8, LINE) for row in range(len(lines))]
    style = [("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBEFORE", (2, 0), (2, -1), 0.4, LINE)]
    drawn.setStyle(TableStyle([*style, *boxes]))
    return drawn


def _words(line: Line) -> list[Paragraph]:
    return [said(line.what, TEXT), *([said(line.why, NOTE)] if line.why else [])]
