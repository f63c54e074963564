"""Calls under way, and where recording is lawful."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent, Lead, OpenCall, Organisation, Person, RecordingConsent
from domain.calls import CallEntry
from domain.contact import MATCHING_ACTIVITY
from domain.recording import ConsentBasis
from domain.records import ActivityType


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """What decides under which law an agent's calls fall, and what the agent prefers."""

    time_zone: str
    region: str | None
    """Of a country whose parts have laws of their own, where it was said."""
    company_country: str
    records_calls: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBasis:
    """On what grounds calls may be recorded in a jurisdiction, and who said so."""

    jurisdiction: str
    basis: ConsentBasis
    note: str
    set_by: str | None
    """The administrator's name; None when they are gone."""
    set_at: datetime


def call(session: Session, call_id: int, *, locked: bool = False) -> CallEntry | None:
    """The call under way; whether the viewer may see its agent is not asked."""
    if locked:
        session.scalar(select(col(OpenCall.id)).where(col(OpenCall.id) == call_id).with_for_update())
    return _entry(session, _calls().where(col(OpenCall.id) == call_id))


def call_of(session: Session, agent_id: int) -> CallEntry | None:
    """The call the agent is on; at most one."""
    return _entry(session, _calls().where(col(OpenCall.agent_id) == agent_id))


def residence(session: Session, agent_id: int) -> Residence:
    """Where the agent works."""
    country = select(col(Organisation.country)).scalar_subquery()
    columns = (
        *(col(Person.time_zone), col(Person.region)),
        *(func.coalesce(country, "").label("company_country"), col(Person.records_calls)),
    )
    row = session.execute(select(*columns).where(col(Person.id) == agent_id)).one()
    return Residence(time_zone=row.time_zone, region=row.region, company_country=row.company_country, records_calls=row.records_calls)


def people_by_place(session: Session) -> dict[tuple[str, str | None], int]:
    """How many active people live in each time zone and region."""
    place = (col(Person.time_zone), col(Person.region))
    rows = session.execute(select(*place, func.count().label("people")).where(col(Person.active)).group_by(*place))
    return {(row.time_zone, row.region): row.people for row in rows}


def bases_in(session: Session, country: str) -> dict[str, ConsentBasis]:
    """On what grounds calls may be recorded in a country and its regions, by code, where somebody set it."""
    codes = (col(RecordingConsent.jurisdiction) == country) | col(RecordingConsent.jurisdiction).startswith(f"{country}-")
    rows = session.execute(select(col(RecordingConsent.jurisdiction), col(RecordingConsent.basis)).where(codes))
    return {row.jurisdiction: ConsentBasis(row.basis) for row in rows}


def bases(session: Session) -> list[StoredBasis]:
    """All that are set."""
    query = select(RecordingConsent, col(Person.name)).outerjoin(Person, col(Person.id) == col(RecordingConsent.set_by))
    return [
        StoredBasis(jurisdiction=row.jurisdiction, basis=ConsentBasis(row.basis), note=row.note, set_by=name, set_at=row.set_at)
        for row, name in session.execute(query.order_by(col(RecordingConsent.jurisdiction)))
    ]


def _calls() -> Select[Any]:
    columns: tuple[Any, ...] = (
        col(OpenCall.id),
        col(OpenCall.agent_id),
        col(Person.name).label("agent_name"),
        col(Person.time_zone),
        col(OpenCall.started_at),
        col(OpenCall.lead_id),
        col(Lead.name).label("lead_name"),
        col(OpenCall.event_id),
        col(CalendarEvent.title).label("event_title"),
        col(OpenCall.client_name),
        col(OpenCall.client_phone),
        col(OpenCall.wants_recording),
        col(CalendarEvent.kind).label("event_kind"),
    )
    return (
        select(*columns)
        .join(Person, col(Person.id) == col(OpenCall.agent_id))
        .outerjoin(Lead, col(Lead.id) == col(OpenCall.lead_id))
        .outerjoin(CalendarEvent, col(CalendarEvent.id) == col(OpenCall.event_id))
    )


def _entry(session: Session, query: Select[Any]) -> CallEntry | None:
    row = session.execute(query).mappings().one_or_none()
    if row is None:
        return None
    fields = dict(row)
    kind = MATCHING_ACTIVITY.get(fields.pop("event_kind"), ActivityType.CALL)
    return CallEntry(**fields, kind=kind)
