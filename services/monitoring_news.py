"""What a run of monitoring tells people: one summary each of what is new, and the whole review of deals that press most."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from data.models import StoredReview
from data.queries import deal_monitoring as queries
from data.queries import deal_reviews as review_queries
from data.queries import deal_warnings as warning_queries
from data.queries.deal_monitoring import Reader
from data.writes import deal_monitoring as writes
from domain.deals.facts import DealFacts
from domain.deals.messages.headline import DealHeadline, headline
from domain.deals.monitoring import news_digest
from domain.deals.priority import DealPriority
from domain.deals.review import DealReview
from domain.deals.review_record import review_of
from domain.deals.warning_life import WarningState
from domain.language import Language
from domain.local_time import local_time, wall_clock
from domain.records import DealStatus
from services import deal_facts, deal_messages, win_chances
from services.notifications import notify_person
from services.roster import currency_of
from services.work_days import EVERYBODY

KIND: Final = "deal_monitoring"
WHOLE: Final = 5
"""Deals told whole in one run: more is nobody's morning, and the summary names the others."""
ByPriority: TypeAlias = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _News:
    """One deal as somebody is told of it."""

    facts: DealFacts
    review: DealReview
    reviewed_at: datetime
    told: DealHeadline
    chance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of the deals of a run, by deal."""

    facts: Mapping[int, DealFacts]
    reviews: Mapping[Language, Mapping[int, StoredReview]]
    chances: Mapping[int, float | None]
    digests: Mapping[int, str]
    currency: str


def tell(session: Session, run_id: int, deal_ids: Collection[int], now: datetime) -> tuple[ByPriority, int]:
    """Tell each agent and manager of their deals that are open and changed since they were last told; nothing new is not told.

    Returns how many deals there are by priority, high first, and how many people were told.
    """
    readers = queries.readers(session, deal_ids, local_time(now, "UTC").on)
    known = _known(session, deal_ids, {each.language for some in readers.values() for each in some}, now)
    before = queries.told(session, known.facts.keys())
    told = 0
    for reader, theirs in _by_reader(readers, known).items():
        new = [deal_id for deal_id in theirs if before.get((reader.person_id, deal_id)) != known.digests[deal_id]]
        if new:
            _tell_one(session, run_id, reader, [_news(known, reader, deal_id) for deal_id in new], len(theirs) - len(new), now)
            writes.keep_told(session, {(reader.person_id, deal_id): known.digests[deal_id] for deal_id in new}, now)
            told += 1
    return _counts(known), told


def _known(session: Session, deal_ids: Collection[int], languages: Collection[Language], now: datetime) -> _Known:
    found = deal_facts.read(session, EVERYBODY, local_time(now, "UTC").on, now, ids=deal_ids)
    still = {each.deal_id: each for each in found if each.status is DealStatus.OPEN}
    reviews = {each: review_queries.last_of_each(session, still, each) for each in {*languages, Language.ENGLISH}}
    newest = {deal_id: row for each in reviews.values() for deal_id, row in each.items()}
    warned = warning_queries.of_deals(session, still)
    digests = {}
    for deal_id, row in newest.items():
        rules = [each.rule for each in warned.get(deal_id, ()) if each.state is WarningState.OPEN]
        digests[deal_id] = news_digest(still[deal_id], rules, review_of(row.review).priority)
    chances = {deal_id: each.chance for deal_id, each in win_chances.chances_of(session, list(still.values())).items()}
    return _Known(facts=still, reviews=reviews, chances=chances, digests=digests, currency=currency_of(session))


def _by_reader(readers: Mapping[int, Sequence[Reader]], known: _Known) -> Mapping[Reader, list[int]]:
    """Of each the deals there is a review of in their language."""
    found = defaultdict[Reader, list[int]](list)
    for deal_id, some in readers.items():
        for each in some:
            if deal_id in known.reviews[each.language]:
                found[each].append(deal_id)
    return found


def _news(known: _Known, reader: Reader, deal_id: int) -> _News:
    row, facts, chance = known.reviews[reader.language][deal_id], known.facts[deal_id], known.chances.get(deal_id)
    at = wall_clock(row.made_at, reader.time_zone)
    told = headline(facts, currency=known.currency, chance=chance, reviewed_at=at)
    return _News(facts=facts, review=review_of(row.review), reviewed_at=row.made_at, told=told, chance=chance)


def _tell_one(session: Session, run_id: int, reader: Reader, news: Sequence[_News], unchanged: int, now: datetime) -> None:
    """The summary, then the whole review of the deals of their own that press most."""
    glance = deal_messages.at_a_glance(session, [(each.review, each.told) for each in news], reader.language, unchanged=unchanged)
    key = f"{KIND}:{run_id}"
    notify_person(session, reader.person_id, deal_messages.as_notice(glance, kind=KIND, dedupe_key=key, link="/deals"), now)
    pressing = [each for each in news if each.review.priority is DealPriority.HIGH and each.facts.agent_id == reader.person_id]
    largest = sorted(pressing, key=lambda each: (-(each.facts.quiet_days or 0), -(each.facts.amount_minor or 0)))
    for each in largest[:WHOLE]:
        whole = deal_messages.whole_review(
            session,
            each.review,
            each.facts,
            reader.language,
            chance=each.chance,
            reviewed_at=each.reviewed_at,
            zone=reader.time_zone,
        )
        link = f"/deals?deal={each.facts.deal_id}"
        notice = deal_messages.as_notice(whole, kind=KIND, dedupe_key=f"{key}:{each.facts.deal_id}", link=link)
        notify_person(session, reader.person_id, notice, now)


def _counts(known: _Known) -> ByPriority:
    newest = {deal_id: row for each in known.reviews.values() for deal_id, row in each.items()}
    counts = Counter(review_of(row.review).priority for row in newest.values())
    return counts[DealPriority.HIGH], counts[DealPriority.MEDIUM], counts[DealPriority.LOW]
