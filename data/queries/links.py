"""Leads and deals an agent's activity or event can be linked to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Date, and_, literal, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations
from sqlmodel import col

from data.models import Deal, Lead
from data.queries.scope import AgentColumn, visible
from domain.access import Scope
from domain.facts import LinkChoice
from domain.records import DealStatus


@dataclass(slots=True, kw_only=True)
class Owned:
    """Whose a lead or deal is, and its category."""

    agent_id: int | None
    category: str


FOUND_AT_MOST: Final = 20
"""As many as somebody reads in a search box; typing more letters narrows."""


def leads_named(session: Session, scope: Scope, agent_id: int, words: str, on: date) -> list[LinkChoice]:
    """The agent's leads whose name or company contains the words, latest assigned first."""
    wanted = and_(_agents_own(col(Lead.agent_id), agent_id, scope, on), _contains(words, col(Lead.name), col(Lead.company)))
    query = select(col(Lead.id), col(Lead.name), col(Lead.company)).where(wanted)
    rows = session.execute(query.order_by(col(Lead.assigned_on).desc(), col(Lead.id).desc()).limit(FOUND_AT_MOST))
    return [LinkChoice(id=lead_id or 0, name=name, detail=company) for lead_id, name, company in rows]


def open_deals_named(session: Session, scope: Scope, agent_id: int, words: str, on: date) -> list[LinkChoice]:
    """The agent's open deals whose name or company contains the words, last worked on first."""
    mine = _agents_own(col(Deal.agent_id), agent_id, scope, on)
    wanted = and_(mine, col(Deal.status) == DealStatus.OPEN, _contains(words, col(Deal.name), col(Deal.company)))
    query = select(col(Deal.id), col(Deal.name), col(Deal.stage)).where(wanted)
    rows = session.execute(query.order_by(col(Deal.last_activity_at).desc().nulls_last(), col(Deal.id).desc()).limit(FOUND_AT_MOST))
    return [LinkChoice(id=deal_id or 0, name=name, detail=stage) for deal_id, name, stage in rows]


def lead_of_agent(session: Session, scope: Scope, agent_id: int, lead_id: int, on: date) -> Lead | None:
    """The lead, locked for the transaction, if it is the agent's and the viewer may see the agent's facts of the day."""
    wanted = and_(col(Lead.id) == lead_id, _agents_own(col(Lead.agent_id), agent_id, scope, on))
    return session.scalar(select(Lead).where(wanted).with_for_update())


def deal_of_agent(session: Session, scope: Scope, agent_id: int, deal_id: int, on: date) -> Deal | None:
    """The deal, locked for the transaction, if it is the agent's and the viewer may see the agent's facts of the day."""
    wanted = and_(col(Deal.id) == deal_id, _agents_own(col(Deal.agent_id), agent_id, scope, on))
    return session.scalar(select(Deal).where(wanted).with_for_update())


def locked_leads(session: Session, ids: Collection[int]) -> dict[int, Owned]:
    """These leads, locked for the transaction in the order of their ids; whether the viewer may see them is not asked."""
    query = select(col(Lead.id), col(Lead.agent_id), col(Lead.category)).where(col(Lead.id).in_(sorted(ids)))
    rows = session.execute(query.order_by(col(Lead.id)).with_for_update())
    return {row.id: Owned(agent_id=row.agent_id, category=row.category) for row in rows}


def locked_deals(session: Session, ids: Collection[int]) -> dict[int, Owned]:
    """The same for deals."""
    query = select(col(Deal.id), col(Deal.agent_id), col(Deal.category)).where(col(Deal.id).in_(sorted(ids)))
    rows = session.execute(query.order_by(col(Deal.id)).with_for_update())
    return {row.id: Owned(agent_id=row.agent_id, category=row.category) for row in rows}


def _agents_own(owner: AgentColumn, agent_id: int, scope: Scope, on: date) -> ColumnElement[bool]:
    return and_(owner == agent_id, visible(owner, literal(on, Date), scope))


def _contains(words: str, *columns: SQLCoreOperations[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(words.strip(), autoescape=True) for column in columns))
