"""Private calendar feeds: whose one is, and what of their calendar it tells."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import CalendarEvent, CalendarFeed, EventSeries, Lead, Person, TrainingModule
from domain.records import EventStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The person a feed is of, and what it may tell."""

    person_id: int
    name: str
    time_zone: str
    with_clients: bool
    last_read_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The names of what an entry or a series is about."""

    lead: str | None
    module: str | None


Entry: TypeAlias = tuple[CalendarEvent, About]
Series: TypeAlias = tuple[EventSeries, About]


def feed_of(session: Session, person_id: int) -> CalendarFeed | None:
    """The person's feed, if they have one."""
    return session.get(CalendarFeed, person_id)


def holder_of(session: Session, token_hash: str) -> Holder | None:
    """The active person whose feed's token has this hash; one indexed read."""
    columns = (col(Person.id), col(Person.name), col(Person.time_zone), col(CalendarFeed.with_clients), col(CalendarFeed.last_read_at))
    query = select(*columns).join(CalendarFeed, col(CalendarFeed.person_id) == col(Person.id))
    row = session.execute(query.where(col(CalendarFeed.token_hash) == token_hash, col(Person.active))).one_or_none()
    if row is None:
        return None
    return Holder(person_id=row.id, name=row.name, time_zone=row.time_zone, with_clients=row.with_clients, last_read_at=row.last_read_at)


def own_entries(session: Session, person_id: int, from_on: date) -> list[Entry]:
    """The person's entries from that day on that are not called off, and every one of a series that reaches so far."""
    later = aliased(CalendarEvent)
    reaches = exists().where(col(later.series_id) == col(CalendarEvent.series_id), col(later.local_on) >= from_on)
    alone = and_(
        col(CalendarEvent.series_id).is_(None),
        col(CalendarEvent.local_on) >= from_on,
        col(CalendarEvent.status) != EventStatus.CANCELLED,
    )
    query = _with_names(CalendarEvent).where(col(CalendarEvent.agent_id) == person_id, or_(alone, reaches))
    rows = session.execute(query.order_by(col(CalendarEvent.starts_at), col(CalendarEvent.id)))
    return [(entry, About(lead=lead, module=module)) for entry, lead, module in rows]


def series_with(session: Session, ids: Collection[int]) -> list[Series]:
    """The series with these ids."""
    rows = session.execute(_with_names(EventSeries).where(col(EventSeries.id).in_(sorted(ids))).order_by(col(EventSeries.id)))
    return [(series, About(lead=lead, module=module)) for series, lead, module in rows]


def _with_names(record: type[CalendarEvent] | type[EventSeries]) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = select(record, col(Lead.name), col(TrainingModule.title))
    query = query.outerjoin(Lead, col(Lead.id) == col(record.lead_id))
    return query.outerjoin(TrainingModule, col(TrainingModule.id) == col(record.module_id))
