"""Old moves get what their stage means, a few at a time, while people work; a row without a meaning is what is still to do."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

BATCH: Final = 2_000
"""Rows of one transaction: their locks last some ten milliseconds."""
_FILL: Final = text(
    "WITH next AS (SELECT id FROM stage_change WHERE meaning IS NULL AND id > :after ORDER BY id LIMIT :size FOR UPDATE SKIP LOCKED), "
    "filled AS (UPDATE stage_change s SET meaning = stage_meaning(s.to_stage) FROM next WHERE s.id = next.id RETURNING s.id) "
    "SELECT count(*), max(id) FROM filled"
)


def left(session: Session) -> int:
    """How many moves have no meaning yet."""
    return int(session.scalar(text("SELECT count(*) FROM stage_change WHERE meaning IS NULL")) or 0)


def fill(session: Session, after: int, size: int = BATCH) -> tuple[int, int | None]:
    """Fill the next moves behind an id: how many, and the last one's id, None at the end.

    A move that somebody is changing is passed over; the migration that follows finds it.
    """
    filled, last = session.execute(_FILL, {"after": after, "size": size}).one()
    return int(filled), last
