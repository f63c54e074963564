"""Deals at risk: their facts, what warns of them, and doing something about it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.deal_fact_bodies import DealFactsOut
from api.v1.deal_warning_bodies import AtRiskPage, AtRiskQuery, ResolveIn, SnoozeIn, StaleOut, StaleQuery, WarningsOut
from api.v1.fields import PathRecordId
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.deals.warnings import WarningRule
from services import deal_facts, deal_warnings, stale_deals, win_chances
from services.access import Viewer
from services.callers import Caller
from services.deal_warnings import Narrowed
from services.owners import today_of
from services.roster import currency_of

router: Final = APIRouter(prefix="/deals", tags=["deals"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.DEALS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.DEALS_WRITE))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("/at-risk", responses=described(401, 403, 422))
def at_risk(wanted: Annotated[AtRiskQuery, Query()], calling: Reader) -> AtRiskPage:
    """Open deals the caller looks after, those that ask most for attention first, each with its open warnings."""
    now = clock.now()
    narrowed = Narrowed(
        agent_id=wanted.agent,
        team_id=wanted.team,
        pipeline=wanted.pipeline,
        stage=wanted.stage,
        priority=wanted.priority,
        rule=wanted.rule,
        quiet_since=None if wanted.quiet_days is None else now - timedelta(days=wanted.quiet_days),
    )
    with database().reading() as session:
        return AtRiskPage.of(deal_warnings.page(session, calling.viewer, narrowed, now, offset=wanted.offset, limit=wanted.limit))


@router.post("/check-stale", response_model=StaleOut, responses=described(400, 401, 403, 409, 413, 415, 422))
def check_stale(wanted: Annotated[StaleQuery, Query()], calling: Writer, once: Once) -> Response:
    """Look for open deals without activity for so many days, and tell each agent of their own, once a day."""
    return written(once, lambda session: _check(session, calling.viewer, wanted.days_threshold))


@router.get("/{deal_id}/facts", responses=described(401, 403, 404, 422))
def facts(deal_id: PathRecordId, calling: Reader) -> DealFactsOut:
    """Everything known of a deal now: age, stage, silence, talk by side, tasks, next step; of an open one how likely it is to be won."""
    with database().reading() as session:
        found = deal_facts.facts_of(session, calling.viewer, deal_id, clock.now())
        return DealFactsOut.of(found, currency_of(session), win_chances.chances_of(session, [found]).get(deal_id))


@router.get("/{deal_id}/warnings", responses=described(401, 403, 404, 422))
def warnings(deal_id: PathRecordId, calling: Reader) -> WarningsOut:
    """What warns of a deal, what was put aside, and what is over."""
    with database().reading() as session:
        return WarningsOut.of(deal_warnings.warnings_of(session, calling.viewer, deal_id, clock.now()))


@router.post("/{deal_id}/warnings/{rule}/snooze", response_model=WarningsOut, responses=WRITES)
def snooze(deal_id: PathRecordId, rule: WarningRule, body: SnoozeIn, calling: Writer, once: Once) -> Response:
    """Put a warning aside until a day begins, ninety days ahead at most."""
    viewer = calling.viewer
    deed = _deed(
        deal_id, viewer, lambda session: deal_warnings.snooze(session, viewer, deal_id, rule, body.until, body.reason, clock.now())
    )
    return written(once, deed)


@router.post("/{deal_id}/warnings/{rule}/resolve", response_model=WarningsOut, responses=WRITES)
def resolve(deal_id: PathRecordId, rule: WarningRule, body: ResolveIn, calling: Writer, once: Once) -> Response:
    """Say that a warning is dealt with; it comes back when its situation begins anew."""
    viewer = calling.viewer
    deed = _deed(deal_id, viewer, lambda session: deal_warnings.resolve(session, viewer, deal_id, rule, body.reason, clock.now()))
    return written(once, deed)


@router.post("/{deal_id}/warnings/{rule}/reopen", response_model=WarningsOut, responses=WRITES)
def reopen(deal_id: PathRecordId, rule: WarningRule, calling: Writer, once: Once) -> Response:
    """Let a warning speak again that was put aside."""
    viewer = calling.viewer
    return written(once, _deed(deal_id, viewer, lambda session: deal_warnings.reopen(session, viewer, deal_id, rule, clock.now())))


def _deed(deal_id: int, viewer: Viewer, deed: Callable[[Session], None]) -> Callable[[Session], Done]:
    def work(session: Session) -> Done:
        deed(session)
        return Done(shown=WarningsOut.of(deal_warnings.warnings_of(session, viewer, deal_id, clock.now())))

    return work


def _check(session: Session, viewer: Viewer, days: int) -> Done:
    now = clock.now()
    return Done(shown=StaleOut.of(stale_deals.check(session, viewer, days, now), days, today_of(viewer, now)))
