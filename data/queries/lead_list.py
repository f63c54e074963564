"""Leads as lists show them: searched, narrowed, by keyset; and how many of them wait for a first contact."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, DateTime, Select, and_, cast, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Deal, Lead, Person
from data.queries.pipeline import looked_after
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.insights.waiting_leads import LONG_WAIT, WITHIN_DAYS
from domain.lead_list import FAST, PHONE_SEPARATORS, LeadLine, LeadOrder, LeadSearch, Wait, Waits, search_terms
from domain.records import WORK_TYPES, DealStatus, LeadStatus, Role

SOURCES_DAYS: Final = 365
"""A source that brought nobody for a year is none to choose; all the years would be read for the list of names."""
_LAST: Final = datetime(9999, 1, 1, tzinfo=UTC)
_COLUMNS: Final = (
    *(col(getattr(Lead, name)) for name in ("id", "name", "company", "email", "phone", "source", "category", "status", "agent_id")),
    col(Person.name).label("agent_name"),
    *(col(getattr(Lead, name)) for name in ("assigned_at", "contacted_at", "response_seconds", "satisfaction")),
)


def lead_lines(session: Session, scope: Scope, today: date, wanted: LeadSearch, *, after: int | None, limit: int) -> list[LeadLine]:
    """One page of the leads the viewer looks after, from behind the lead with the id `after` on, without the foreign facts of a line."""
    query = select(*_COLUMNS).outerjoin(Person, col(Person.id) == col(Lead.agent_id)).where(*_conditions(scope, today, wanted))
    rows = session.execute(_ordered(query, scope, today, wanted.order, after).limit(limit))
    return [LeadLine(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def counted_leads(session: Session, scope: Scope, today: date, wanted: LeadSearch, *, most: int) -> int:
    """How many leads fit, counted no further than `most`."""
    found = select(literal(1)).select_from(Lead).where(*_conditions(scope, today, wanted)).limit(most).subquery()
    return session.scalar(select(func.count()).select_from(found)) or 0


def with_facts(session: Session, scope: Scope, lines: Collection[LeadLine]) -> list[LeadLine]:
    """The lines with what activities and deals add to them, as far as the viewer sees these."""
    ids = [line.id for line in lines]
    last, revenue = _last_work(session, scope, ids), _revenue(session, scope, ids)
    return [replace(line, last_activity_at=last.get(line.id), revenue_minor=revenue.get(line.id)) for line in lines]


def sources(session: Session, scope: Scope, today: date) -> list[str]:
    """Where the leads of the last year that the viewer looks after came from, by name; an empty one where nobody said."""
    wanted = and_(col(Lead.assigned_on) >= today - timedelta(days=SOURCES_DAYS), looked_after(col(Lead.agent_id), scope, today))
    return list(session.scalars(select(col(Lead.source)).where(wanted).group_by(col(Lead.source)).order_by(col(Lead.source))))


def waits(session: Session, scope: Scope, today: date, now: datetime) -> Waits:
    """The new leads of the last weeks by how long they have waited; those whose moment of assignment is unknown are not among them."""
    since = col(Lead.assigned_at)
    wanted = and_(
        col(Lead.status) == LeadStatus.NEW,
        col(Lead.agent_id).is_not(None),
        col(Lead.assigned_on) >= today - timedelta(days=WITHIN_DAYS),
        since.is_not(None),
        looked_after(col(Lead.agent_id), scope, today),
    )
    fresh, long = func.count().filter(since >= now - FAST), func.count().filter(since < now - LONG_WAIT)
    row = session.execute(select(fresh, func.count(), long, func.min(since)).where(wanted)).one()
    by_wait = {Wait.FRESH: row[0], Wait.WAITING: row[1] - row[0] - row[2], Wait.LONG: row[2]}
    return Waits(by_wait=by_wait, longest_since=row[3])


def _conditions(scope: Scope, today: date, wanted: LeadSearch) -> list[ColumnElement[bool]]:
    conditions = [looked_after(col(Lead.agent_id), scope, today)]
    equal = {col(Lead.agent_id): wanted.agent_id, col(Lead.status): wanted.status, col(Lead.source): wanted.source}
    conditions += [column == value for column, value in equal.items() if value is not None]
    if wanted.only_unassigned:
        conditions.append(col(Lead.agent_id).is_(None))
    if wanted.only_waiting:
        conditions.append(col(Lead.status) == LeadStatus.NEW)
    return conditions + [_says(term) for term in search_terms(wanted.words)]


def _says(term: str) -> ColumnElement[bool]:
    texts = [col(Lead.name), col(Lead.company), col(Lead.email), col(Lead.phone)]
    found = [text.icontains(term, autoescape=True) for text in texts]
    if term.isdigit():
        found.append(func.translate(col(Lead.phone), PHONE_SEPARATORS, "").contains(term, autoescape=True))
    return or_(*found)


def _ordered(query: Select[Any], scope: Scope, today: date, order: LeadOrder, after: int | None) -> Select[Any]:
    key = col(Lead.id)
    if order is LeadOrder.NEWEST:
        query = query if after is None else query.where(key < after)
        # An agent's leads are few among many: found by their agent and sorted, not met one by one on the way down from the newest.
        return query.order_by((key + 0).desc() if scope.role is Role.AGENT else key.desc())
    # Only a lead the viewer looks after is a place to go on from, or the page would tell when a foreign one was assigned.
    behind = select(_waiting_since(), key).where(key == after, looked_after(col(Lead.agent_id), scope, today)).correlate(None)
    query = query if after is None else query.where(tuple_(_waiting_since(), key) > behind.scalar_subquery())
    return query.order_by(_waiting_since(), key)


def _waiting_since() -> ColumnElement[datetime]:
    """From when a lead waits, as well as it is known; those of whom nothing is known come last."""
    midnight = func.timezone("UTC", cast(col(Lead.assigned_on), DateTime))
    return func.coalesce(col(Lead.assigned_at), midnight, col(Lead.created_at), literal(_LAST))


def _last_work(session: Session, scope: Scope, ids: list[int]) -> dict[int, datetime]:
    agent, on = col(Activity.agent_id), col(Activity.local_on)
    wanted = and_(col(Activity.lead_id).in_(ids), col(Activity.type).in_(WORK_TYPES), visible(agent, on, scope))
    query = select(col(Activity.lead_id), func.max(col(Activity.occurred_at))).where(wanted).group_by(col(Activity.lead_id))
    return {lead_id: at for lead_id, at in session.execute(query) if lead_id is not None}


def _revenue(session: Session, scope: Scope, ids: list[int]) -> dict[int, int]:
    agent, on = col(Deal.agent_id), col(Deal.closed_on)
    wanted = and_(col(Deal.lead_id).in_(ids), col(Deal.status) == DealStatus.WON, visible(agent, on, scope))
    query = select(col(Deal.lead_id), func.sum(col(Deal.amount_minor))).where(wanted).group_by(col(Deal.lead_id))
    return {lead_id: int(amount) for lead_id, amount in session.execute(query) if lead_id is not None and amount is not None}
