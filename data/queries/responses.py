"""How long new leads waited for the first contact, wait by wait: what medians are made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, literal, select, union_all
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
    return waits_by_agent_in(session, scope, [selection])[0]


def waits_by_agent_in(session: Session, scope: Scope, selections: Sequence[Selection]) -> list[dict[int, tuple[int, ...]]]:
    """The same for each of the selections, in one statement."""
    agent, waited = col(Lead.agent_id), col(Lead.response_seconds)
    waits = func.array_agg(aggregate_order_by(waited, waited)).label("waits")
    parts = [
        select(literal(number).label("part"), agent, waits).where(agent.is_not(None), *_answered(scope, selection)).group_by(agent)
        for number, selection in enumerate(selections)
    ]
    found: list[dict[int, tuple[int, ...]]] = [{} for _ in selections]
    rows: Iterable[Any] = session.execute(union_all(*parts))
    for part, agent_id, all_waits in rows:
        found[part][agent_id] = tuple(all_waits)
    return found


def waits_by_lead(session: Session, scope: Scope, selection: Selection) -> list[tuple[date, int]]:
    """The same waits one by one, whoever's they are, in no order: day of the first contact and seconds waited."""
    rows = session.execute(select(col(Lead.contacted_on), col(Lead.response_seconds)).where(*_answered(scope, selection)))
    return [(on, seconds) for on, seconds in rows if on is not None and seconds is not None]


def first_contacts_in(session: Session, scope: Scope, selections: Sequence[Selection]) -> list[list[FirstContact]]:
    """For each of the selections the same waits with their moments, whoever's they are, in no order; one statement."""
    columns = (col(Lead.response_seconds), col(Lead.assigned_at), col(Lead.contacted_at))
    parts = [
        select(literal(number).label("part"), *columns).where(*_answered(scope, selection)) for number, selection in enumerate(selections)
    ]
    found: list[list[FirstContact]] = [[] for _ in selections]
    rows: Iterable[Any] = session.execute(union_all(*parts))
    for part, seconds, since, until in rows:
        moments = (since, until) if since is not None and until is not None else None
        found[part].append(FirstContact(response_seconds=seconds, moments=moments))
    return found


def _answered(scope: Scope, selection: Selection) -> tuple[ColumnElement[bool], ...]:
    agent, contacted = col(Lead.agent_id), col(Lead.contacted_on)
    return (
        col(Lead.response_seconds).is_not(None),
        within_reach(agent, scope),
        visible(agent, contacted, scope),
        selected(agent, contacted, selection, category=Lead.__table__.c.category),  # type: ignore[attr-defined]
    )
