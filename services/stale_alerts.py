"""Telling managers of their teams' deals without activity: one urgent message a day, with what to do about the first of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import deal_monitoring as queries
from data.queries.deal_monitoring import Reader
from domain.deals.messages.headline import headline
from domain.local_time import local_time, wall_clock
from services import deal_messages, deal_reviews
from services.deal_warnings import DealAtRisk
from services.notifications import Notice, Urgency, notify_person
from services.roster import currency_of

KIND: Final = "stale_deals"
NAMED: Final = 5
"""Deals told with what to do: more are a list, and the list is on the Deals page."""


def tell_managers(session: Session, deals: Sequence[DealAtRisk], days: int, today: date, now: datetime) -> set[int]:
    """Tell each manager of the deals of others on their teams, in the order given; whom."""
    theirs = _by_manager(session, deals, now)
    for manager, of_them in theirs.items():
        notify_person(session, manager.person_id, _notice(session, manager, of_them, days, today, now), now)
    return {each.person_id for each in theirs}


def _by_manager(session: Session, deals: Sequence[DealAtRisk], now: datetime) -> Mapping[Reader, list[DealAtRisk]]:
    readers = queries.readers(session, [each.facts.deal_id for each in deals], local_time(now, "UTC").on)
    found = defaultdict[Reader, list[DealAtRisk]](list)
    for deal in deals:
        for reader in readers.get(deal.facts.deal_id, ()):
            if reader.person_id != deal.facts.agent_id:
                found[reader].append(deal)
    return found


def _notice(session: Session, manager: Reader, deals: Sequence[DealAtRisk], days: int, today: date, now: datetime) -> Notice:
    first = {each.facts.deal_id: each.facts for each in deals[:NAMED]}
    reviews = {each.deal_id: each for each in deal_reviews.review_all(session, first, now, manager.language)}
    at, currency = wall_clock(now, manager.time_zone), currency_of(session)
    told = [
        (reviews[deal_id].review, headline(facts, currency=currency, chance=None, reviewed_at=at))
        for deal_id, facts in first.items()
        if deal_id in reviews
    ]
    message = deal_messages.of_stale(session, told, manager.language, days=days, count=len(deals))
    key = f"{KIND}:managers:{today.isoformat()}"
    return deal_messages.as_notice(message, kind=KIND, dedupe_key=key, link=f"/deals?quiet={days}", urgency=Urgency.URGENT)
