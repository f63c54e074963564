"""A lead's history: each move becomes an entry of its agent, in the transaction that moved it.

Imports write none: a file tells how things stand, not who moved them when. A lead of nobody has nobody's timeline to be in; its history
begins when it is given to somebody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from data.models import Activity, Lead
from data.queries.lead_history import latest_move
from data.queries.zones import zone_of
from domain.lead_history import UNDONE, HistoryEntry, assigned, restaged
from domain.local_time import local_time, moment_at
from domain.records import ActivityType, LeadStatus
from services.access import Viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whose a lead is and how far it has come, to compare with afterwards."""

    agent_id: int | None = None
    assigned_at: datetime | None = None
    status: LeadStatus = LeadStatus.NEW
    contacted_at: datetime | None = None
    converted_on: date | None = None
    """A lost lead may keep the day of its conversion."""


NOT_THERE = Standing()
"""What a lead stands at before it is stored."""


def standing(lead: Lead) -> Standing:
    """How the lead stands now."""
    return Standing(
        agent_id=lead.agent_id,
        assigned_at=lead.assigned_at,
        status=lead.status,
        contacted_at=lead.contacted_at,
        converted_on=lead.converted_on,
    )


def follow_change(session: Session, viewer: Viewer, lead: Lead, before: Standing, *, at: datetime | None, now: datetime) -> None:
    """Write down what a stored change did to the lead; `at` is when its status was reached, where that was said.

    A status or an assignment that was only dated anew takes its entry along to the new date.
    """
    _follow_assignment(session, viewer, lead, before, now)
    if lead.status is not before.status:
        _add_status(session, viewer, lead, before, at or now, now)
        _follow_conversion(session, lead, before)
    elif at is not None:
        _redate(session, lead, _kind(lead.status), lead.status.value, at)
    session.flush()


def follow_activity(session: Session, viewer: Viewer, lead: Lead, before: Standing, now: datetime) -> None:
    """Write down that an activity was the lead's first contact; when it is taken back, its entry goes with it."""
    if lead.status is LeadStatus.CONTACTED and before.status is LeadStatus.NEW:
        _add_status(session, viewer, lead, before, lead.contacted_at or now, now)
    elif lead.status is LeadStatus.NEW and before.status is LeadStatus.CONTACTED:
        written = latest_move(session, lead.id or 0, ActivityType.STAGE_CHANGE, before.status.value)
        if written is not None:
            session.delete(written)
    elif lead.contacted_at is not None and lead.contacted_at != before.contacted_at:
        _redate(session, lead, ActivityType.STAGE_CHANGE, LeadStatus.CONTACTED.value, lead.contacted_at)
    session.flush()


def conversion_of(session: Session, lead: Lead) -> Activity | None:
    """The entry of the lead's last conversion."""
    return latest_move(session, lead.id or 0, ActivityType.CONVERSION, LeadStatus.CONVERTED.value)


def add_sale(session: Session, viewer: Viewer, lead: Lead, sale: Mapping[str, Any], now: datetime) -> None:
    """Let the lead's conversion tell its sale (`deal_id`, `revenue_minor` …); one that came with an import is written down now.

    In the timeline of an agent who had the lead before, the sale is remembered and not told: its amount is a colleague's.
    """
    entry = conversion_of(session, lead)
    if entry is None:
        before = Standing(agent_id=lead.agent_id, status=LeadStatus.NEW)
        entry = _add_status(session, viewer, lead, before, _conversion_moment(session, lead) or now, now)
    if entry is not None and entry.agent_id == lead.agent_id:
        entry.deal_id, entry.details = sale["deal_id"], entry.details | dict(sale)
    elif entry is not None:
        entry.details = entry.details | dict(sale) | {"revenue_minor": None}
    session.flush()


def _conversion_moment(session: Session, lead: Lead) -> datetime | None:
    """When the lead converted; noon where a file told the day alone."""
    if lead.converted_at is not None or lead.converted_on is None:
        return lead.converted_at
    return moment_at(datetime.combine(lead.converted_on, time(12)), zone_of(session, lead.agent_id)).moment


def _follow_assignment(session: Session, viewer: Viewer, lead: Lead, before: Standing, now: datetime) -> None:
    if lead.agent_id != before.agent_id:
        entry = assigned(lead.id or 0, before.agent_id, lead.agent_id, _by(viewer))
        at = (lead.assigned_at if lead.agent_id is not None else None) or now
        _add(session, lead, lead.agent_id or before.agent_id, entry, at, now)
    elif lead.assigned_at is not None and lead.assigned_at != before.assigned_at:
        _redate(session, lead, ActivityType.ASSIGNMENT, str(lead.agent_id), lead.assigned_at)


def _add_status(session: Session, viewer: Viewer, lead: Lead, before: Standing, at: datetime, now: datetime) -> Activity | None:
    entry = restaged(lead.id or 0, before.status, lead.status, _by(viewer), was_converted=before.converted_on is not None)
    return _add(session, lead, lead.agent_id or before.agent_id, entry, at, now)


def _follow_conversion(session: Session, lead: Lead, before: Standing) -> None:
    """Mark the entry of a conversion that is none any more, so that whoever lists conversions leaves it out; date one anew that was."""
    entry = conversion_of(session, lead) if before.converted_on is not None else None
    if entry is None:
        return
    if lead.converted_on is None:
        entry.details = entry.details | {UNDONE: True}
    elif lead.converted_at is not None and lead.converted_on != before.converted_on:
        _date(session, entry, lead.converted_at)


def _add(session: Session, lead: Lead, agent_id: int | None, entry: HistoryEntry, at: datetime, now: datetime) -> Activity | None:
    if agent_id is None:
        return None
    made = Activity(
        agent_id=agent_id,
        type=entry.type,
        subject=entry.title,
        notes=lead.lost_reason if entry.details["to"] == LeadStatus.LOST else "",
        category=lead.category,
        lead_id=lead.id,
        details=entry.details,
        created_at=now,
        **_dated(session, agent_id, at),
    )
    session.add(made)
    return made


def _redate(session: Session, lead: Lead, kind: ActivityType, to: str, at: datetime) -> None:
    written = latest_move(session, lead.id or 0, kind, to)
    if written is not None:
        _date(session, written, at)


def _date(session: Session, entry: Activity, at: datetime) -> None:
    for name, value in _dated(session, entry.agent_id, at).items():
        setattr(entry, name, value)


def _dated(session: Session, agent_id: int, at: datetime) -> dict[str, Any]:
    shown = local_time(at, zone_of(session, agent_id))
    return {"occurred_at": at, "local_on": shown.on, "local_hour": shown.hour}


def _kind(status: LeadStatus) -> ActivityType:
    return ActivityType.CONVERSION if status is LeadStatus.CONVERTED else ActivityType.STAGE_CHANGE


def _by(viewer: Viewer) -> int | None:
    return None if viewer.is_program else viewer.person_id
