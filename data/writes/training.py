"""Training somebody has worked through."""

from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import TrainingCompletion


def complete_module(session: Session, module_id: int, person_id: int, at: datetime) -> None:
    """The person has done the module; one done before stays done when it was."""
    row = {"module_id": module_id, "person_id": person_id, "completed_at": at}
    session.execute(insert(TrainingCompletion).values(**row).on_conflict_do_nothing())
