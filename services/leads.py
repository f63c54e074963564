"""Leads: listed, stored, moved along and given to somebody, within what the viewer looks after today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import Lead
from data.queries import pipeline
from data.queries.zones import zone_of
from data.writes import external
from domain.errors import ConflictError, InputError, NotFoundError
from domain.lead_steps import STEPS, Progress, Step, moved
from domain.local_time import local_time
from domain.records import LeadStatus
from services import lead_history
from services.access import Viewer
from services.activities import check_time
from services.lead_history import NOT_THERE
from services.owners import ELSEWHERE, LOGGED_HERE, AgentName, chosen_owner, require_assigner, today_of
from services.saving import save
from services.standing_sales import follow_day, require_no_sale

StoredLead: TypeAlias = Lead
RecordFilter: TypeAlias = pipeline.RecordFilter
TAKEN: Final = "This external id belongs to another record."
NOBODYS: Final = "assigned_at: nobody has this lead. Name its agent too."
BEFORE_CONVERSION: Final = frozenset({LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.INTERESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadWords:
    """What is said about a lead; what is not said stays as it is."""

    columns: Mapping[str, Any] = field(default_factory=dict)
    """Name, company, e-mail, phone, source, category, lost_reason, satisfaction, wants_no_contact."""
    agent: AgentName = field(default_factory=AgentName)
    is_unassigned: bool = False
    """Whether it is said that nobody has it."""
    assigned_at: datetime | None = None
    status: LeadStatus | None = None
    at: datetime | None = None
    """When the status was reached; None means now, or the date known already."""
    origin: str | None = None
    external_id: str | None = None


def leads(session: Session, viewer: Viewer, wanted: RecordFilter, *, after: int | None, limit: int, now: datetime) -> list[Lead]:
    """Up to `limit` leads, the newest first, with ids below `after`."""
    return pipeline.leads(session, viewer.scope, today_of(viewer, now), wanted, after=after, limit=limit)


def lead(session: Session, viewer: Viewer, lead_id: int, now: datetime, *, locked: bool = False) -> Lead:
    """One lead, locked for the transaction where asked; NotFoundError when there is none or the viewer does not look after its agent."""
    return _existing(session, viewer, lead_id, now, locked=locked)


def progress(lead: Lead) -> Progress:
    """How far the lead has come."""
    reached = {step: getattr(lead, f"{step}_on") for step in STEPS}
    steps = {step: Step(at=getattr(lead, f"{step}_at"), on=on) for step, on in reached.items() if on is not None}
    return Progress(status=lead.status, steps=steps, lost_on=lead.lost_on)


def store(session: Session, viewer: Viewer, said: LeadWords, now: datetime) -> tuple[Lead, bool]:
    """Store a lead, or bring the one with its external id up to date; the lead, and whether it is new."""
    known = _known(session, said)
    if known is not None:
        if pipeline.lead(session, viewer.scope, today_of(viewer, now), known) is None:
            raise ConflictError(TAKEN, code="external_id_taken")
        return change(session, viewer, known, said, now), False
    origin = (said.origin or ELSEWHERE) if said.external_id else LOGGED_HERE
    made = Lead(name=said.columns["name"], origin=origin, external_id=said.external_id, created_at=now, updated_at=now)
    if not said.is_unassigned:
        _assign(session, viewer, made, said, now)
    elif not viewer.is_program:
        require_assigner(viewer)
    _apply(session, made, said, now)
    session.add(made)
    save(session)
    lead_history.follow_change(session, viewer, made, NOT_THERE, at=said.at, now=now)
    return made, True


def change(session: Session, viewer: Viewer, lead_id: int, said: LeadWords, now: datetime) -> Lead:
    """Change what is said about a lead; a conversion that is dated anew takes the day of its sale along.

    Raises NotFoundError for one the viewer does not look after, or an agent they do not; AccessError for an agent who
    gives it away; InputError for dates that cannot be; ConflictError where a conversion would go and its sale would stay.
    """
    found = _existing(session, viewer, lead_id, now, locked=True)
    before = lead_history.standing(found)
    if found.converted_on is not None and said.status in BEFORE_CONVERSION:
        require_no_sale(session, viewer, found, now)
    with session.no_autoflush:
        if said.is_unassigned and found.agent_id is not None:
            require_assigner(viewer)
            found.agent_id = None
        elif said.agent.is_said or said.assigned_at is not None:
            _assign(session, viewer, found, replace(said, agent=_named(said, found)), now)
        _apply(session, found, said, now)
    if session.is_modified(found):
        found.updated_at = now
    save(session)
    lead_history.follow_change(session, viewer, found, before, at=said.at, now=now)
    if found.converted_on not in {None, before.converted_on}:
        follow_day(session, viewer, found, now)
    return found


def _known(session: Session, said: LeadWords) -> int | None:
    """The lead stored under the external id, once nobody else is storing one under it."""
    if said.external_id is None:
        return None
    origin = said.origin or ELSEWHERE
    external.hold(session, "lead", origin, said.external_id)
    return pipeline.lead_called(session, origin, said.external_id)


def _existing(session: Session, viewer: Viewer, lead_id: int, now: datetime, *, locked: bool) -> Lead:
    found = pipeline.lead(session, viewer.scope, today_of(viewer, now), lead_id, locked=locked)
    if found is None:
        raise NotFoundError("There is no such lead among those you look after.")
    return found


def _named(said: LeadWords, lead: Lead) -> AgentName:
    """The agent it is to be of: the one named, else the one who has it; raises InputError where that is nobody."""
    if said.agent.is_said:
        return said.agent
    if lead.agent_id is None:
        raise InputError(NOBODYS)
    return AgentName(agent_id=lead.agent_id)


def _assign(session: Session, viewer: Viewer, lead: Lead, said: LeadWords, now: datetime) -> None:
    owner = chosen_owner(session, viewer, said.agent, now)
    if owner is None and said.assigned_at is not None:
        raise InputError(NOBODYS)
    if owner is None or (owner.agent_id == lead.agent_id and said.assigned_at is None):
        return
    if lead.id is not None or owner.agent_id != viewer.person_id:
        require_assigner(viewer)
    at = said.assigned_at or now
    check_time(at, now)
    lead.agent_id, lead.assigned_at, lead.assigned_on = owner.agent_id, at, local_time(at, owner.time_zone).on
    _time_response(lead)


def _apply(session: Session, lead: Lead, said: LeadWords, now: datetime) -> None:
    zone = zone_of(session, lead.agent_id)
    for name, value in said.columns.items():
        setattr(lead, name, value)
    if "satisfaction" in said.columns:
        lead.rated_on = None if lead.satisfaction is None else lead.rated_on or local_time(now, zone).on
    if said.status is not None:
        at = said.at or now
        check_time(at, now)
        _show(lead, moved(progress(lead), said.status, Step(at=at, on=local_time(at, zone).on), is_dated=said.at is not None))
    if lead.status is not LeadStatus.LOST:
        lead.lost_reason = ""


def _show(lead: Lead, progress: Progress) -> None:
    lead.status, lead.lost_on = progress.status, progress.lost_on
    for step in STEPS:
        reached = progress.steps.get(step)
        setattr(lead, f"{step}_at", reached.at if reached else None)
        setattr(lead, f"{step}_on", reached.on if reached else None)
    _time_response(lead)


def _time_response(lead: Lead) -> None:
    """How long the first contact took; unknown where it lies before the assignment."""
    if lead.assigned_at is None or lead.contacted_at is None:
        lead.response_seconds = None
        return
    waited = int((lead.contacted_at - lead.assigned_at).total_seconds())
    lead.response_seconds = waited if waited >= 0 else None
