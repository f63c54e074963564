"""Keeping a deal's latest reviews."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import StoredReview


def keep(session: Session, review: StoredReview, *, at_most: int) -> None:
    """Keep a review and so many of its deal altogether, the latest ones."""
    session.add(review)
    session.flush()
    row = StoredReview
    own = col(row.deal_id) == review.deal_id
    latest = select(col(row.id)).where(own).order_by(col(row.made_at).desc(), col(row.id).desc()).limit(at_most)
    session.execute(delete(row).where(own, col(row.id).not_in(latest)), execution_options={"synchronize_session": False})
