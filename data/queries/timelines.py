"""An agent's timeline page by page: activities, and conversions that no activity tells of."""

from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, DateTime, and_, cast, exists, func, literal, select, tuple_
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Deal, Lead
from data.queries.activities import entries, entry, newest_first, within
from data.queries.scope import visible
from domain.access import Scope
from domain.facts import ActivityEntry
from domain.lead_history import UNDONE
from domain.records import ActivityType, DealStatus
from domain.timeline import TYPES, ConvertedLead, Position, TimelineFilter, TimelineView

NOON: Final = timedelta(hours=12)


def activities_of(session: Session, scope: Scope, view: TimelineView, *, after: Position | None, limit: int) -> list[ActivityEntry]:
    """The agent's activities of the kinds wanted, newest first, from behind the position on; all there are without a period.

    Conversions that were taken back are history, and none of the conversions.
    """
    conditions = [col(Activity.agent_id) == view.agent_id, visible(col(Activity.agent_id), col(Activity.local_on), scope)]
    if view.wanted is not TimelineFilter.ALL:
        conditions.append(col(Activity.type).in_(sorted(TYPES[view.wanted])))
    if view.wanted is TimelineFilter.CONVERSIONS:
        conditions.append(col(Activity.details)[UNDONE].is_(None))
    if view.period is not None:
        conditions.append(within(view.period))
    behind = (after[0], after[1] // 2) if after else None
    return [entry(row) for row in session.execute(newest_first(entries().where(and_(*conditions)), behind, limit))]


def untold_conversions(session: Session, scope: Scope, view: TimelineView, *, after: Position | None, limit: int) -> list[ConvertedLead]:
    """The agent's leads that converted without an entry of theirs about it, newest first, from behind the position on.

    One that was passed on after its conversion is such a lead: it counts where it is now, and its entry is the former agent's.
    """
    converted = col(Lead.converted_on)
    noon = func.timezone("UTC", cast(converted, DateTime) + NOON)
    moment = func.coalesce(col(Lead.converted_at), noon)
    conditions: list[ColumnElement[bool]] = [
        col(Lead.agent_id) == view.agent_id,
        converted.is_not(None),
        visible(col(Lead.agent_id), converted, scope),
        ~exists().where(
            col(Activity.lead_id) == col(Lead.id),
            col(Activity.agent_id) == col(Lead.agent_id),
            col(Activity.type) == ActivityType.CONVERSION,
            col(Activity.details)[UNDONE].is_(None),
        ),
    ]
    if view.period is not None:
        conditions += [converted >= view.period.start, converted < view.period.end]
    if after is not None:
        conditions.append(tuple_(moment, col(Lead.id)) < tuple_(literal(after[0], DateTime(timezone=True)), literal((after[1] + 1) // 2)))
    own = (col(Deal.lead_id) == col(Lead.id), col(Deal.agent_id) == col(Lead.agent_id), col(Deal.status) == DealStatus.WON)
    seen = visible(col(Deal.agent_id), col(Deal.closed_on), scope)
    sold = select(func.sum(col(Deal.amount_minor))).where(*own, seen).scalar_subquery()
    columns = (col(Lead.id), col(Lead.agent_id), col(Lead.name), col(Lead.company), moment.label("at"), converted, sold.label("revenue"))
    query = select(*columns).where(*conditions).order_by(moment.desc(), col(Lead.id).desc()).limit(limit)
    return [
        ConvertedLead(
            lead_id=row.id,
            agent_id=row.agent_id,
            name=row.name,
            company=row.company,
            at=row.at,
            on=row.converted_on,
            revenue_minor=None if row.revenue is None else int(row.revenue),
        )
        for row in session.execute(query)
    ]
