"""Who wants to be named on leaderboards, and as what."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import LeaderboardChoice, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose; nobody is listed who did not say so."""

    is_listed: bool = False
    alias: str = ""


def choice_of(session: Session, person_id: int) -> Choice:
    """The person's choice."""
    row = session.get(LeaderboardChoice, person_id)
    return Choice(is_listed=row.is_listed, alias=row.alias) if row else Choice()


def aliases_of_listed(session: Session, person_ids: Collection[int]) -> dict[int, str]:
    """By id, what those of them are called who are listed; an empty alias is their own name."""
    wanted = (col(LeaderboardChoice.person_id).in_(sorted(person_ids)), col(LeaderboardChoice.is_listed))
    rows = session.execute(select(col(LeaderboardChoice.person_id), col(LeaderboardChoice.alias)).where(*wanted))
    return {row.person_id: row.alias for row in rows}


def is_taken(session: Session, person_id: int, alias: str) -> bool:
    """Whether somebody else has this name or alias."""
    wanted = func.lower(alias)
    named = select(col(Person.id)).where(func.lower(col(Person.name)) == wanted, col(Person.id) != person_id)
    called = select(col(LeaderboardChoice.person_id)).where(
        func.lower(col(LeaderboardChoice.alias)) == wanted, col(LeaderboardChoice.person_id) != person_id
    )
    return session.scalar(named.union_all(called).limit(1)) is not None
