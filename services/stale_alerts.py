"""Telling people of deals without activity: agents of their own, managers of their teams', with what to do about the first of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """Who is told of which deals."""

    reader: Reader
    is_own: bool
    """Whether the deals are the reader's own; a manager who sells hears of both apart."""


def tell(session: Session, deals: Sequence[DealAtRisk], days: int, today: date, now: datetime, *, managers: bool) -> set[int]:
    """Tell each agent of their own deals and, where asked for, each manager of others' on their teams; in the order given. Returns whom."""
    by_reader = _by_reader(session, deals, now)
    told = {each: theirs for each, theirs in by_reader.items() if each.is_own or managers}
    for each, theirs in told.items():
        notify_person(session, each.reader.person_id, _notice(session, each, theirs, days, today, now), now)
    return {each.reader.person_id for each in told}


def _by_reader(session: Session, deals: Sequence[DealAtRisk], now: datetime) -> Mapping[_Told, list[DealAtRisk]]:
    readers = queries.readers(session, [each.facts.deal_id for each in deals], local_time(now, "UTC").on)
    found = defaultdict[_Told, list[DealAtRisk]](list)
    for deal in deals:
        for reader in readers.get(deal.facts.deal_id, ()):
            found[_Told(reader=reader, is_own=reader.person_id == deal.facts.agent_id)].append(deal)
    return found


def _notice(session: Session, told: _Told, deals: Sequence[DealAtRisk], days: int, today: date, now: datetime) -> Notice:
    """Once a day: an agent again when asked with other days, for the question is another one; a manager not."""
    reader, first = told.reader, {each.facts.deal_id: each for each in deals[:NAMED]}
    reviews = {each.deal_id: each for each in deal_reviews.review_all(session, first, now, reader.language)}
    at, currency = wall_clock(now, reader.time_zone), currency_of(session)
    reviewed = [
        (reviews[deal_id].review, headline(each.facts, currency=currency, chance=each.chance_told, reviewed_at=at))
        for deal_id, each in first.items()
        if deal_id in reviews
    ]
    message = deal_messages.of_stale(session, reviewed, reader.language, days=days, count=len(deals), is_own=told.is_own)
    key = f"{KIND}:{reader.person_id}:{today.isoformat()}:{days}" if told.is_own else f"{KIND}:managers:{today.isoformat()}"
    return deal_messages.as_notice(message, kind=KIND, dedupe_key=key, link=f"/deals?quiet={days}", urgency=Urgency.URGENT)
