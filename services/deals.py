"""Deals: listed, stored, moved from stage to stage and closed, within what the viewer looks after today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy.orm import Session

from data.models import Deal, StageChange
from data.queries import pipeline
from data.queries.zones import zone_of
from data.writes import external
from domain.errors import ConflictError, InputError, NotFoundError
from domain.local_time import local_time
from domain.records import DealStatus
from services.access import Viewer
from services.activities import check_time
from services.leads import TAKEN
from services.owners import ELSEWHERE, LOGGED_HERE, AgentName, chosen_owner, require_assigner, today_of
from services.pipeline_stages import pipelines
from services.roster import currency_of
from services.saving import save

StoredDeal: TypeAlias = Deal
RecordFilter: TypeAlias = pipeline.RecordFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class DealWords:
    """What is said about a deal; what is not said stays as it is."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    """Its own columns, but for the stage and what is named below."""
    stage: str | None = None
    moved_at: datetime | None = None
    """When it entered the stage; None means now."""
    agent: AgentName = field(default_factory=AgentName)
    is_unassigned: bool = False
    currency: str | None = None
    """What the amount is in, to be sure of it; amounts are always in the organisation's."""
    origin: str | None = None
    external_id: str | None = None


def deals(session: Session, viewer: Viewer, wanted: RecordFilter, *, after: int | None, limit: int, now: datetime) -> list[Deal]:
    """Up to `limit` deals, the newest first, with ids below `after`."""
    return pipeline.deals(session, viewer.scope, today_of(viewer, now), wanted, after=after, limit=limit)


def deal(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> Deal:
    """One deal; NotFoundError when there is none or the viewer does not look after its agent."""
    return _existing(session, viewer, deal_id, now, locked=False)


def store(session: Session, viewer: Viewer, said: DealWords, now: datetime) -> tuple[Deal, bool]:
    """Store a deal, or bring the one with its external id up to date; the deal, and whether it is new."""
    known = _known(session, said)
    if known is not None:
        if pipeline.deal(session, viewer.scope, today_of(viewer, now), known) is None:
            raise ConflictError(TAKEN, code="external_id_taken")
        return change(session, viewer, known, said, now), False
    origin = (said.origin or ELSEWHERE) if said.external_id else LOGGED_HERE
    made = Deal(name=said.columns["name"], origin=origin, external_id=said.external_id, updated_at=now)
    if not said.is_unassigned:
        _give(session, viewer, made, said, now)
    elif not viewer.is_program:
        require_assigner(viewer)
    _apply(session, viewer, made, said, now)
    made.created_on = made.created_on or local_time(now, zone_of(session, made.agent_id)).on
    session.add(made)
    save(session)
    _move(session, viewer, made, said, now)
    save(session)
    return made, True


def change(session: Session, viewer: Viewer, deal_id: int, said: DealWords, now: datetime) -> Deal:
    """Change what is said about a deal; entering another stage is remembered. Raises as `leads.change`."""
    found = _existing(session, viewer, deal_id, now, locked=True)
    with session.no_autoflush:
        if said.is_unassigned and found.agent_id is not None:
            require_assigner(viewer)
            found.agent_id = None
        elif said.agent.is_said:
            _give(session, viewer, found, said, now)
        _apply(session, viewer, found, said, now)
        _move(session, viewer, found, said, now)
    if session.is_modified(found):
        found.updated_at = now
    save(session)
    return found


def _known(session: Session, said: DealWords) -> int | None:
    """The deal stored under the external id, once nobody else is storing one under it."""
    if said.external_id is None:
        return None
    origin = said.origin or ELSEWHERE
    external.hold(session, "deal", origin, said.external_id)
    return pipeline.deal_called(session, origin, said.external_id)


def _existing(session: Session, viewer: Viewer, deal_id: int, now: datetime, *, locked: bool) -> Deal:
    found = pipeline.deal(session, viewer.scope, today_of(viewer, now), deal_id, locked=locked)
    if found is None:
        raise NotFoundError("There is no such deal among those you look after.")
    return found


def _give(session: Session, viewer: Viewer, deal: Deal, said: DealWords, now: datetime) -> None:
    owner = chosen_owner(session, viewer, said.agent, now)
    if owner is None or owner.agent_id == deal.agent_id:
        return
    if deal.id is not None or owner.agent_id != viewer.person_id:
        require_assigner(viewer)
    deal.agent_id = owner.agent_id


def _apply(session: Session, viewer: Viewer, deal: Deal, said: DealWords, now: datetime) -> None:
    _require_currency(session, said)
    lead_id = said.columns.get("lead_id")
    if lead_id is not None and pipeline.lead(session, viewer.scope, today_of(viewer, now), lead_id) is None:
        raise NotFoundError("There is no such lead among those you look after.")
    for name, value in said.columns.items():
        setattr(deal, name, value)
    _settle_close(session, deal, said, now)


def _require_currency(session: Session, said: DealWords) -> None:
    ours = currency_of(session)
    if said.currency not in {None, ours}:
        raise InputError(f"currency: amounts here are in {ours}. Convert it first, or leave the amount out.", code="other_currency")


def _settle_close(session: Session, deal: Deal, said: DealWords, now: datetime) -> None:
    """An open deal has no day of closing, a decided one needs it, and only a lost one has a reason; reopening takes both back."""
    if deal.status is DealStatus.OPEN:
        if said.columns.get("closed_on") is not None:
            raise InputError("closed_on: an open deal is not closed. Send the status with it, or expected_close_on.", code="open_deal")
        deal.closed_on = None
    elif deal.closed_on is None:
        raise InputError(f"closed_on: a {deal.status} deal needs the day it was closed.", code="closed_on_missing")
    elif deal.closed_on > local_time(now, zone_of(session, deal.agent_id)).on + timedelta(days=1):
        raise InputError(f"closed_on: {deal.closed_on} is still to come.", code="future_close")
    if deal.status is not DealStatus.LOST:
        deal.lost_reason = ""


def _move(session: Session, viewer: Viewer, deal: Deal, said: DealWords, now: datetime) -> None:
    stage = None if said.stage is None else pipelines(session).key_of_own(said.stage)
    if stage is None or stage == deal.stage:
        return
    at = said.moved_at or now
    check_time(at, now)
    change = StageChange(
        deal_id=deal.id or 0,
        from_stage=deal.stage or None,
        to_stage=stage,
        changed_at=at,
        changed_on=local_time(at, zone_of(session, deal.agent_id)).on,
        changed_by=None if viewer.is_program else viewer.person_id,
    )
    session.add(change)
    deal.stage, deal.stage_entered_at = stage, at
