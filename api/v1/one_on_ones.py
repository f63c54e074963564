"""The caller's own 1:1s, and each of them as a sheet of paper; people only: no program's token opens what two people said."""

from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Response

import clock
from api.deps import SignedIn
from api.errors import described
from api.v1.fields import PathId, Shown
from database import database
from services import one_on_ones
from services.audit import Action, record
from services.one_on_one_sheets import sheet_of
from services.report_files.one_page import one_page_pdf

router: Final = APIRouter(prefix="/one-on-ones", tags=["coaching"])
PDF_TYPE: Final = "application/pdf"
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The file.", "content": {PDF_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
}


class OneOnOneOut(Shown):
    """A 1:1 of the caller's."""

    id: int
    agent_id: int
    agent_name: str
    manager_id: int
    manager_name: str
    planned_on: date
    topics: str
    """What the agent wants to talk about."""
    agenda: str
    notes: str
    held_on: date | None
    """Null while it is prepared."""


class OneOnOneList(Shown):
    """All of them."""

    items: list[OneOnOneOut]


@router.get("", responses=described(401, 403))
def own_one_on_ones(viewer: SignedIn) -> OneOnOneList:
    """The 1:1s of the caller, as agent or as manager, those in preparation first, then the latest."""
    with database().reading() as session:
        found = one_on_ones.talks(session, viewer)
    return OneOnOneList(items=[OneOnOneOut.model_validate(each) for each in found])


@router.get("/{one_on_one_id}/sheet", response_class=Response, responses=described(401, 403, 404, 422) | FILE)
def one_on_one_sheet(one_on_one_id: PathId, viewer: SignedIn) -> Response:
    """One 1:1 on a page of A4: pre-read, agenda and what was taken on, for its two people."""
    now = clock.now()
    with database().reading() as session:
        body = one_page_pdf(sheet_of(session, viewer, one_on_one_id, now))
    subject = f"report:one-on-one-{one_on_one_id}"
    database().write(lambda session: record(session, person_id=viewer.person_id, action=Action.EXPORT, subject=subject, at=now))
    headers = {"Content-Disposition": f'inline; filename="pacesetter-1-1-{one_on_one_id}.pdf"', "Cache-Control": "private, no-store"}
    return Response(body, media_type=PDF_TYPE, headers=headers)
