"""What happens with a lead, told one event at a time; each is an entry in its agent's timeline."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.fields import PathRecordId
from api.v1.lead_bodies import LeadOut
from api.v1.lead_event_bodies import Assignment, LeadEventIn
from api.v1.writing import Done, Once, written
from domain.api_scopes import ApiScope
from services import leads
from services.access import Viewer
from services.callers import Caller

router: Final = APIRouter(prefix="/leads/{lead_id}", tags=["leads"])
Writer = Annotated[Caller, Depends(allowed(ApiScope.LEADS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.post("/assignment", response_model=LeadOut, responses=WRITES)
def assign(lead_id: PathRecordId, body: Assignment, calling: Writer, once: Once) -> Response:
    """Give a lead to an agent, or to nobody: for managers within their teams, admins and programs."""
    return written(once, lambda session: _assign(session, calling.viewer, lead_id, body))


@router.post("/events", response_model=LeadOut, responses=WRITES)
def tell(lead_id: PathRecordId, body: LeadEventIn, calling: Writer, once: Once) -> Response:
    """Tell what happened with a lead: contacted, interested, converted, lost, reopened, rated or noted."""
    for scope in sorted(body.scopes):
        calling.require(scope)
    return written(once, lambda session: _tell(session, calling.viewer, lead_id, body))


def _assign(session: Session, viewer: Viewer, lead_id: int, body: Assignment) -> Done:
    return Done(shown=LeadOut.model_validate(leads.change(session, viewer, lead_id, body.said(), clock.now())))


def _tell(session: Session, viewer: Viewer, lead_id: int, body: LeadEventIn) -> Done:
    now = clock.now()
    body.happen(session, viewer, lead_id, now)
    return Done(shown=LeadOut.model_validate(leads.lead(session, viewer, lead_id, now)))
