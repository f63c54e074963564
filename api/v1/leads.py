"""Leads: fed in from a CRM, moved along, given to an agent."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.fields import PathRecordId
from api.v1.lead_bodies import LeadChange, LeadIn, LeadOut, LeadPage, LeadQuery
from api.v1.pages import cursor_of, id_behind
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from secret_key import secret_key
from services import leads
from services.access import Viewer
from services.callers import Caller
from services.client_erasure import refuse_forgotten_lead
from services.leads import RecordFilter

router: Final = APIRouter(prefix="/leads", tags=["leads"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.LEADS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.LEADS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("", responses=described(401, 403, 422))
def page(wanted: Annotated[LeadQuery, Query()], calling: Reader) -> LeadPage:
    """Leads the caller looks after today, the newest first."""
    narrowed = RecordFilter(
        agent_id=wanted.agent,
        team_id=wanted.team,
        status=wanted.status,
        origin=wanted.origin,
        external_id=wanted.external_id,
        updated_since=wanted.updated_since,
    )
    after, now = id_behind(wanted.cursor), clock.now()
    with database().reading() as session:
        found = leads.leads(session, calling.viewer, narrowed, after=after, limit=wanted.limit + 1, now=now)
    shown = [LeadOut.model_validate(each) for each in found[: wanted.limit]]
    return LeadPage(items=shown, next_cursor=cursor_of(shown[-1].id) if len(found) > wanted.limit else None)


@router.get("/{lead_id}", responses=described(401, 403, 404, 422))
def one(lead_id: PathRecordId, calling: Reader) -> LeadOut:
    """One lead."""
    with database().reading() as session:
        return LeadOut.model_validate(leads.lead(session, calling.viewer, lead_id, clock.now()))


@router.post("", status_code=status.HTTP_201_CREATED, response_model=LeadOut, responses={**WRITES, 200: {"model": LeadOut}})
def store(body: LeadIn, calling: Writer, once: Once) -> Response:
    """Store a lead: 201 when it is new, 200 when the one with its external id was brought up to date."""
    return written(once, lambda session: _store(session, calling.viewer, body))


@router.patch("/{lead_id}", response_model=LeadOut, responses=WRITES)
def change(lead_id: PathRecordId, body: LeadChange, calling: Writer, once: Once) -> Response:
    """Change what is said about a lead: its status with the date it was reached, whose it is, how to reach it."""
    return written(once, lambda session: _change(session, calling.viewer, lead_id, body))


def _store(session: Session, viewer: Viewer, body: LeadIn) -> Done:
    said = body.said()
    refuse_forgotten_lead(session, secret_key(), said)
    stored, is_new = leads.store(session, viewer, said, clock.now())
    return Done(shown=LeadOut.model_validate(stored), status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def _change(session: Session, viewer: Viewer, lead_id: int, body: LeadChange) -> Done:
    said, now = body.said(), clock.now()
    leads.lead(session, viewer, lead_id, now)
    refuse_forgotten_lead(session, secret_key(), said, lead_id=lead_id)
    return Done(shown=LeadOut.model_validate(leads.change(session, viewer, lead_id, said, now)))
