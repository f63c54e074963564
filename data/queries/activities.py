"""Activities one by one: an agent's day, newest first, and what belongs to a lead or a deal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, func, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Deal, Lead, Person
from data.queries.among import among
from data.queries.scope import on_team, visible, within_reach
from domain.access import Scope
from domain.contact import is_contact
from domain.facts import ActivityEntry
from domain.periods import Period
from domain.records import WORK_TYPES, ActivityType, Outcome

ZONE_REACH: Final = timedelta(days=1)
"""A local day lies within the UTC day of the same date widened by this much: no zone is a whole day off."""

Cursor = tuple[datetime, int]
"""Where a page ended: the moment and id of its last entry."""

ENTRY_COLUMNS: Final[tuple[Any, ...]] = (
    col(Activity.id),
    col(Activity.agent_id),
    col(Person.name).label("agent_name"),
    col(Activity.type),
    col(Activity.outcome),
    col(Activity.direction),
    col(Activity.subject),
    col(Activity.notes),
    col(Activity.category),
    col(Activity.lead_id),
    col(Lead.name).label("lead_name"),
    col(Activity.deal_id),
    col(Deal.name).label("deal_name"),
    col(Activity.duration_seconds),
    col(Activity.occurred_at),
    col(Activity.local_on),
    col(Activity.local_hour),
    col(Activity.origin),
    col(Activity.external_id),
    col(Activity.details),
)


def entries() -> Select[Any]:
    """Activities with the names they point at; the caller adds conditions."""
    return (
        select(*ENTRY_COLUMNS)
        .join(Person, col(Person.id) == col(Activity.agent_id))
        .outerjoin(Lead, col(Lead.id) == col(Activity.lead_id))
        .outerjoin(Deal, col(Deal.id) == col(Activity.deal_id))
    )


def entry(row: Row[*tuple[Any, ...]]) -> ActivityEntry:
    """The record of a row of `entries`."""
    return ActivityEntry(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def within(period: Period) -> ColumnElement[bool]:
    """The local days of the period, with the moments they can lie in so that the (agent, moment) index serves."""
    moment = col(Activity.occurred_at)
    first, last = (datetime.combine(day, time(), UTC) for day in (period.start, period.end))
    return and_(
        col(Activity.local_on) >= period.start,
        col(Activity.local_on) < period.end,
        moment >= first - ZONE_REACH,
        moment < last + ZONE_REACH,
    )


def newest_first(query: Select[Any], after: Cursor | None, limit: int) -> Select[Any]:
    """One page of the query, starting behind the cursor."""
    position = tuple_(col(Activity.occurred_at), col(Activity.id))
    if after is not None:
        query = query.where(position < after)
    return query.order_by(col(Activity.occurred_at).desc(), col(Activity.id).desc()).limit(limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityFilter:
    """What a list of activities is narrowed to; None narrows nothing."""

    agent_id: int | None = None
    team_id: int | None = None
    type: ActivityType | None = None
    outcome: Outcome | None = None
    lead_id: int | None = None
    deal_id: int | None = None
    from_on: date | None = None
    """The first local day."""
    until_on: date | None = None
    """The day after the last one."""
    origin: str | None = None
    external_id: str | None = None


def listed(session: Session, scope: Scope, wanted: ActivityFilter, *, after: Cursor | None, limit: int) -> list[ActivityEntry]:
    """One page of what the viewer may see, newest first, history entries included."""
    agent = col(Activity.agent_id)
    query = entries().where(within_reach(agent, scope), visible(agent, col(Activity.local_on), scope), *_conditions(wanted))
    return [entry(row) for row in session.execute(newest_first(query, after, limit))]


def timeline(
    session: Session, scope: Scope, agent_id: int, period: Period, *, after: Cursor | None = None, limit: int = 50
) -> list[ActivityEntry]:
    """What one agent did on the local days of the period, newest first, history entries included."""
    wanted = and_(col(Activity.agent_id) == agent_id, within(period), visible(col(Activity.agent_id), col(Activity.local_on), scope))
    return [entry(row) for row in session.execute(newest_first(entries().where(wanted), after, limit))]


def _conditions(wanted: ActivityFilter) -> list[ColumnElement[bool]]:
    equal = {
        col(Activity.agent_id): wanted.agent_id,
        col(Activity.type): wanted.type,
        col(Activity.outcome): wanted.outcome,
        col(Activity.lead_id): wanted.lead_id,
        col(Activity.deal_id): wanted.deal_id,
        col(Activity.origin): wanted.origin,
        col(Activity.external_id): wanted.external_id,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.team_id is not None:
        conditions.append(on_team(col(Activity.agent_id), col(Activity.local_on), {wanted.team_id}))
    if wanted.from_on is not None:
        conditions += [col(Activity.local_on) >= wanted.from_on, col(Activity.occurred_at) >= _first_moment(wanted.from_on) - ZONE_REACH]
    if wanted.until_on is not None:
        conditions += [col(Activity.local_on) < wanted.until_on, col(Activity.occurred_at) < _first_moment(wanted.until_on) + ZONE_REACH]
    return conditions


def _first_moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def visible_entry(session: Session, scope: Scope, activity_id: int) -> ActivityEntry | None:
    """The activity, if the viewer may see it."""
    wanted = and_(col(Activity.id) == activity_id, visible(col(Activity.agent_id), col(Activity.local_on), scope))
    row = session.execute(entries().where(wanted)).one_or_none()
    return entry(row) if row else None


def first_contact(session: Session, lead_id: int) -> tuple[datetime, date] | None:
    """The moment and local day of the lead's earliest contact among its activities."""
    columns = (col(Activity.type), col(Activity.outcome), col(Activity.direction), col(Activity.occurred_at), col(Activity.local_on))
    rows = session.execute(select(*columns).where(col(Activity.lead_id) == lead_id).order_by(col(Activity.occurred_at)))
    return next(((row.occurred_at, row.local_on) for row in rows if is_contact(row.type, row.outcome, row.direction)), None)


def first_contacts(session: Session, lead_ids: Collection[int]) -> dict[int, tuple[datetime, date]]:
    """As `first_contact`, for many leads in one statement; leads nobody contacted are left out."""
    columns = (col(Activity.type), col(Activity.outcome), col(Activity.direction), col(Activity.occurred_at), col(Activity.local_on))
    query = select(col(Activity.lead_id), *columns).where(among(col(Activity.lead_id), lead_ids)).order_by(col(Activity.occurred_at).desc())
    contacts = (row for row in session.execute(query) if is_contact(row.type, row.outcome, row.direction))
    return {row.lead_id: (row.occurred_at, row.local_on) for row in contacts}


def last_work_on_deal(session: Session, deal_id: int) -> datetime | None:
    """When something was last done on the deal; notes and history entries do not count."""
    wanted = and_(col(Activity.deal_id) == deal_id, col(Activity.type).in_(WORK_TYPES))
    return session.scalar(select(func.max(col(Activity.occurred_at))).where(wanted))
