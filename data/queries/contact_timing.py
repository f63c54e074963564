"""How often an agent's leads picked up, by the hour of the call, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Date, func, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity, Lead
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.call_list import UNANSWERED
from domain.contact import CONVERSED
from domain.metrics.measures import Ratio
from domain.records import REACHED, Direction

LOOKS_BACK: Final = timedelta(days=365)
"""Habits change: what somebody did in an older job says little of this one."""
JUDGED: Final = REACHED | UNANSWERED
"""Outcomes that say whether somebody picked up; a wrong number says nothing of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOfLead:
    """The calls made to a lead within an hour of the day, by the clock of whoever called."""

    lead_id: int
    source: str
    hour: int
    answered: Ratio


def calls_by_hour(session: Session, scope: Scope, agent_id: int, today: date) -> Sequence[HourOfLead]:
    """Outbound calls of a year to the leads an agent has now, whoever made them, within the viewer's scope."""
    answered = func.count().filter(col(Activity.outcome).in_(REACHED))
    columns: tuple[Any, ...] = (col(Lead.id), col(Lead.source), col(Activity.local_hour), answered, func.count())
    query = select(*columns).join(Lead, col(Lead.id) == col(Activity.lead_id))
    wanted = (
        col(Lead.agent_id) == agent_id,
        visible(col(Lead.agent_id), literal(today, Date), scope),
        col(Activity.type).in_(CONVERSED),
        col(Activity.direction).is_distinct_from(Direction.INBOUND),
        col(Activity.outcome).in_(JUDGED),
        col(Activity.local_on) > today - LOOKS_BACK,
    )
    rows = session.execute(query.where(*wanted).group_by(col(Lead.id), col(Lead.source), col(Activity.local_hour)))
    return [HourOfLead(lead_id=lead, source=source, hour=hour, answered=Ratio(part, whole)) for lead, source, hour, part, whole in rows]
