"""What an agent may have lost sight of: leads, call-backs, deals and calendar entries that wait, the most pressing first."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, DateTime, RowMapping, Select, and_, cast, exists, func, literal, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import Activity, CalendarEvent, Deal, Lead
from data.queries.activities import within
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.insights import call_backs, open_entries, stale_deals, unrated_customers, waiting_leads
from domain.coaching.insights.signals import LooseEnds, Pile, Record
from domain.periods import Period
from domain.records import WORK_TYPES, DealStatus, EventStatus, LeadStatus, Outcome

FIRST: Final = 5
"""As many of them as are named; the rest is counted."""
STALE: Final = timedelta(days=stale_deals.STALE_DAYS)
FORGOTTEN: Final = timedelta(days=stale_deals.FORGOTTEN_DAYS)
OPEN: Final = (LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.INTERESTED)


def loose_ends(session: Session, scope: Scope, agent_id: int, today: date, now: datetime) -> LooseEnds:
    """Everything of the agent's that waits, within the viewer's scope; `today` is the day where the agent is."""
    return LooseEnds(
        waiting_leads=_waiting_leads(session, scope, agent_id, today, now),
        call_backs=_call_backs(session, scope, agent_id, today, now),
        open_entries=_open_entries(session, scope, agent_id, Period(today - timedelta(days=open_entries.WITHIN_DAYS), today)),
        stale_deals=_quiet_deals(session, scope, agent_id, today, (now - FORGOTTEN, now - STALE)),
        forgotten_deals=_quiet_deals(session, scope, agent_id, today, (None, now - FORGOTTEN)),
        unrated=_unrated_customers(session, scope, agent_id, unrated_customers.span(today)),
    )


def _waiting_leads(session: Session, scope: Scope, agent_id: int, today: date, now: datetime) -> Pile:
    """New leads whose first contact is overdue."""
    wanted = (
        col(Lead.status) == LeadStatus.NEW,
        col(Lead.assigned_on) >= today - timedelta(days=waiting_leads.WITHIN_DAYS),
        col(Lead.assigned_at) < now - waiting_leads.LONG_WAIT,
        _looked_after(Lead, agent_id, scope, today),
    )
    query = _named(col(Lead.name), col(Lead.assigned_at), col(Lead.id)).where(*wanted)
    return _pile(session, query.order_by(col(Lead.assigned_at), col(Lead.id)))


def _call_backs(session: Session, scope: Scope, agent_id: int, today: date, now: datetime) -> Pile:
    """Open leads whose last contact ended with a call back some time ago, without a plan in the calendar."""
    agreed, later = Activity, aliased(Activity)
    heard = exists().where(
        col(later.lead_id) == col(Lead.id), col(later.type).in_(WORK_TYPES), col(later.occurred_at) > col(agreed.occurred_at)
    )
    planned = exists().where(
        col(CalendarEvent.lead_id) == col(Lead.id),
        col(CalendarEvent.status) == EventStatus.PLANNED,
        col(CalendarEvent.local_on) >= today,
    )
    wanted = (
        col(agreed.agent_id) == agent_id,
        within(Period(today - timedelta(days=call_backs.WITHIN_DAYS), today + timedelta(days=1))),
        visible(col(agreed.agent_id), col(agreed.local_on), scope),
        col(agreed.outcome) == Outcome.CALL_BACK,
        col(agreed.occurred_at) < now - call_backs.PATIENCE,
        col(Lead.status).in_(OPEN),
        _looked_after(Lead, agent_id, scope, today),
        ~heard,
        ~planned,
    )
    query = _named(col(Lead.name), col(agreed.occurred_at), col(Lead.id)).join(Lead, col(Lead.id) == col(agreed.lead_id))
    return _pile(session, query.where(*wanted).order_by(col(agreed.occurred_at), col(agreed.id)))


def _open_entries(session: Session, scope: Scope, agent_id: int, within_days: Period) -> Pile:
    """Calendar entries of these days that still say planned."""
    on = col(CalendarEvent.local_on)
    wanted = (
        col(CalendarEvent.agent_id) == agent_id,
        on >= within_days.start,
        on < within_days.end,
        col(CalendarEvent.status) == EventStatus.PLANNED,
        visible(col(CalendarEvent.agent_id), on, scope),
    )
    first_on = func.min(on).over().label("first_on")
    query = _named(col(CalendarEvent.title), col(CalendarEvent.ends_at), col(CalendarEvent.lead_id)).add_columns(first_on)
    return _pile(session, query.where(*wanted).order_by(col(CalendarEvent.ends_at), col(CalendarEvent.id)))


def _quiet_deals(session: Session, scope: Scope, agent_id: int, today: date, between: tuple[datetime | None, datetime]) -> Pile:
    """Open deals last worked on between two moments, the largest first; one never worked on counts from the day it was created."""
    since, before = between
    touched = func.coalesce(col(Deal.last_activity_at), _midnight(col(Deal.created_on)))
    mine = and_(col(Deal.status) == DealStatus.OPEN, _looked_after(Deal, agent_id, scope, today))
    amount = col(Deal.amount_minor)
    worth = func.sum(amount).over().label("worth_minor")
    first_on = func.min(col(Deal.created_on)).over().label("first_on")
    query = _named(col(Deal.name), touched, col(Deal.lead_id)).add_columns(amount, worth, first_on)
    query = query.where(mine, touched < before, *([touched >= since] if since else []))
    query = query.order_by(amount.desc().nulls_last(), touched, col(Deal.id))
    return _pile(session, query, among=select(func.count()).select_from(Deal).where(mine))


def _unrated_customers(session: Session, scope: Scope, agent_id: int, period: Period) -> Pile:
    """Leads converted in the period that nobody rated, among all of those days."""
    on = col(Lead.converted_on)
    mine = and_(col(Lead.agent_id) == agent_id, on >= period.start, on < period.end, visible(col(Lead.agent_id), on, scope))
    since = func.coalesce(col(Lead.converted_at), _midnight(on))
    query = _named(col(Lead.name), since, col(Lead.id)).where(mine, col(Lead.satisfaction).is_(None)).order_by(since, col(Lead.id))
    return _pile(session, query, among=select(func.count()).select_from(Lead).where(mine))


def _looked_after(record: type[Lead | Deal], agent_id: int, scope: Scope, today: date) -> ColumnElement[bool]:
    """A living record is the agent's now and seen by whoever sees the agent today."""
    owner = col(record.agent_id)
    return and_(owner == agent_id, visible(owner, literal(today, Date), scope))


def _midnight(on: Any) -> ColumnElement[datetime]:  # noqa: ANN401 - a column that may be empty
    return func.timezone("UTC", cast(on, DateTime))


def _named(name: Any, since: Any, lead_id: Any) -> Select[Any]:  # noqa: ANN401 - columns of three tables
    """The first few records, each with how many there are in all."""
    return select(name.label("name"), since.label("since"), lead_id.label("lead_id"), func.count().over().label("in_all")).limit(FIRST)


def _pile(session: Session, query: Select[Any], *, among: Select[Any] | None = None) -> Pile:
    """The records, the count of those they are among, and where it is asked for their worth and their first day."""
    asked = query if among is None else query.add_columns(among.scalar_subquery().label("among"))
    rows = [row._mapping for row in session.execute(asked)]  # noqa: SLF001 - SQLAlchemy's public name for it
    if not rows:
        return Pile()
    one = rows[0]
    return Pile(
        count=one["in_all"],
        first=tuple(_record(row) for row in rows),
        among=one.get("among", one["in_all"]),
        amount_minor=int(one.get("worth_minor") or 0),
        first_on=one.get("first_on"),
    )


def _record(row: RowMapping) -> Record:
    return Record(name=row["name"], since=row["since"], lead_id=row["lead_id"], amount_minor=row.get("amount_minor"))
