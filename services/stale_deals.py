"""Deals without activity for some days: listed, and told to their agents and to who leads these, each once a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from domain.records import Role
from services import deal_warnings, deal_watch, stale_alerts
from services.access import Viewer
from services.deal_warnings import DealAtRisk, Narrowed
from services.owners import today_of

MOST: Final = 200
"""Deals of one check; whoever has more stale ones has another question."""
DEFAULT_DAYS: Final = 3
LONGEST_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleCheck:
    """What a check found, and how many people were told."""

    deals: tuple[DealAtRisk, ...]
    in_all: int
    told: int


def stale(session: Session, viewer: Viewer, days: int, now: datetime, *, agent_id: int | None = None) -> StaleCheck:
    """Open deals the viewer looks after without activity for so many full days, the most pressing first; nobody is told."""
    wanted = Narrowed(quiet_since=now - timedelta(days=days), agent_id=agent_id)
    page = deal_warnings.page(session, viewer, wanted, now, offset=0, limit=MOST)
    return StaleCheck(deals=page.deals, in_all=page.in_all, told=0)


def check(session: Session, viewer: Viewer, days: int, now: datetime) -> StaleCheck:
    """Look at the stale deals again and tell each agent of their own; asking again on the same day tells nobody twice.

    Where somebody asks who looks after others, the managers of these agents' teams are told of theirs, too.
    """
    deal_watch.look_at(session, {each.facts.deal_id for each in stale(session, viewer, days, now).deals}, now)
    found = stale(session, viewer, days, now)
    told = stale_alerts.tell(session, found.deals, days, today_of(viewer, now), now, managers=viewer.role is not Role.AGENT)
    return StaleCheck(deals=found.deals, in_all=found.in_all, told=len(told))
