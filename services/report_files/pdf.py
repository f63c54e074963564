"""A report as a PDF on A4, made in memory."""

from io import BytesIO
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from domain.reports import content
from domain.reports.content import Report, Section
from services.report_files import fonts

MARGIN: Final = 18 * mm
PADDING: Final = 6
"""What the page's frame leaves free at each side."""
WIDTH: Final = A4[0] - 2 * (MARGIN + PADDING)
BAR_WIDTH: Final = 32 * mm
BAR_HEIGHT: Final = 2.6 * mm
NARROWEST, WIDEST = 6, 30
"""Letters; columns share the room by the longest of theirs, within these."""
NOT_BROKEN: Final = "\u00a0%"
QUIET: Final = HexColor("#55606e")
LINE: Final = HexColor("#dfe4ea")
BAR: Final = HexColor("#2f6fb5")
LETTERS_MISSING: Final = "Some letters are in none of this file's fonts and stand as ?. The same report as a web page has them."
TEXT: Final = ParagraphStyle("text", fontName=fonts.REGULAR, fontSize=9, leading=12.5, textColor=HexColor("#1c2430"))
NOTE: Final = ParagraphStyle("note", parent=TEXT, fontSize=8, leading=11, textColor=QUIET)
TITLE: Final = ParagraphStyle("title", parent=TEXT, fontName=fonts.BOLD, fontSize=18, leading=24)
ABOUT: Final = ParagraphStyle("about", parent=TEXT, fontName=fonts.BOLD, fontSize=11, leading=15)
HEADING: Final = ParagraphStyle("heading", parent=TEXT, fontName=fonts.BOLD, fontSize=12, leading=16, spaceBefore=10)
_STYLES: Final = {
    TA_LEFT: (ParagraphStyle("word", parent=TEXT), ParagraphStyle("word-name", parent=NOTE)),
    TA_RIGHT: (ParagraphStyle("figure", parent=TEXT, alignment=TA_RIGHT), ParagraphStyle("figure-name", parent=NOTE, alignment=TA_RIGHT)),
}


def pdf(report: Report) -> bytes:
    """The file, with the words of the report and nothing from anywhere else: the same bytes for the same report."""
    fonts.prepare()
    target = BytesIO()
    title = f"{report.title}: {report.about}, {report.days}".encode(errors="replace").decode()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="Pacesetter",
        invariant=True,
    )
    document.build(story(report), onFirstPage=_footer, onLaterPages=_footer)
    return target.getvalue()


def story(report: Report) -> list[Flowable]:
    """Everything the file says, from top to bottom."""
    told = [said(report.title, TITLE), said(report.about, ABOUT), said(report.days, TEXT)]
    told += [said(each, NOTE) for each in (report.compared_with, report.made) if each]
    for section in report.sections:
        told += _section(section)
    left_out = (LETTERS_MISSING,) if fonts.missing(report.words()) else ()
    return [*told, Spacer(0, 6 * mm), *(said(each, NOTE) for each in (*report.notes, *left_out))]


def _section(section: Section) -> list[Flowable]:
    """A heading stays with what follows it."""
    drawn: list[Flowable] = [CondPageBreak(30 * mm), said(section.title, HEADING)]
    if section.note:
        drawn.append(said(section.note, NOTE))
    if section.is_empty:
        return [*drawn, said(section.empty, TEXT)]
    if section.table is not None and section.table.rows:
        drawn.append(_table(section.table))
    return [*drawn, *(said(each, TEXT) for each in section.lines)]


def _table(table: content.Table) -> Table:
    names = [_cell(each, place, is_name=True) for place, each in enumerate(table.columns)]
    rows = [_row(row, has_bars=table.has_bars) for row in table.rows]
    drawn = Table([[*names, *([""] if table.has_bars else [])], *rows], colWidths=_widths(table), repeatRows=1, hAlign="LEFT")
    drawn.setStyle(
        TableStyle(
            [
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
                ("TOPPADDING", (0, 0), (-1, -1), 2.5),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
            ]
        )
    )
    return drawn


def _row(row: content.Row, *, has_bars: bool) -> list[Flowable]:
    cells: list[Flowable] = [_cell(each, place) for place, each in enumerate(row.cells)]
    return [*cells, _Bar(row.bar_share or 0.0)] if has_bars else cells


def _widths(table: content.Table) -> list[float]:
    bars = [BAR_WIDTH + PADDING] if table.has_bars else []
    longest = [max(map(len, texts)) for texts in zip(table.columns, *(row.cells for row in table.rows), strict=True)]
    shares = [min(max(letters, NARROWEST), WIDEST) for letters in longest]
    return [*((WIDTH - sum(bars)) * share / sum(shares) for share in shares), *bars]


def _cell(text: str, place: int, *, is_name: bool = False) -> Paragraph:
    return said(text.replace(" %", NOT_BROKEN), _STYLES[TA_RIGHT if place else TA_LEFT][is_name])


def said(text: str, style: ParagraphStyle) -> Paragraph:
    """The words as a paragraph, each letter in a font that has it."""
    return Paragraph(fonts.markup(text), style)


class _Bar(Flowable):  # type: ignore[misc]
    """A bar of a share of the column's width."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = min(1.0, max(0.0, share))

    def wrap(self, *_room: float) -> tuple[float, float]:
        return BAR_WIDTH, BAR_HEIGHT + 3

    def draw(self) -> None:
        self.canv.setFillColor(BAR)
        self.canv.rect(0, 0, BAR_WIDTH * self.share, BAR_HEIGHT, stroke=0, fill=1)


def _footer(canvas: Canvas, document: Any) -> None:  # noqa: ANN401 - reportlab has no types
    canvas.setFont(fonts.REGULAR, 8)
    canvas.setFillColor(QUIET)
    canvas.drawRightString(A4[0] - MARGIN, 10 * mm, f"Pacesetter · page {document.page}")
