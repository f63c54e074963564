"""Series of calendar entries: the one to change, its entries, and those whose entries must be written further ahead."""

from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import CalendarEvent, EventSeries, Person


def locked_series(session: Session, series_id: int) -> EventSeries | None:
    """The series, locked for the transaction: two changes at a time would each write entries the other does not know.

    None when somebody has meanwhile made another of it.
    """
    return session.scalars(select(EventSeries).where(col(EventSeries.id) == series_id).with_for_update()).one_or_none()


def entries_from(session: Session, series_id: int, day: date) -> list[CalendarEvent]:
    """The series' entries of that day and later, by the days it put them on; locked.

    Whether the viewer may see each is not asked: who may change one of a series may change it.
    """
    wanted = (col(CalendarEvent.series_id) == series_id, col(CalendarEvent.occurs_on) >= day)
    return list(session.scalars(select(CalendarEvent).where(*wanted).order_by(col(CalendarEvent.occurs_on)).with_for_update()))


def series_to_extend(session: Session, until: date) -> list[tuple[EventSeries, str]]:
    """Series of active people that go on and are not written until that day, each with its agent's time zone; locked."""
    goes_on = or_(col(EventSeries.until_on).is_(None), col(EventSeries.until_on) > col(EventSeries.written_until))
    query = select(EventSeries, col(Person.time_zone)).join(Person, col(Person.id) == col(EventSeries.agent_id))
    query = query.where(col(Person.active), col(EventSeries.written_until) < until, goes_on).order_by(col(EventSeries.id))
    return [(series, zone_name) for series, zone_name in session.execute(query.with_for_update(of=EventSeries))]
