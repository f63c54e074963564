"""How long new leads waited for the first contact, wait by wait: what medians are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Lead
from data.queries.scope import selected, visible, within_reach
from domain.access import Scope, Selection


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstContact:
    """How long one lead waited, and from when to when where more than the days are known."""

    response_seconds: int
    moments: tuple[datetime, datetime] | None
    """Assignment and first contact."""


def waits_by_agent(session: Session, scope: Scope, selection: Selection) -> dict[int, tuple[int, ...]]:
    """Seconds waited by the leads first contacted in the selection's period, by agent; shortest first. Unknown waits do not count."""
    agent, waited = col(Lead.agent_id), col(Lead.response_seconds)
    waits = func.array_agg(aggregate_order_by(waited, waited)).label("waits")
    query = select(agent, waits).where(agent.is_not(None), *_answered(scope, selection)).group_by(agent)
    rows: Iterable[Any] = session.execute(query)
    return {row.agent_id: tuple(row.waits) for row in rows}


def waits_by_lead(session: Session, scope: Scope, selection: Selection) -> list[tuple[date, int]]:
    """The same waits one by one, whoever's they are, in no order: day of the first contact and seconds waited."""
    rows = session.execute(select(col(Lead.contacted_on), col(Lead.response_seconds)).where(*_answered(scope, selection)))
    return [(on, seconds) for on, seconds in rows if on is not None and seconds is not None]


def first_contacts(session: Session, scope: Scope, selection: Selection) -> list[FirstContact]:
    """The same waits with their moments, whoever's they are, in no order."""
    columns = (col(Lead.response_seconds), col(Lead.assigned_at), col(Lead.contacted_at))
    return [
        FirstContact(response_seconds=seconds, moments=(since, until) if since is not None and until is not None else None)
        for seconds, since, until in session.execute(select(*columns).where(*_answered(scope, selection)))
        if seconds is not None
    ]


def _answered(scope: Scope, selection: Selection) -> tuple[ColumnElement[bool], ...]:
    agent, contacted = col(Lead.agent_id), col(Lead.contacted_on)
    return (
        col(Lead.response_seconds).is_not(None),
        within_reach(agent, scope),
        visible(agent, contacted, scope),
        selected(agent, contacted, selection, category=Lead.__table__.c.category),  # type: ignore[attr-defined]
    )
