"""Reports as files: weekly and monthly, about an agent or a team, as a PDF or as a web page."""

from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.agents import Agent
from api.v1.fields import PathId
from database import database
from domain.api_scopes import ApiScope
from domain.local_time import local_time
from domain.reports.content import Report
from domain.reports.spans import PATTERN, report_days, span_name
from services.audit import Action, record
from services.callers import Caller
from services.report_files.html import html
from services.report_files.pdf import pdf
from services.reports import agent_report, team_report

router: Final = APIRouter(tags=["reports"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.ANALYTICS_READ))]
PDF_TYPE: Final = "application/pdf"
HTML_TYPE: Final = "text/html; charset=utf-8"
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The file.", "content": {PDF_TYPE: {"schema": {"type": "string", "format": "binary"}}, "text/html": {}}}
}


class FileType(StrEnum):
    """The formats a report can be had in."""

    PDF = "pdf"
    HTML = "html"


SpanPath = Annotated[
    str,
    Path(
        pattern=PATTERN,
        description="`last_week`, `this_week`, `last_month`, `this_month`, a week such as `2026-W47` or a month such as `2026-11`.",
    ),
]
Format = Annotated[FileType, Query(alias="format", description="`pdf`, or `html` for a page that needs nothing else.")]


@router.get("/agents/{agent}/reports/{span}", response_class=Response, responses=described(401, 403, 404, 422) | FILE)
def report_about_an_agent(asked: Agent, calling: Reader, span: SpanPath, file_type: Format = FileType.PDF) -> Response:
    """The report about an agent: figures, targets, goals, leads, sources, revenue and what stands out."""
    days = report_days(span, asked.today)
    with database().reading() as session:
        report = agent_report(session, calling.viewer, asked.agent_id, days, asked.today, clock.now())
    return _file(report, file_type, calling, f"agent-{asked.agent_id}-{span_name(days)}")


@router.get("/teams/{team_id}/reports/{span}", response_class=Response, responses=described(401, 403, 404, 422) | FILE)
def report_about_a_team(team_id: PathId, calling: Reader, span: SpanPath, file_type: Format = FileType.PDF) -> Response:
    """The report about a team, with everybody's place, for its managers, admins and programs: 404 for everybody else."""
    today = local_time(clock.now(), calling.viewer.time_zone).on
    days = report_days(span, today)
    with database().reading() as session:
        report = team_report(session, calling.viewer, team_id, days, today)
    return _file(report, file_type, calling, f"team-{team_id}-{span_name(days)}")


def _file(report: Report, file_type: FileType, calling: Caller, name: str) -> Response:
    body, media_type = (pdf(report), PDF_TYPE) if file_type is FileType.PDF else (html(report).encode(errors="replace"), HTML_TYPE)
    database().write(lambda session: _note(session, calling, file_type, name))
    headers = {"Content-Disposition": f'inline; filename="pacesetter-report-{name}.{file_type}"', "Cache-Control": "private, no-store"}
    return Response(body, media_type=media_type, headers=headers)


def _note(session: Session, calling: Caller, file_type: FileType, name: str) -> None:
    """What left the product as a file is in the audit log, as every download is."""
    who = None if calling.viewer.is_program else calling.viewer.person_id
    record(session, person_id=who, action=Action.EXPORT, subject=f"report:{name}", details={"format": file_type.value}, at=clock.now())
