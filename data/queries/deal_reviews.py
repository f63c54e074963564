"""Reviews of deals, and what waits to be reviewed."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Deal, ReviewRequest, StoredReview
from data.queries.pipeline import looked_after
from domain.access import Scope
from domain.deals.review_record import ReviewsOf
from domain.language import Language
from domain.records import DealStatus

_ASKED = ReviewRequest


def reviews_of(session: Session, deal_id: int, *, limit: int, language: Language | None = None) -> list[StoredReview]:
    """The latest reviews of a deal, the last one first; whether the viewer may see the deal was asked before."""
    row = StoredReview
    wanted = [col(row.deal_id) == deal_id, *([] if language is None else [col(row.language) == language])]
    return list(session.scalars(select(row).where(*wanted).order_by(col(row.made_at).desc(), col(row.id).desc()).limit(limit)))


def last_of_each(session: Session, deal_ids: Collection[int], language: Language) -> dict[int, StoredReview]:
    """Of each deal the last review in a language; whether anybody may see the deals was asked before."""
    row = StoredReview
    query = select(row).where(col(row.deal_id).in_(sorted(deal_ids)), col(row.language) == language)
    newest = query.ext(distinct_on(col(row.deal_id))).order_by(col(row.deal_id), col(row.made_at).desc(), col(row.id).desc())
    return {found.deal_id: found for found in session.scalars(newest)}


def open_deal_ids(session: Session, scope: Scope, today: date) -> list[int]:
    """The open deals somebody looks after."""
    query = select(col(Deal.id)).where(col(Deal.status) == DealStatus.OPEN, looked_after(col(Deal.agent_id), scope, today))
    return [number for number in session.scalars(query.order_by(col(Deal.id))) if number is not None]


def waiting(session: Session, limit: int) -> list[int]:
    """What somebody asked for and is not finished: single deals first, as somebody waits for those, then the oldest."""
    unfinished = select(col(_ASKED.id)).where(col(_ASKED.finished_at).is_(None))
    ordered = unfinished.order_by(col(_ASKED.about) != ReviewsOf.DEAL, col(_ASKED.id))
    return [number for number in session.scalars(ordered.limit(limit)) if number is not None]


def taken(session: Session, request_id: int) -> ReviewRequest | None:
    """One that is not finished, locked for the transaction; None where somebody else has it."""
    unfinished = (col(_ASKED.id) == request_id, col(_ASKED.finished_at).is_(None))
    return session.scalar(select(_ASKED).where(*unfinished).with_for_update(skip_locked=True))


def same_unfinished(session: Session, wanted: ReviewRequest) -> ReviewRequest | None:
    """The same asked for by the same person before, and not finished."""
    person = col(_ASKED.created_by)
    same = (
        col(_ASKED.finished_at).is_(None),
        person.is_not_distinct_from(wanted.created_by),
        col(_ASKED.about) == wanted.about,
        col(_ASKED.agent_id).is_not_distinct_from(wanted.agent_id),
        col(_ASKED.deal_ids) == wanted.deal_ids,
        col(_ASKED.language) == wanted.language,
        col(_ASKED.notify) == wanted.notify,
    )
    return session.scalar(select(_ASKED).where(*same).limit(1))
