"""How long new leads waited for the first contact, wait by wait: what medians are made of."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Lead
from data.queries.scope import selected, visible, within_reach
from domain.access import Scope, Selection


def waits_by_agent(session: Session, scope: Scope, selection: Selection) -> dict[int, tuple[int, ...]]:
    """Seconds waited by the leads first contacted in the selection's period, by agent; shortest first. Unknown waits do not count."""
    agent, contacted = col(Lead.agent_id), col(Lead.contacted_on)
    wanted = (
        col(Lead.response_seconds).is_not(None),
        within_reach(agent, scope),
        visible(agent, contacted, scope),
        selected(agent, contacted, selection, category=Lead.__table__.c.category),  # type: ignore[attr-defined]
    )
    query = select(agent, col(Lead.response_seconds)).where(*wanted).order_by(agent, col(Lead.response_seconds))
    found: dict[int, list[int]] = {}
    for agent_id, seconds in session.execute(query):
        if agent_id is not None and seconds is not None:
            found.setdefault(agent_id, []).append(seconds)
    return {agent_id: tuple(waits) for agent_id, waits in found.items()}
