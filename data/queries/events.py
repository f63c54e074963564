"""Calendar entries within a viewer's scope: by day, by id, and what they overlap."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, DateTime, Row, Select, and_, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import CalendarEvent, EventSeries, Lead, Person, TrainingModule
from data.queries.scope import selected, visible
from domain.access import Scope, Selection
from domain.facts import EventEntry, SeriesPart
from domain.records import EventStatus

LONGEST: Final = timedelta(days=1)
"""An event lasts at most a day, so one that overlaps another starts at most a day earlier or later."""
LISTED_AT_MOST: Final = 500
"""As many entries as a day's list or a week's columns can show."""

_AGENT, _DAY = col(CalendarEvent.agent_id), col(CalendarEvent.local_on)
_COLUMNS: Final[tuple[Any, ...]] = (
    col(CalendarEvent.id),
    _AGENT,
    col(Person.name).label("agent_name"),
    col(Person.time_zone),
    col(CalendarEvent.kind),
    col(CalendarEvent.title),
    col(CalendarEvent.notes),
    col(CalendarEvent.starts_at),
    col(CalendarEvent.ends_at),
    _DAY,
    col(CalendarEvent.status),
    col(CalendarEvent.lead_id),
    col(Lead.name).label("lead_name"),
    col(CalendarEvent.deal_id),
    col(CalendarEvent.activity_id),
    col(CalendarEvent.version),
    col(CalendarEvent.module_id),
    col(TrainingModule.title).label("module_title"),
    col(CalendarEvent.auto_record),
    col(CalendarEvent.started_at),
)
_SERIES: Final[tuple[Any, ...]] = (
    col(CalendarEvent.series_id),
    col(EventSeries.rule),
    col(EventSeries.first_on),
    col(EventSeries.until_on),
    col(CalendarEvent.occurs_on),
)


def events(session: Session, scope: Scope, selection: Selection) -> list[EventEntry]:
    """The selection's entries of any status in the order they start, at most `LISTED_AT_MOST`."""
    query = _entries().where(visible(_AGENT, _DAY, scope), selected(_AGENT, _DAY, selection))
    rows = session.execute(query.order_by(_DAY, col(CalendarEvent.starts_at), col(CalendarEvent.id)).limit(LISTED_AT_MOST))
    return [_entry(row) for row in rows]


def event_page(session: Session, scope: Scope, selection: Selection, after: tuple[datetime, int] | None, limit: int) -> list[EventEntry]:
    """The selection's entries behind that start and id, in the order they start."""
    starts_at, entry_id = col(CalendarEvent.starts_at), col(CalendarEvent.id)
    query = _entries().where(visible(_AGENT, _DAY, scope), selected(_AGENT, _DAY, selection))
    if after is not None:
        query = query.where(tuple_(starts_at, entry_id) > tuple_(literal(after[0], DateTime(timezone=True)), literal(after[1])))
    return [_entry(row) for row in session.execute(query.order_by(starts_at, entry_id).limit(limit))]


def event_counts(session: Session, scope: Scope, selection: Selection) -> dict[date, int]:
    """How many entries stand on each day of the selection that has any; cancelled ones do not count."""
    wanted = and_(visible(_AGENT, _DAY, scope), selected(_AGENT, _DAY, selection), col(CalendarEvent.status) != EventStatus.CANCELLED)
    rows = session.execute(select(_DAY, func.count().label("events")).where(wanted).group_by(_DAY).order_by(_DAY))
    return {row.local_on: row.events for row in rows}


def visible_event(session: Session, scope: Scope, event_id: int) -> EventEntry | None:
    """The entry, if the viewer may see it."""
    row = session.execute(_entries().where(col(CalendarEvent.id) == event_id, visible(_AGENT, _DAY, scope))).one_or_none()
    return _entry(row) if row else None


def brought_in(session: Session, agent_id: int) -> list[CalendarEvent]:
    """The agent's entries that came with a file of another program, locked."""
    query = select(CalendarEvent).where(col(CalendarEvent.agent_id) == agent_id, col(CalendarEvent.external_uid).is_not(None))
    return list(session.scalars(query.order_by(col(CalendarEvent.id)).with_for_update()))


def overlapping(session: Session, scope: Scope, event: EventEntry) -> list[EventEntry]:
    """The agent's other planned entries that share time with this one; touching at an end is not sharing."""
    wanted = and_(
        col(CalendarEvent.agent_id) == event.agent_id,
        col(CalendarEvent.id) != event.id,
        col(CalendarEvent.status) == EventStatus.PLANNED,
        col(CalendarEvent.starts_at) < event.ends_at,
        col(CalendarEvent.ends_at) > event.starts_at,
        _nearby(event.local_on),
        visible(_AGENT, _DAY, scope),
    )
    return [_entry(row) for row in session.execute(_entries().where(wanted).order_by(col(CalendarEvent.starts_at)))]


def in_the_way_of_series(session: Session, scope: Scope, agent_id: int, series_id: int) -> list[EventEntry]:
    """The agent's other planned entries that share time with a planned one of the series, in the order they start."""
    ours = aliased(CalendarEvent)
    shares = exists().where(
        col(ours.series_id) == series_id,
        col(ours.status) == EventStatus.PLANNED,
        col(ours.local_on).between(_DAY - 2, _DAY + 2),
        col(ours.starts_at) < col(CalendarEvent.ends_at),
        col(ours.ends_at) > col(CalendarEvent.starts_at),
    )
    others = col(CalendarEvent.series_id).is_distinct_from(series_id)
    own = col(CalendarEvent.agent_id) == agent_id
    wanted = and_(own, others, col(CalendarEvent.status) == EventStatus.PLANNED, shares, visible(_AGENT, _DAY, scope))
    return [_entry(row) for row in session.execute(_entries().where(wanted).order_by(col(CalendarEvent.starts_at)).limit(LISTED_AT_MOST))]


def _nearby(day: date) -> ColumnElement[bool]:
    reach = 2 * LONGEST
    return _DAY.between(day - reach, day + reach)


def _entries() -> Select[Any]:
    return (
        select(*_COLUMNS, *_SERIES)
        .join(Person, col(Person.id) == _AGENT)
        .outerjoin(Lead, col(Lead.id) == col(CalendarEvent.lead_id))
        .outerjoin(TrainingModule, col(TrainingModule.id) == col(CalendarEvent.module_id))
        .outerjoin(EventSeries, col(EventSeries.id) == col(CalendarEvent.series_id))
    )


def _entry(row: Row[*tuple[Any, ...]]) -> EventEntry:
    fields = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it
    part = {column.key: fields.pop(column.key) for column in _SERIES}
    return EventEntry(**fields, series=SeriesPart(**part) if part["series_id"] else None)
