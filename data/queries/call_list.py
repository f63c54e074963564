"""An agent's open leads with a phone number, each with what happened last, in one statement."""

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Date, DateTime, and_, cast, func, literal, select, true
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from data.models import Activity, Lead
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.call_list import Callee
from domain.records import REACHED, TALKS, WORK_TYPES, LeadStatus

MOST: Final = 300
"""The leads assigned last: a list of more is read by nobody, and each costs a look at its history."""
ASSIGNED_WITHIN: Final = timedelta(days=365)
OPEN: Final = (LeadStatus.NEW, LeadStatus.CONTACTED, LeadStatus.INTERESTED)
BEFORE_ALL: Final = datetime(1900, 1, 1, tzinfo=UTC)


def callees(session: Session, scope: Scope, agent_id: int, today: date) -> list[Callee]:
    """The agent's leads that may be called, within the viewer's scope; what others did with them counts for what was tried last."""
    leads = _leads(scope, agent_id, today)
    last, calls = _last(leads), _calls(leads)
    query = select(
        leads, last.c.last_type, last.c.last_outcome, last.c.last_direction, last.c.last_at, calls.c.last_called_at, calls.c.tries
    )
    rows = session.execute(query.select_from(leads).outerjoin(last, true()).outerjoin(calls, true()))
    return [Callee(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name for it


def _leads(scope: Scope, agent_id: int, today: date) -> Any:  # noqa: ANN401 - a subquery
    wanted = and_(
        col(Lead.agent_id) == agent_id,
        visible(col(Lead.agent_id), literal(today, Date), scope),
        col(Lead.status).in_(OPEN),
        col(Lead.phone) != "",
        ~col(Lead.wants_no_contact),
        col(Lead.assigned_on) >= today - ASSIGNED_WITHIN,
    )
    since = func.coalesce(col(Lead.assigned_at), func.timezone("UTC", cast(col(Lead.assigned_on), DateTime)))
    known: tuple[Any, ...] = (col(Lead.name), col(Lead.phone), col(Lead.source), col(Lead.status))
    columns: tuple[Any, ...] = (col(Lead.id).label("lead_id"), *known, since.label("since"))
    return select(*columns).where(wanted).order_by(col(Lead.assigned_on).desc(), col(Lead.id).desc()).limit(MOST).subquery("leads")


def _last(leads: Any) -> Any:  # noqa: ANN401 - subqueries
    columns: tuple[Any, ...] = (
        col(Activity.type).label("last_type"),
        col(Activity.outcome).label("last_outcome"),
        col(Activity.direction).label("last_direction"),
        col(Activity.occurred_at).label("last_at"),
    )
    worked = (col(Activity.lead_id) == leads.c.lead_id, col(Activity.type).in_(WORK_TYPES))
    newest = select(*columns).where(*worked).order_by(col(Activity.occurred_at).desc(), col(Activity.id).desc()).limit(1)
    return newest.correlate(leads).lateral("last")


def _calls(leads: Any) -> Any:  # noqa: ANN401 - subqueries
    """When the lead was last called, and how often since somebody was spoken to."""
    call, talk = Activity, aliased(Activity)
    spoken = select(func.max(col(talk.occurred_at))).where(
        col(talk.lead_id) == leads.c.lead_id, col(talk.type).in_(TALKS), col(talk.outcome).in_(REACHED)
    )
    since = spoken.correlate(leads).scalar_subquery()
    tries = func.count().filter(col(call.occurred_at) > func.coalesce(since, BEFORE_ALL))
    columns: tuple[Any, ...] = (func.max(col(call.occurred_at)).label("last_called_at"), tries.label("tries"))
    return select(*columns).where(col(call.lead_id) == leads.c.lead_id, col(call.type).in_(TALKS)).correlate(leads).lateral("calls")
