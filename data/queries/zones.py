"""The zone in which a record's days are counted."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Organisation, Person


def zone_of(session: Session, agent_id: int | None) -> str:
    """The agent's zone; the organisation's for a record without an agent."""
    if agent_id is not None:
        return session.scalars(select(col(Person.time_zone)).where(col(Person.id) == agent_id)).one()
    return session.scalar(select(col(Organisation.time_zone))) or "UTC"
