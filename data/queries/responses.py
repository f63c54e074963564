"""How long new leads waited for the first contact, wait by wait: what medians are made of."""

from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Lead
from data.queries.scope import selected, visible, within_reach
from domain.access import Scope, Selection


def waits_by_agent(session: Session, scope: Scope, selection: Selection) -> dict[int, tuple[int, ...]]:
    """Seconds waited by the leads first contacted in the selection's period, by agent; shortest first. Unknown waits do not count."""
    agent = col(Lead.agent_id)
    query = select(agent, col(Lead.response_seconds)).where(*_answered(scope, selection)).order_by(agent, col(Lead.response_seconds))
    found: dict[int, list[int]] = {}
    for agent_id, seconds in session.execute(query):
        if agent_id is not None and seconds is not None:
            found.setdefault(agent_id, []).append(seconds)
    return {agent_id: tuple(waits) for agent_id, waits in found.items()}


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
