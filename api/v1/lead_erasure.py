"""A client who asks to be forgotten."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.fields import Body, PathRecordId, Words
from api.v1.lead_bodies import LeadOut
from api.v1.writing import Done, Once, written
from domain.api_scopes import ApiScope
from secret_key import secret_key
from services.access import Viewer
from services.callers import Caller
from services.client_erasure import erase_client

router: Final = APIRouter(prefix="/leads/{lead_id}", tags=["leads"])
Writer = Annotated[Caller, Depends(allowed(ApiScope.LEADS_WRITE))]


class ErasureIn(Body):
    """Who is meant, said once more."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"confirm": "Grace Hopper"}]})

    confirm: Annotated[Words, Field(min_length=1, max_length=300)]
    """The lead's name or e-mail."""


@router.post("/erasure", response_model=LeadOut, responses=described(400, 401, 403, 404, 409, 413, 415, 422))
def erase(lead_id: PathRecordId, body: ErasureIn, calling: Writer, once: Once) -> Response:
    """Erase who the client of a lead was, for good: for managers within their teams, admins and programs."""
    return written(once, lambda session: _erase(session, calling.viewer, lead_id, body))


def _erase(session: Session, viewer: Viewer, lead_id: int, body: ErasureIn) -> Done:
    left = erase_client(session, viewer, lead_id, body.confirm, secret=secret_key(), now=clock.now())
    return Done(shown=LeadOut.model_validate(left))
