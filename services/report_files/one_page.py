"""A report on one page of A4, whatever stands in it: what would not fit is drawn smaller."""

from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, KeepInFrame, SimpleDocTemplate

from domain.reports.content import Report
from services.report_files import fonts
from services.report_files.pdf import MARGIN, WIDTH, story

HEIGHT: Final = A4[1] - 2 * MARGIN - 4 * mm


def one_page_pdf(report: Report) -> bytes:
    """The file."""
    fonts.prepare()
    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=f"{report.title}: {report.about}, {report.days}".encode(errors="replace").decode(),
        author="Pacesetter",
        invariant=True,
    )
    parts = [each for each in story(report) if not isinstance(each, CondPageBreak)]
    document.build([KeepInFrame(WIDTH, HEIGHT, parts, mode="shrink")])
    return target.getvalue()
