"""Who may want reports, and what they said about it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Notification, Person, ReportChoice
from domain.records import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody who can sign in."""

    person_id: int
    role: Role
    time_zone: str
    working_days: frozenset[int]
    """ISO weekdays."""


def readers(session: Session) -> list[Reader]:
    """The agents and managers who can sign in, by id."""
    query = select(col(Person.id), col(Person.role), col(Person.time_zone), col(Person.working_days)).where(
        col(Person.active), col(Person.password_hash).is_not(None), col(Person.role) != Role.ADMIN
    )
    return [
        Reader(person_id=row.id, role=row.role, time_zone=row.time_zone, working_days=frozenset(row.working_days))
        for row in session.execute(query.order_by(col(Person.id)))
    ]


def choices(session: Session, person_ids: Collection[int]) -> dict[int, ReportChoice]:
    """What these people chose, by person; nobody is in it who never chose."""
    query = select(ReportChoice).where(col(ReportChoice.person_id).in_(sorted(person_ids)))
    return {row.person_id: row for row in session.scalars(query)}


def told(session: Session, dedupe_keys: Collection[str]) -> frozenset[str]:
    """Those of the keys of which there is a notification."""
    query = select(col(Notification.dedupe_key)).where(col(Notification.dedupe_key).in_(sorted(dedupe_keys)))
    return frozenset(session.scalars(query))
