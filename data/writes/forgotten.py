"""Remembering those who asked to be forgotten."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import Forgotten


def remember(session: Session, digests: Collection[str], on: date) -> None:
    """Keep the hashes; one that is kept already keeps its day."""
    if digests:
        rows = [{"digest": each, "forgotten_on": on} for each in sorted(digests)]
        session.execute(insert(Forgotten).values(rows).on_conflict_do_nothing())
