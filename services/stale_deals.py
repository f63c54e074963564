"""Deals without activity for some days: listed, and told to their agents and to who leads these, each once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy.orm import Session

from domain.deals.facts import DealFacts
from domain.deals.priority import DealPriority
from domain.deals.warning_words import PRIORITY_MARKS, WARNING_WORDS
from domain.deals.warnings import WarningRule
from domain.records import Role
from services import deal_warnings, deal_watch, stale_alerts
from services.access import Viewer
from services.deal_warnings import DealAtRisk, Narrowed
from services.notifications import Notice, notify_person
from services.owners import today_of

KIND: Final = "stale_deals"
MOST: Final = 200
"""Deals of one check; whoever has more stale ones has another question."""
NAMED: Final = 5
"""Deals named in one message: more are a list, and the list is on the Deals page."""
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
    owned = sorted((each for each in found.deals if each.facts.agent_id), key=lambda each: each.facts.agent_id or 0)
    told = set[int]()
    for agent_id, theirs in groupby(owned, key=lambda each: each.facts.agent_id or 0):
        notify_person(session, agent_id, _notice(agent_id, list(theirs), days, today_of(viewer, now).isoformat()), now)
        told.add(agent_id)
    if viewer.role is not Role.AGENT:
        told |= stale_alerts.tell_managers(session, owned, days, today_of(viewer, now), now)
    return StaleCheck(deals=found.deals, in_all=found.in_all, told=len(told))


def _notice(agent_id: int, theirs: Sequence[DealAtRisk], days: int, day: str) -> Notice:
    count = "1 deal has" if len(theirs) == 1 else f"{len(theirs)} deals have"
    first = sorted(theirs, key=lambda each: list(DealPriority).index(each.listed.priority or DealPriority.LOW))[:NAMED]
    return Notice(
        kind=KIND,
        dedupe_key=f"{KIND}:{agent_id}:{day}:{days}",
        title=f"{count} been quiet for {days} days or more",
        body="\n".join(_line(each) for each in first),
        link=f"/deals?quiet={days}",
    )


def _line(deal: DealAtRisk) -> str:
    mark = PRIORITY_MARKS[deal.listed.priority or DealPriority.LOW]
    rule = deal.warnings[0].rule if deal.warnings else WarningRule.NO_ACTIVITY
    return f"{mark} {deal.facts.name}: {_quiet(deal.facts)}. {WARNING_WORDS[rule].do}"


def _quiet(facts: DealFacts) -> str:
    days = facts.quiet_days
    return "quiet, since when nobody knows" if days is None else f"quiet for {days:,} days"
