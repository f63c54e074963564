"""Deals on their way to a sale, an agreement or a sent list: when each began, and how that ended."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import Date, func, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal
from data.queries.pipeline import looked_after
from data.queries.scope import selected
from domain.access import Scope, Selection
from domain.forecasting.pipeline import Life
from domain.records import DealStatus

MOST: Final = 20_000
"""More than this is not looked at one by one while somebody waits."""
_EVENTS: Final[Mapping[str, tuple[Any, Any]]] = {
    "deals_won": (col(Deal.closed_on), col(Deal.status) == DealStatus.WON),
    "agreements": (func.coalesce(col(Deal.agreement_on), col(Deal.closed_on)), col(Deal.agreement_on).is_not(None)),
    "lists_sent": (func.coalesce(col(Deal.partner_list_sent_on), col(Deal.closed_on)), col(Deal.partner_list_sent_on).is_not(None)),
}
"""By the metric that counts the event: the day it was over, and whether by the event."""


def lives(session: Session, scope: Scope, selection: Selection, event: str, *, today: date, since: date) -> list[Life]:
    """The deals begun since the day that the viewer looks after today, of the people, teams and categories of the selection.

    None for an event that is not a deal's, and where there are more than `MOST`.
    """
    if event not in _EVENTS:
        return []
    ended_on, came = _EVENTS[event]
    agent, on = col(Deal.agent_id), literal(today, Date)
    chosen = selected(agent, on, selection, category=Deal.__table__.c.category)  # type: ignore[attr-defined]
    query = select(col(Deal.created_on), ended_on, came).where(looked_after(agent, scope, today), chosen, col(Deal.created_on) >= since)
    rows = session.execute(query.limit(MOST + 1)).all()
    return [Life(begun_on=begun, ended_on=ended, came=came) for begun, ended, came in rows] if len(rows) <= MOST else []
