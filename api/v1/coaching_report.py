"""The coaching report of a month, for programs; as a file it is at `/agents/{agent}/reports/{span}`."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query

import clock
from api.deps import allowed
from api.errors import described
from api.v1.agents import AskedAgent
from api.v1.fields import Shown
from database import database
from domain.api_scopes import ApiScope
from domain.reports.spans import MONTH_PATTERN, report_days
from services.reports import agent_report

router: Final = APIRouter(prefix="/coaching", tags=["coaching"])
Month = Annotated[str, Query(pattern=MONTH_PATTERN, description="`last_month`, `this_month`, or a month such as `2026-11`.")]


class RowOut(Shown):
    """A line of a table."""

    cells: tuple[str, ...]
    bar_share: float | None
    """How long a bar beside it is, from 0 to 1."""


class TableOut(Shown):
    """Rows below headings."""

    columns: tuple[str, ...]
    rows: tuple[RowOut, ...]


class SectionOut(Shown):
    """A part of the report."""

    title: str
    note: str
    table: TableOut | None
    lines: tuple[str, ...]
    empty: str
    """What stands there where there is neither a row nor a line."""


class MonthlyReportOut(Shown):
    """The report as the screen, the PDF and the web page have it."""

    title: str
    about: str
    days: str
    compared_with: str
    made: str
    sections: tuple[SectionOut, ...]
    notes: tuple[str, ...]


@router.get("/monthly-report", dependencies=[Depends(allowed(ApiScope.ANALYTICS_READ))], responses=described(401, 403, 404, 422))
def monthly_report(asked: AskedAgent, month: Month = "last_month") -> MonthlyReportOut:
    """What went well, what is worth attention, the figures behind it and what to do next; by rules. `agent` is `me` unless told."""
    days = report_days(month, asked.today)
    with database().reading() as session:
        report = agent_report(session, asked.calling.viewer, asked.agent_id, days, asked.today, clock.now())
    return MonthlyReportOut.model_validate(report)
