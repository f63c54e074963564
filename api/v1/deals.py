"""Deals: fed in from a CRM, moved from stage to stage, won and lost."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.deal_bodies import DealChange, DealIn, DealOut, DealPage, DealQuery
from api.v1.fields import PathRecordId
from api.v1.pages import cursor_of, id_behind
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from secret_key import secret_key
from services import deals
from services.access import Viewer
from services.callers import Caller
from services.client_erasure import refuse_forgotten_deal
from services.deals import RecordFilter, StoredDeal
from services.roster import currency_of

router: Final = APIRouter(prefix="/deals", tags=["deals"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.DEALS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.DEALS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("", responses=described(401, 403, 422))
def page(wanted: Annotated[DealQuery, Query()], calling: Reader) -> DealPage:
    """Deals the caller looks after today, the newest first."""
    narrowed = RecordFilter(
        agent_id=wanted.agent,
        team_id=wanted.team,
        status=wanted.status,
        stage=wanted.stage,
        lead_id=wanted.lead,
        origin=wanted.origin,
        external_id=wanted.external_id,
        updated_since=wanted.updated_since,
    )
    after, now = id_behind(wanted.cursor), clock.now()
    with database().reading() as session:
        found = deals.deals(session, calling.viewer, narrowed, after=after, limit=wanted.limit + 1, now=now)
        currency = currency_of(session)
    listed = [shown(each, currency) for each in found[: wanted.limit]]
    return DealPage(items=listed, next_cursor=cursor_of(listed[-1].id) if len(found) > wanted.limit else None)


@router.get("/{deal_id}", responses=described(401, 403, 404, 422))
def one(deal_id: PathRecordId, calling: Reader) -> DealOut:
    """One deal."""
    with database().reading() as session:
        return shown(deals.deal(session, calling.viewer, deal_id, clock.now()), currency_of(session))


@router.post("", status_code=status.HTTP_201_CREATED, response_model=DealOut, responses={**WRITES, 200: {"model": DealOut}})
def store(body: DealIn, calling: Writer, once: Once) -> Response:
    """Store a deal: 201 when it is new, 200 when the one with its external id was brought up to date."""
    return written(once, lambda session: _store(session, calling.viewer, body))


@router.patch("/{deal_id}", response_model=DealOut, responses=WRITES)
def change(deal_id: PathRecordId, body: DealChange, calling: Writer, once: Once) -> Response:
    """Change what is said about a deal; another stage is remembered as a move."""
    return written(once, lambda session: _change(session, calling.viewer, deal_id, body))


def _store(session: Session, viewer: Viewer, body: DealIn) -> Done:
    said = body.said()
    refuse_forgotten_deal(session, secret_key(), said)
    stored, is_new = deals.store(session, viewer, said, clock.now())
    code = status.HTTP_201_CREATED if is_new else status.HTTP_200_OK
    return Done(shown=shown(stored, currency_of(session)), status=code)


def _change(session: Session, viewer: Viewer, deal_id: int, body: DealChange) -> Done:
    changed = deals.change(session, viewer, deal_id, body.said(), clock.now())
    return Done(shown=shown(changed, currency_of(session)))


def shown(deal: StoredDeal, currency: str) -> DealOut:
    """The deal as an answer."""
    return DealOut.model_validate(deal.model_dump(include=set(DealOut.model_fields)) | {"currency": currency})
