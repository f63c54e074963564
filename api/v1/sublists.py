"""The partner lists of a deal, and the deals their contacts become."""

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response, status
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.deal_bodies import DealOut
from api.v1.deals import shown
from api.v1.fields import Body, PathRecordId, Shown, Words
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import sublists
from services.access import Viewer
from services.callers import Caller
from services.roster import currency_of

router: Final = APIRouter(prefix="/deals/{deal_id}/sublists", tags=["deals"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.DEALS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.DEALS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


class ContactIn(Body):
    """A partner on a list."""

    name: Annotated[Words, Field(min_length=1, max_length=300)]
    company: Annotated[Words, Field(max_length=300)] = ""
    email: Annotated[Words, Field(max_length=254)] = ""


class SublistIn(Body):
    """A partner list with its contacts."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"contacts": [{"name": "Lin Chen", "company": "Cedar Builders"}]}]})

    name: Annotated[Words, Field(max_length=300)] = ""
    """`Partners of …` unless told."""
    contacts: Annotated[list[ContactIn], Field(min_length=1, max_length=sublists.MOST_CONTACTS)]


class ContactOut(Shown):
    """A partner on a list."""

    id: int
    name: str
    company: str
    email: str
    deal_id: int | None
    """The deal it became."""


class SublistOut(Shown):
    """A list."""

    id: int
    name: str
    sent_on: date | None
    contacts: list[ContactOut]


class SublistsOut(Shown):
    """The lists of a deal, oldest first."""

    items: list[SublistOut]


@router.get("", responses=described(401, 403, 404, 422))
def partner_lists(deal_id: PathRecordId, calling: Reader) -> SublistsOut:
    """The partner lists of a deal, with the deals their contacts became."""
    with database().reading() as session:
        found = sublists.lists_of(session, calling.viewer, deal_id, clock.now())
    return SublistsOut(items=[_out(each) for each in found])


@router.post("", status_code=status.HTTP_201_CREATED, response_model=SublistOut, responses=WRITES)
def add_list(deal_id: PathRecordId, body: SublistIn, calling: Writer, once: Once) -> Response:
    """Keep a partner list with its contacts; the size of the deal's list rises with them."""
    return written(once, lambda session: _add(session, calling.viewer, deal_id, body))


@router.post("/contacts/{contact_id}/deal", status_code=status.HTTP_201_CREATED, response_model=DealOut, responses=WRITES)
def make_deal(deal_id: PathRecordId, contact_id: PathRecordId, calling: Writer, once: Once) -> Response:
    """Make a deal of a partner, in the first stage of the pipeline; 409 for one that has a deal."""
    return written(once, lambda session: _spawn(session, calling.viewer, deal_id, contact_id))


def _add(session: Session, viewer: Viewer, deal_id: int, body: SublistIn) -> Done:
    people = [each.model_dump() for each in body.contacts]
    made = sublists.add_list(session, viewer, deal_id, body.name, people, clock.now())
    return Done(shown=_out(made), status=status.HTTP_201_CREATED)


def _spawn(session: Session, viewer: Viewer, deal_id: int, contact_id: int) -> Done:
    made = sublists.spawn(session, viewer, deal_id, contact_id, clock.now())
    return Done(shown=shown(made, currency_of(session)), status=status.HTTP_201_CREATED)


def _out(each: sublists.PartnerList) -> SublistOut:
    people = [ContactOut.model_validate(person, from_attributes=True) for person in each.contacts]
    return SublistOut(id=each.id, name=each.name, sent_on=each.sent_on, contacts=people)
