"""Leads and deals as living records: they belong to whoever looks after their agent today, whenever they began."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, exists, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Lead
from data.queries.scope import AgentColumn, on_team, visible, within_reach
from domain.access import Scope
from domain.records import DealStatus, LeadStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFilter:
    """What a list of leads or deals is narrowed to; None narrows nothing."""

    agent_id: int | None = None
    team_id: int | None = None
    status: LeadStatus | DealStatus | None = None
    origin: str | None = None
    external_id: str | None = None
    updated_since: datetime | None = None
    lead_id: int | None = None
    """Deals only."""
    stage: str | None = None
    """Deals only."""


def leads(session: Session, scope: Scope, today: date, wanted: RecordFilter, *, after: int | None, limit: int) -> list[Lead]:
    """One page of leads, the newest first; those without an agent only for who sees everything."""
    query = _page(select(Lead), Lead, scope, today, wanted, after)
    return list(session.scalars(query.limit(limit)))


def deals(session: Session, scope: Scope, today: date, wanted: RecordFilter, *, after: int | None, limit: int) -> list[Deal]:
    """The same for deals."""
    query = _page(select(Deal), Deal, scope, today, wanted, after)
    for column, value in ((col(Deal.lead_id), wanted.lead_id), (col(Deal.stage), wanted.stage)):
        query = query if value is None else query.where(column == value)
    return list(session.scalars(query.limit(limit)))


def lead(session: Session, scope: Scope, today: date, lead_id: int, *, locked: bool = False) -> Lead | None:
    """The lead if the viewer may see it, locked for the transaction where asked."""
    query = select(Lead).where(col(Lead.id) == lead_id, looked_after(col(Lead.agent_id), scope, today))
    return session.scalar(query.with_for_update() if locked else query)


def leads_seen(session: Session, scope: Scope, today: date, lead_ids: Collection[int]) -> frozenset[int]:
    """Those of the leads that somebody looks after."""
    wanted = (col(Lead.id).in_(sorted(lead_ids)), looked_after(col(Lead.agent_id), scope, today))
    return frozenset(session.scalars(select(col(Lead.id)).where(*wanted))) if lead_ids else frozenset()


def deal(session: Session, scope: Scope, today: date, deal_id: int, *, locked: bool = False) -> Deal | None:
    """The same for a deal."""
    query = select(Deal).where(col(Deal.id) == deal_id, looked_after(col(Deal.agent_id), scope, today))
    return session.scalar(query.with_for_update() if locked else query)


def is_sold(session: Session, lead_id: int) -> bool:
    """Whether the lead has a won deal, whosever it is: a sale by the agent before is not to be counted a second time."""
    won = exists().where(col(Deal.lead_id) == lead_id, col(Deal.status) == DealStatus.WON)
    return bool(session.scalar(select(won)))


def lead_called(session: Session, origin: str, external_id: str) -> int | None:
    """The id of the lead stored under another system's id, whoever may see it."""
    return session.scalar(select(col(Lead.id)).where(col(Lead.origin) == origin, col(Lead.external_id) == external_id))


def deal_called(session: Session, origin: str, external_id: str) -> int | None:
    """The same for a deal."""
    return session.scalar(select(col(Deal.id)).where(col(Deal.origin) == origin, col(Deal.external_id) == external_id))


def looked_after(agent: AgentColumn, scope: Scope, today: date) -> ColumnElement[bool]:
    """A living record is seen by whoever sees its agent today; one of nobody only by who sees everything."""
    return and_(within_reach(agent, scope), visible(agent, literal(today, Date), scope))


def _page(query: Select[Any], table: Any, scope: Scope, today: date, wanted: RecordFilter, after: int | None) -> Select[Any]:  # noqa: ANN401 - a model class
    query = query.where(looked_after(col(table.agent_id), scope, today))
    narrowed = {"agent_id": wanted.agent_id, "status": wanted.status, "origin": wanted.origin, "external_id": wanted.external_id}
    for name, value in narrowed.items():
        query = query if value is None else query.where(getattr(table, name) == value)
    if wanted.team_id is not None:
        query = query.where(on_team(col(table.agent_id), literal(today, Date), {wanted.team_id}))
    if wanted.updated_since is not None:
        query = query.where(col(table.updated_at) >= wanted.updated_since)
    if after is not None:
        query = query.where(col(table.id) < after)
    return query.order_by(col(table.id).desc())
