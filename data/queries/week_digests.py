"""The digests somebody was told, and whether they opened them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Notification
from domain.week_digest.pace import Told

KIND: Final = "week_digest"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDigest:
    """A digest in somebody's inbox."""

    notification_id: int
    told: Told


def past_digests(session: Session, person_ids: Collection[int]) -> dict[int, list[ToldDigest]]:
    """By person, newest first; the cause of each names the week it was about."""
    row = Notification
    query = select(col(row.id), col(row.person_id), col(row.dedupe_key), col(row.read_at).is_not(None).label("is_read"))
    query = query.where(col(row.person_id).in_(sorted(person_ids)), col(row.kind) == KIND).order_by(col(row.id).desc())
    found: dict[int, list[ToldDigest]] = {}
    for number, person_id, key, is_read in session.execute(query):
        told = Told(week_start=date.fromisoformat(key.split(":")[1]), is_read=is_read)
        found.setdefault(person_id, []).append(ToldDigest(notification_id=number or 0, told=told))
    return found
