"""Assessments kept: one per agent and day, a later one of the same day in place of the earlier."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import Assessment

_FIGURES = ("level", "progress_share", "is_at_risk", "inputs", "computed_at")


def keep_assessments(session: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Store the rows, each with all columns of an assessment."""
    if rows:
        fresh = insert(Assessment).values(list(rows))
        kept = {name: fresh.excluded[name] for name in _FIGURES}
        session.execute(fresh.on_conflict_do_update(index_elements=["agent_id", "day"], set_=kept))
