"""What somebody said about their energy; asked only for themselves."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import EnergyCheckIn
from domain.coaching.energy import CheckIn


def check_ins_of(session: Session, person_id: int) -> list[CheckIn]:
    """Everything the person said, oldest first."""
    row = EnergyCheckIn
    query = select(col(row.local_on), col(row.daypart), col(row.energy)).where(col(row.person_id) == person_id).order_by(col(row.told_at))
    return [CheckIn(on=on, daypart=daypart, energy=energy) for on, daypart, energy in session.execute(query)]
