"""What was worked through, and taken back."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import TrainingCompletion


def complete_module(session: Session, module_id: int, person_id: int, now: datetime) -> None:
    """Remember that the person has worked through it; the first time stays."""
    row = {"module_id": module_id, "person_id": person_id, "completed_at": now}
    session.execute(insert(TrainingCompletion).values(**row).on_conflict_do_nothing())


def take_back(session: Session, module_id: int, person_id: int) -> None:
    """Forget that they have."""
    mine = (col(TrainingCompletion.module_id) == module_id, col(TrainingCompletion.person_id) == person_id)
    session.execute(delete(TrainingCompletion).where(*mine))
