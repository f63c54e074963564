"""Reviews of deals: asked for, followed and read."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.deal_review_bodies import (
    AllQueuedOut,
    AnalysisOut,
    AnalyzeQuery,
    DealQueuedOut,
    LanguageQuery,
    ManagerQueuedOut,
    ReviewList,
    ReviewOut,
)
from api.v1.fields import PathId, PathRecordId
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import deal_reviews, review_requests
from services.callers import Caller

router: Final = APIRouter(tags=["deals"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.DEALS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.DEALS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)
ACCEPTED: Final = 202


@router.post(
    "/deals/analyze-all", status_code=ACCEPTED, response_model=AllQueuedOut, responses=described(400, 401, 403, 409, 413, 415, 422)
)
def analyze_all(wanted: Annotated[LanguageQuery, Query()], calling: Writer, once: Once) -> Response:
    """Have all open deals the caller looks after reviewed."""

    def work(session: Session) -> Done:
        asked = review_requests.ask_all(session, calling.viewer, clock.now(), wanted.language)
        return Done(shown=AllQueuedOut.of(asked), status=ACCEPTED)

    return written(once, work)


@router.post(
    "/managers/{manager_id}/analyze-deals",
    status_code=ACCEPTED,
    response_model=ManagerQueuedOut,
    responses=WRITES,
)
def analyze_deals(manager_id: PathId, wanted: Annotated[LanguageQuery, Query()], calling: Writer, once: Once) -> Response:
    """Have the open deals of an agent reviewed, or those of a manager's teams, as far as the caller looks after them."""

    def work(session: Session) -> Done:
        asked, name = review_requests.ask_agent(session, calling.viewer, manager_id, clock.now(), wanted.language)
        return Done(shown=ManagerQueuedOut.of(asked, name), status=ACCEPTED)

    return written(once, work)


@router.post(
    "/deals/{deal_id}/analyze",
    status_code=ACCEPTED,
    response_model=DealQueuedOut,
    responses=WRITES,
)
def analyze(deal_id: PathRecordId, wanted: Annotated[AnalyzeQuery, Query()], calling: Writer, once: Once) -> Response:
    """Have one open deal reviewed; with `notify` its agent is told what the review says."""

    def work(session: Session) -> Done:
        asked = review_requests.ask_deal(session, calling.viewer, deal_id, clock.now(), wanted.language, notify=wanted.notify)
        return Done(shown=DealQueuedOut.of(asked, deal_id), status=ACCEPTED)

    return written(once, work)


@router.get("/deals/analyses/{analysis_id}", responses=described(401, 403, 404, 422))
def analysis(analysis_id: PathRecordId, calling: Reader) -> AnalysisOut:
    """How far something is that the caller asked for; admins and programs see what anybody did."""
    with database().reading() as session:
        return AnalysisOut.of(review_requests.asked(session, calling.viewer, analysis_id))


@router.get("/deals/{deal_id}/reviews", responses=described(401, 403, 404, 422))
def reviews(deal_id: PathRecordId, calling: Reader) -> ReviewList:
    """The latest reviews of a deal, the last one first: what to do, what to say, the plan, by whom and when."""
    with database().reading() as session:
        found = deal_reviews.reviews_of(session, calling.viewer, deal_id, clock.now())
    return ReviewList(items=[ReviewOut.of(each) for each in found])
