"""Leads and sales by where they came from."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, Lead
from data.queries.scope import selected, visible, within_reach
from domain.access import Scope, Selection
from domain.metrics.measures import Ratio
from domain.metrics.sources import Source, SourceSales
from domain.records import DealStatus


def conversions_by_source(session: Session, scope: Scope, selection: Selection) -> dict[Source, Ratio]:
    """Of the leads assigned in the selection's period, those converted by now; by the lead's source, empty where nobody said.

    A lead nobody has any more does not count, as in every other figure.
    """
    agent, assigned = col(Lead.agent_id), col(Lead.assigned_on)
    wanted = (
        agent.is_not(None),
        within_reach(agent, scope),
        visible(agent, assigned, scope),
        selected(agent, assigned, selection, category=Lead.__table__.c.category),  # type: ignore[attr-defined]
    )
    source = col(Lead.source)
    rows = session.execute(select(source, func.count(col(Lead.converted_on)), func.count()).where(*wanted).group_by(source))
    return {name: Ratio(converted, assigned) for name, converted, assigned in rows}


def sales_by_source(session: Session, scope: Scope, selection: Selection) -> dict[Source, SourceSales]:
    """Deals won in the selection's period, by the source of their lead, else their own; those without lead and source under None."""
    agent, closed = col(Deal.agent_id), col(Deal.closed_on)
    wanted = (
        agent.is_not(None),
        col(Deal.status) == DealStatus.WON,
        within_reach(agent, scope),
        visible(agent, closed, scope),
        selected(agent, closed, selection, category=Deal.__table__.c.category),  # type: ignore[attr-defined]
    )
    own, of_lead = func.nullif(col(Deal.source), ""), func.nullif(col(Lead.source), "")
    source = case((col(Deal.lead_id).is_(None), own), else_=func.coalesce(of_lead, own, ""))
    sums = (func.count(), func.coalesce(func.sum(col(Deal.amount_minor)), 0))
    rows = session.execute(
        select(source, *sums).select_from(Deal).join(Lead, col(Lead.id) == col(Deal.lead_id), isouter=True).where(*wanted).group_by(source)
    )
    return {name: SourceSales(sales=sales, revenue_minor=int(revenue)) for name, sales, revenue in rows}
