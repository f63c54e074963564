"""Keeping what was learnt of how deals end."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlalchemy.orm import Session

from data.models import WinLearning


def replace_learnings(session: Session, rows: Iterable[WinLearning]) -> None:
    """Keep these in place of all that was learnt before; a pipeline that is not among them has no learning any more."""
    session.execute(delete(WinLearning))
    session.add_all(rows)
    session.flush()
