"""Putting the first steps aside for good, and bringing them back. They are kept with the insights somebody put aside."""

from datetime import datetime

from sqlalchemy.orm import Session

from data.models.insights import FIRST_STEPS
from data.writes import insights


def skip(session: Session, person_id: int, now: datetime) -> None:
    """Remember that the person does not want to be shown them."""
    insights.put_aside(session, person_id, FIRST_STEPS, now)


def bring_back(session: Session, person_id: int) -> None:
    """Forget that."""
    insights.bring_back(session, person_id, [FIRST_STEPS])
