"""Everything that waits for one agent today, in one statement: what the day's plan chooses from."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    DateTime,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import Activity, CalendarEvent, Deal, Lead
from data.queries.activities import within
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.daily_plan import MustDoKind, Waiting
from domain.coaching.insights import call_backs, open_entries, stale_deals, waiting_leads
from domain.periods import Period
from domain.records import TALKS, WORK_TYPES, ActivityType, DealStatus, EventKind, EventStatus, LeadStatus, Outcome

MOST: Final = 30
"""Of each kind: three are wanted, and a lead may stand behind several."""
OPEN: Final = (LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.INTERESTED)
MEETINGS: Final = (EventKind.APPOINTMENT, EventKind.SHOWING, EventKind.MEETING)
_NOTHING: Final = cast(null(), BigInteger)
_NEVER: Final = cast(null(), DateTime(timezone=True))


def waiting_for(session: Session, scope: Scope, agent_id: int, today: date, now: datetime) -> tuple[Waiting, ...]:
    """What waits for the agent on the day `today`, within the viewer's scope.

    A lead or deal with a call, mail or meeting of today does not wait any more today, whatever the outcome was; a planned call waits
    until somebody called.
    """
    parts = (_call_backs(agent_id, today), _quiet_deals(agent_id, today, now))
    return _found(session, scope, agent_id, today, *_arriving(agent_id, today, now), *parts)


def arriving_for(session: Session, scope: Scope, agent_id: int, today: date, now: datetime) -> tuple[Waiting, ...]:
    """Of what waits for the agent only what can come in during a day: new leads and entries of the calendar."""
    return _found(session, scope, agent_id, today, *_arriving(agent_id, today, now))


def _arriving(agent_id: int, today: date, now: datetime) -> tuple[Select[Any], ...]:
    return _new_leads(agent_id, today), _entries(agent_id, today, now)


def _found(session: Session, scope: Scope, agent_id: int, today: date, *parts: Select[Any]) -> tuple[Waiting, ...]:
    seen = visible(literal(agent_id), literal(today, Date), scope)
    found = session.execute(union_all(*(part.where(seen) for part in parts)))
    return tuple(Waiting(**dict(row._mapping) | {"kind": MustDoKind(row.kind)}) for row in found)  # noqa: SLF001 - public all the same


def _new_leads(agent_id: int, today: date) -> Select[Any]:
    """Not contacted yet, the newest first: those an answer still means most to."""
    since = func.coalesce(col(Lead.assigned_at), _midnight(col(Lead.assigned_on)))
    wanted = (
        col(Lead.agent_id) == agent_id,
        col(Lead.status) == LeadStatus.NEW,
        ~col(Lead.wants_no_contact),
        col(Lead.assigned_on) >= today - timedelta(days=waiting_leads.WITHIN_DAYS),
        ~_worked_on(agent_id, today, col(Activity.lead_id) == col(Lead.id)),
    )
    columns = _columns(MustDoKind.NEW_LEAD, col(Lead.id), col(Lead.name), since, lead_id=col(Lead.id), came_at=since)
    return _first(select(*columns).where(*wanted), since.desc(), col(Lead.id))


def _call_backs(agent_id: int, today: date) -> Select[Any]:
    """Open leads whose last talk, before today, ended with a call back, without a plan in the calendar."""
    agreed, later = Activity, aliased(Activity)
    heard = exists().where(
        col(later.lead_id) == col(Lead.id), col(later.type).in_(WORK_TYPES), col(later.occurred_at) > col(agreed.occurred_at)
    )
    planned = exists().where(
        col(CalendarEvent.lead_id) == col(Lead.id), col(CalendarEvent.status) == EventStatus.PLANNED, col(CalendarEvent.local_on) >= today
    )
    wanted = (
        col(agreed.agent_id) == agent_id,
        within(Period(today - timedelta(days=call_backs.WITHIN_DAYS), today)),
        col(agreed.outcome) == Outcome.CALL_BACK,
        col(Lead.agent_id) == agent_id,
        col(Lead.status).in_(OPEN),
        ~col(Lead.wants_no_contact),
        ~heard,
        ~planned,
    )
    since = col(agreed.occurred_at)
    columns = _columns(MustDoKind.CALL_BACK, col(Lead.id), col(Lead.name), since, lead_id=col(Lead.id))
    return _first(select(*columns).join(Lead, col(Lead.id) == col(agreed.lead_id)).where(*wanted), since, col(agreed.id))


def _entries(agent_id: int, today: date, now: datetime) -> Select[Any]:
    """Of the calendar: what should have happened, calls of today, and appointments of today still to come."""
    event, on, starts = CalendarEvent, col(CalendarEvent.local_on), col(CalendarEvent.starts_at)
    is_meeting = and_(on == today, col(event.kind).in_(MEETINGS))
    was_called = _worked_on(agent_id, today, col(Activity.lead_id) == col(event.lead_id), TALKS)
    wanted = (
        col(event.agent_id) == agent_id,
        col(event.status) == EventStatus.PLANNED,
        col(event.kind).in_((EventKind.CALL, *MEETINGS)),
        on >= today - timedelta(days=open_entries.WITHIN_DAYS),
        on <= today,
        or_(and_(is_meeting, starts > now), and_(~is_meeting, ~was_called)),
    )
    kind = case((is_meeting, MustDoKind.APPOINTMENT.value), else_=MustDoKind.FOLLOW_UP.value)
    columns = _columns(
        kind, col(event.id), col(event.title), starts, lead_id=col(event.lead_id), event_id=col(event.id), came_at=col(event.created_at)
    )
    return _first(select(*columns).where(*wanted), starts.desc(), col(event.id))


def _quiet_deals(agent_id: int, today: date, now: datetime) -> Select[Any]:
    """Open deals quiet for as long as the insight rules call it so, the largest first; of those given up on the rules speak apart."""
    touched = func.coalesce(col(Deal.last_activity_at), _midnight(col(Deal.created_on)))
    worked = or_(col(Activity.deal_id) == col(Deal.id), col(Activity.lead_id) == col(Deal.lead_id))
    wanted = (
        col(Deal.agent_id) == agent_id,
        col(Deal.status) == DealStatus.OPEN,
        touched < now - timedelta(days=stale_deals.STALE_DAYS),
        touched >= now - timedelta(days=stale_deals.FORGOTTEN_DAYS),
        ~_worked_on(agent_id, today, worked),
    )
    amount = col(Deal.amount_minor)
    columns = _columns(
        MustDoKind.DEAL, col(Deal.id), col(Deal.name), touched, lead_id=col(Deal.lead_id), deal_id=col(Deal.id), amount_minor=amount
    )
    return _first(select(*columns).where(*wanted), amount.desc().nulls_last(), touched, col(Deal.id))


def _columns(
    kind: Any,  # noqa: ANN401 - a word, or a case of two
    record_id: Any,  # noqa: ANN401 - a column
    name: Any,  # noqa: ANN401
    since: Any,  # noqa: ANN401
    **known: Any,  # noqa: ANN401
) -> list[ColumnElement[Any]]:
    """The columns of one kind; what it has no word about is NULL."""
    shown = literal(kind.value) if isinstance(kind, MustDoKind) else kind
    unknown = {"lead_id": _NOTHING, "deal_id": _NOTHING, "event_id": _NOTHING, "amount_minor": _NOTHING, "came_at": _NEVER}
    named = {"kind": shown, "record_id": record_id, "name": name, "since": since} | unknown | known
    return [column.label(label) for label, column in named.items()]


def _worked_on(agent_id: int, today: date, same: ColumnElement[bool], types: Collection[ActivityType] = WORK_TYPES) -> ColumnElement[bool]:
    """Whether the agent logged work of these types with it today."""
    work = (col(Activity.agent_id) == agent_id, col(Activity.type).in_(sorted(types)), within(Period(today, today + timedelta(days=1))))
    return exists().where(*work, same)


def _first(query: Select[Any], *order: Any) -> Select[Any]:  # noqa: ANN401 - columns to sort by
    """The first few, as a part of its own: a limit inside a union needs one."""
    return select(query.order_by(*order).limit(MOST).subquery())


def _midnight(on: Any) -> ColumnElement[datetime]:  # noqa: ANN401 - a column that may be empty
    return func.timezone("UTC", cast(on, DateTime))
