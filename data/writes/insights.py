"""Putting insights aside, and bringing them back."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import InsightDismissal


def put_aside(session: Session, person_id: int, insight_id: str, now: datetime) -> None:
    """Remember that the person does not want to see the insight; again from now on where they said so before."""
    row = {"person_id": person_id, "insight_id": insight_id, "dismissed_at": now}
    kept = insert(InsightDismissal).values(**row)
    session.execute(kept.on_conflict_do_update(index_elements=["person_id", "insight_id"], set_={"dismissed_at": now}))


def bring_back(session: Session, person_id: int, insight_ids: Collection[str]) -> None:
    """Forget that the person put these aside."""
    mine = col(InsightDismissal.person_id) == person_id
    session.execute(delete(InsightDismissal).where(mine, col(InsightDismissal.insight_id).in_(sorted(insight_ids))))
