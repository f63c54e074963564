"""What is ahead of a viewer's people: what is booked, proposals that wait, partner lists due; all in one statement."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ARRAY, BigInteger, Date, Integer, Select, String, and_, cast, func, literal, null, select, union_all
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from data.models import CalendarEvent, Deal, Lead, Person
from data.queries.pipeline_flow import living, of_people
from domain.access import Scope, Selection
from domain.pipeline.ahead import AGE_BANDS, WINDOWS, Ahead, DueList
from domain.records import DealStatus, EventKind, EventStatus

CUSTOMER_KINDS: Final = (EventKind.CALL, EventKind.APPOINTMENT, EventKind.SHOWING, EventKind.MEETING)
SOON_DAYS: Final = WINDOWS[0]
MOST_LISTS: Final = 200
"""Lists named; the figures beside them count all."""
BOOKED, WAITING, LIST = "booked", "waiting", "list"


def ahead(session: Session, scope: Scope, selection: Selection, today: date, now: datetime) -> Ahead:
    """What is planned, waits and is due, in one statement; the day of an entry is its agent's."""
    parts = (_booked(scope, selection, today, now), _waiting(scope, selection, today), _due_lists(scope, selection, today))
    found: dict[str, list[Any]] = {BOOKED: [], WAITING: [], LIST: []}
    for part, *row in session.execute(union_all(*parts)):
        found[part].append(row)
    ((_, (*proposals, worth, overdue, soon), *_),) = found[WAITING]
    return Ahead(
        booked=_by_kind({EventKind(kind): tuple(counts) for kind, counts, *_ in found[BOOKED]}),
        proposals=tuple(proposals),
        proposals_minor=worth,
        lists_overdue=overdue,
        lists_due=soon,
        lists=tuple(sorted((_due_list(row) for row in found[LIST]), key=lambda each: (each.due_on, each.deal_id))),
    )


def _part(
    part: str,
    *,
    words: SQLCoreOperations[Any] | None = None,
    counts: Sequence[SQLCoreOperations[Any]] | None = None,
    deal: Sequence[SQLCoreOperations[Any]] = (null(), null(), null()),
) -> Select[*tuple[Any, ...]]:
    """A row of what is ahead: its part, a word, counts, and the id, the agent and the day of a deal."""
    listed = null() if counts is None else array([cast(each, BigInteger) for each in counts])
    deal_id, agent_name, due_on = deal
    return select(
        literal(part),
        cast(null() if words is None else words, String),
        cast(listed, ARRAY(BigInteger)),
        cast(deal_id, Integer),
        cast(agent_name, String),
        cast(due_on, Date),
    )


def _booked(scope: Scope, selection: Selection, today: date, now: datetime) -> Select[*tuple[Any, ...]]:
    event, kind = CalendarEvent, col(CalendarEvent.kind)
    windows = [func.count().filter(col(event.local_on) < today + timedelta(days=days)) for days in WINDOWS]
    query = (
        _part(BOOKED, words=kind, counts=windows)
        .select_from(event)
        .where(
            kind.in_(CUSTOMER_KINDS),
            col(event.status) == EventStatus.PLANNED,
            col(event.starts_at) >= now,
            col(event.local_on) < today + timedelta(days=WINDOWS[-1]),
            of_people(col(event.agent_id), scope, selection, today),
        )
        .group_by(kind)
    )
    if selection.categories:
        query = query.outerjoin(Deal, col(Deal.id) == col(event.deal_id)).outerjoin(Lead, col(Lead.id) == col(event.lead_id))
        query = query.where(func.coalesce(col(Deal.category), col(Lead.category)).in_(sorted(selection.categories)))
    return query


def _by_kind(found: Mapping[EventKind, tuple[int, ...]]) -> dict[EventKind, tuple[int, ...]]:
    """In the order of the kinds; calls even where none is booked."""
    return {each: found.get(each, (0,) * len(WINDOWS)) for each in CUSTOMER_KINDS if each in found or each is EventKind.CALL}


def _waiting(scope: Scope, selection: Selection, today: date) -> Select[*tuple[Any, ...]]:
    """Proposals by age and what they are worth, then the lists overdue and due soon."""
    proposed, due = col(Deal.proposal_on), col(Deal.partner_list_due_on)
    is_proposal = and_(proposed <= today, col(Deal.agreement_on).is_(None))
    is_list = and_(due.is_not(None), col(Deal.partner_list_sent_on).is_(None))
    age = literal(today, Date) - proposed
    counts: list[Any] = [
        *(func.count().filter(is_proposal, age >= first, age <= (last or age)) for first, last in AGE_BANDS),
        func.coalesce(func.sum(col(Deal.amount_minor)).filter(is_proposal), 0),
        func.count().filter(is_list, due < today),
        func.count().filter(is_list, due >= today, due < today + timedelta(days=SOON_DAYS)),
    ]
    query = _part(WAITING, counts=counts).select_from(Deal)
    return query.where(col(Deal.status) == DealStatus.OPEN, living(scope, selection, today))


def _due_lists(scope: Scope, selection: Selection, today: date) -> Select[*tuple[Any, ...]]:
    due, agent = col(Deal.partner_list_due_on), aliased(Person)
    first = (
        select(col(Deal.id), col(Deal.name), func.coalesce(col(agent.name), "").label("agent_name"), due)
        .outerjoin(agent, col(agent.id) == col(Deal.agent_id))
        .where(
            due < today + timedelta(days=SOON_DAYS),
            col(Deal.partner_list_sent_on).is_(None),
            col(Deal.status) == DealStatus.OPEN,
            living(scope, selection, today),
        )
        .order_by(due, col(Deal.id))
        .limit(MOST_LISTS)
        .subquery()
    )
    return _part(LIST, words=first.c.name, deal=(first.c.id, first.c.agent_name, first.c.partner_list_due_on))


def _due_list(row: Sequence[Any]) -> DueList:
    name, _, deal_id, agent_name, due_on = row
    return DueList(deal_id=deal_id, name=name, agent_name=agent_name, due_on=due_on)
