"""An agent's day as a sheet of paper, for where there is no network."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Response

import clock
from api.deps import allowed
from api.errors import described
from api.v1.agents import Agent
from database import database
from domain.api_scopes import ApiScope
from services.audit import Action, record
from services.day_sheet import day_sheet
from services.report_files.day_sheet import day_sheet_pdf

router: Final = APIRouter(tags=["reports"])
PDF_TYPE: Final = "application/pdf"
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The file.", "content": {PDF_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


@router.get(
    "/agents/{agent}/day-sheet",
    response_class=Response,
    dependencies=[Depends(allowed(ApiScope.LEADS_READ))],
    responses=described(401, 403, 404, 422) | FILE,
)
def sheet_of_today(asked: Agent) -> Response:
    """Today on one page: what to do and why, what is planned, whom to call, with room to tick and to note the outcome."""
    now, viewer = clock.now(), asked.calling.viewer
    with database().reading() as session:
        body = day_sheet_pdf(day_sheet(session, viewer, asked.agent_id, now))
    subject = f"report:day-{asked.agent_id}-{asked.today}"
    database().write(lambda session: record(session, person_id=viewer.author_id, action=Action.EXPORT, subject=subject, at=now))
    name = f"pacesetter-day-{asked.agent_id}-{asked.today}.pdf"
    return Response(
        body, media_type=PDF_TYPE, headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"}
    )
