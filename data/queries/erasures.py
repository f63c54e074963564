"""Whether somebody was erased."""

from sqlalchemy.orm import Session

from data.models import Erasure


def is_erased(session: Session, person_id: int) -> bool:
    """Whether who it was has been erased."""
    return session.get(Erasure, person_id) is not None
