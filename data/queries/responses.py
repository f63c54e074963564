"""How long new leads waited for the first contact, wait by wait: what medians are made of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Lead
from data.queries.scope import selected, visible, within_reach
from domain.access import Scope, Selection


def waits_by_agent(session: Session, scope: Scope, selection: Selection) -> dict[int, tuple[int, ...]]:
    """Seconds waited by the leads first contacted in the selection's period, by agent; shortest first. Unknown waits do not count."""
    agent, waited = col(Lead.agent_id), col(Lead.response_seconds)
    waits = func.array_agg(aggregate_order_by(waited, waited)).label("waits")
    query = select(agent, waits).where(agent.is_not(None), *_answered(scope, selection)).group_by(agent)
    rows: Iterable[Any] = session.execute(query)
    return {row.agent_id: tuple(row.waits) for row in rows}


def first_contacts(session: Session, scope: Scope, selection: Selection) -> list[tuple[datetime, datetime]]:
    """The moments of assignment and first contact of the same leads, in no order; leads of which only days are known do not count."""
    assigned, contacted = col(Lead.assigned_at), col(Lead.contacted_at)
    rows = session.execute(select(assigned, contacted).where(*_answered(scope, selection)))
    return [(since, until) for since, until in rows if since is not None and until is not None]


def _answered(scope: Scope, selection: Selection) -> tuple[ColumnElement[bool], ...]:
    agent, contacted = col(Lead.agent_id), col(Lead.contacted_on)
    return (
        col(Lead.response_seconds).is_not(None),
        within_reach(agent, scope),
        visible(agent, contacted, scope),
        selected(agent, contacted, selection, category=Lead.__table__.c.category),  # type: ignore[attr-defined]
    )
