"""What is remembered of those who asked to be forgotten."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Forgotten
from data.queries.among import among


def forgotten(session: Session, digests: Collection[str] | None = None) -> dict[str, date]:
    """Since when each of the hashes is remembered, or all of them; the others are left out."""
    query = select(col(Forgotten.digest), col(Forgotten.forgotten_on))
    if digests is not None:
        query = query.where(among(col(Forgotten.digest), sorted(digests)))
    return {row.digest: row.forgotten_on for row in session.execute(query)}
