"""The review of a deal: made from what is known now, kept, and used again while nothing changes.

Everybody who looks after the deal reads the same one, so it rests on all the company knows of it; it names nobody and quotes no note.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Self, TypeAlias

from sqlalchemy.orm import Session

from data.models import StoredReview, StoredWarning
from data.queries import deal_reviews as queries
from data.queries import deal_warnings as warning_queries
from data.writes import deal_reviews as writes
from domain.deals.deal_chance import DealChance
from domain.deals.facts import DealFacts
from domain.deals.priority import DealPriority, priority
from domain.deals.review import DealReview
from domain.deals.review_record import ReviewAuthor, record_of, review_of
from domain.deals.review_values import ReviewBasis
from domain.deals.rule_review import VERSION, rule_review
from domain.deals.warning_life import WarningState
from domain.deals.warnings import DealWarning, WarningRule
from domain.errors import ConflictError
from domain.language import Language
from domain.local_time import local_time
from domain.records import DealStatus
from services import deal_facts, deal_watch
from services.access import Viewer
from services.deal_thresholds import thresholds
from services.deals import deal as visible_deal
from services.notices import storable_words
from services.roster import currency_of
from services.win_chances import chances_of
from services.work_days import EVERYBODY

Pressing: TypeAlias = Callable[[DealFacts, Collection[WarningRule]], DealPriority]
KEPT: Final = 5
"""Reviews of a deal: enough to see how it went on."""
CLOSED: Final = "This deal is closed. Reviews are of open deals."
LONGEST_SENTENCE: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """A review as it is kept."""

    review_id: int
    review: DealReview
    deal_id: int
    agent_id: int | None
    """Whose the deal was then."""
    author: ReviewAuthor
    language: Language
    made_at: datetime
    is_new: bool = False
    """Whether it was made just now; else nothing had changed since."""

    @classmethod
    def of(cls, row: StoredReview, *, is_new: bool = False) -> Self:
        """What was kept."""
        same = {name: getattr(row, name) for name in ("deal_id", "agent_id", "author", "language", "made_at")}
        return cls(review_id=row.id or 0, review=review_of(row.review), is_new=is_new, **same)


def review(session: Session, viewer: Viewer, deal_id: int, now: datetime, language: Language = Language.ENGLISH) -> Reviewed:
    """The review of an open deal by what is known now; the last one where nothing changed since.

    Raises NotFoundError for a deal the viewer does not look after, ConflictError (`deal_closed`) for one that is closed.
    """
    return _reviewed(session, basis_of(session, viewer, deal_id, now), language, now)


def basis_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> ReviewBasis:
    """What a review of an open deal rests on now; raises as `review`."""
    if visible_deal(session, viewer, deal_id, now).status is not DealStatus.OPEN:
        raise ConflictError(CLOSED, code="deal_closed")
    found = _bases(session, {deal_id}, now)
    if not found:
        raise ConflictError(CLOSED, code="deal_closed")
    return found[0]


def keep_written(session: Session, basis: ReviewBasis, written: DealReview, now: datetime) -> Reviewed:
    """Keep what a language model wrote of the basis; it stands while nothing changes."""
    return _kept(session, basis, written, ReviewAuthor.MODEL, Language.ENGLISH, now)


def review_all(session: Session, deal_ids: Collection[int], now: datetime, language: Language) -> list[Reviewed]:
    """Those of the deals that are open, whoever asked; whether they may was asked before."""
    return [_reviewed(session, basis, language, now) for basis in _bases(session, deal_ids, now)]


def reviews_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> list[Reviewed]:
    """The latest reviews of a deal, the last one first; raises NotFoundError."""
    visible_deal(session, viewer, deal_id, now)
    return [Reviewed.of(row) for row in queries.reviews_of(session, deal_id, limit=KEPT)]


def last_review(session: Session, viewer: Viewer, deal_id: int, now: datetime, language: Language = Language.ENGLISH) -> Reviewed | None:
    """The last one in a language; raises NotFoundError."""
    visible_deal(session, viewer, deal_id, now)
    return next((Reviewed.of(row) for row in queries.reviews_of(session, deal_id, limit=1, language=language)), None)


def _bases(session: Session, deal_ids: Collection[int], now: datetime) -> list[ReviewBasis]:
    """Of those that are open, by everything the company knows."""
    deal_watch.look_at(session, deal_ids, now)
    found = deal_facts.read(session, EVERYBODY, local_time(now, "UTC").on, now, ids=deal_ids)
    warned, sizes, currency = warning_queries.of_deals(session, deal_ids), warning_queries.sizes(session), currency_of(session)
    still = [facts for facts in found if facts.status is DealStatus.OPEN]
    chances, limits = chances_of(session, still), thresholds(session)

    def pressing(facts: DealFacts, rules: Collection[WarningRule]) -> DealPriority:
        chance, limit = chances.get(facts.deal_id), limits.of(facts.pipeline)
        return priority(facts, rules, sizes.get(facts.pipeline), chance=chance.weight if chance else None, thresholds=limit)

    return [_basis(facts, warned.get(facts.deal_id, ()), pressing, chances.get(facts.deal_id), currency) for facts in still]


def _basis(facts: DealFacts, rows: Collection[StoredWarning], pressing: Pressing, chance: DealChance | None, currency: str) -> ReviewBasis:
    """With the warnings that are open: what somebody put aside or dealt with is not brought up again."""
    telling = sorted((row for row in rows if row.state is WarningState.OPEN), key=lambda row: list(WarningRule).index(row.rule))
    found = tuple(DealWarning(rule=row.rule, since=row.since, evidence=row.evidence) for row in telling)
    return ReviewBasis(
        facts=facts,
        warnings=found,
        priority=pressing(facts, [each.rule for each in found]),
        currency=currency,
        chance=None if chance is None or chance.chance is None else round(chance.chance, 2),
        chance_days=chance.horizon_days if chance else None,
    )


def _reviewed(session: Session, basis: ReviewBasis, language: Language, now: datetime) -> Reviewed:
    last = next(iter(queries.reviews_of(session, basis.facts.deal_id, limit=1, language=language)), None)
    if last is not None and last.digest == digest_of(basis, language):
        return Reviewed.of(last)
    return _kept(session, basis, rule_review(basis, language), ReviewAuthor.RULES, language, now)


def _kept(session: Session, basis: ReviewBasis, made: DealReview, author: ReviewAuthor, language: Language, now: datetime) -> Reviewed:
    row = StoredReview(
        deal_id=basis.facts.deal_id,
        agent_id=basis.facts.agent_id,
        made_at=now,
        author=author,
        language=language,
        digest=digest_of(basis, language),
        review=_storable(record_of(made)),
    )
    writes.keep(session, row, at_most=KEPT)
    return Reviewed.of(row, is_new=True)


def digest_of(basis: ReviewBasis, language: Language) -> str:
    """Changes with everything the review rests on, and with the day; not with the hour of it."""
    facts = basis.facts
    told = asdict(facts)
    del told["at"]
    by_hour = [facts.days_in_stage, facts.quiet_days, facts.days_since_answer, len(facts.overdue), facts.next_step]
    warned = [(each.rule, each.since) for each in basis.warnings]
    whole = [VERSION, language, told, by_hour, warned, basis.priority, basis.currency, basis.chance]
    return hashlib.sha256(json.dumps(whole, default=str, sort_keys=True).encode()).hexdigest()


def _storable(said: Any) -> Any:  # noqa: ANN401 - JSON
    """The same with no sign the database cannot keep, which the name of a stage could bring."""
    match said:
        case str():
            return storable_words(said, LONGEST_SENTENCE)
        case list():
            return [_storable(each) for each in said]
        case dict():
            return {name: _storable(each) for name, each in said.items()}
    return said
