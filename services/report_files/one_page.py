"""One page of A4, whatever stands on it: what would not fit is drawn smaller."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepInFrame, SimpleDocTemplate

from domain.reports.content import Report
from services.report_files import fonts
from services.report_files.pdf import MARGIN, WIDTH, story

HEIGHT: Final = A4[1] - 2 * MARGIN - 4 * mm


def one_page_pdf(report: Report) -> bytes:
    """The file."""
    fonts.prepare()
    parts = [each for each in story(report) if not isinstance(each, CondPageBreak)]
    return one_page(parts, title=f"{report.title}: {report.about}, {report.days}")


def one_page(parts: Sequence[Flowable], *, title: str) -> bytes:
    """A file of one page with these parts; its letters are prepared by whoever made them."""
    target = BytesIO()
    document = SimpleDocTemplate(
        target,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title.encode(errors="replace").decode(),
        author="Pacesetter",
        invariant=True,
    )
    document.build([KeepInFrame(WIDTH, HEIGHT, list(parts), mode="shrink")])
    return target.getvalue()
