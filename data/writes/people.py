"""People's team memberships and the teams they manage."""

from collections.abc import Collection
from datetime import date
from typing import Final

from sqlalchemy import delete, func, insert, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, TeamManager, TeamMembership

ADMINISTRATION_LOCK: Final = 727_003
"""Advisory lock: decisions about who administers are taken one after the other."""


def lock_administration(session: Session) -> None:
    """Wait for anybody else who decides who administers, until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(ADMINISTRATION_LOCK)))


def locked_person(session: Session, person_id: int) -> Person | None:
    """The person, held against other changes until the transaction ends."""
    return session.scalar(select(Person).where(col(Person.id) == person_id).with_for_update())


def end_memberships(session: Session, person_id: int, day: date) -> None:
    """From this day on the person is on no team; earlier days stay as they are."""
    member = TeamMembership
    own = col(member.person_id) == person_id
    session.execute(delete(member).where(own, col(member.from_on) >= day))
    session.execute(update(member).where(own, or_(col(member.until_on).is_(None), col(member.until_on) > day)).values(until_on=day))


def add_membership(session: Session, *, person_id: int, team_id: int, day: date) -> None:
    """From this day on the person is on the team; the caller has ended what there was."""
    session.add(TeamMembership(person_id=person_id, team_id=team_id, from_on=day))
    session.flush()


def replace_managed_teams(session: Session, person_id: int, team_ids: Collection[int]) -> None:
    """The person manages exactly these teams."""
    session.execute(delete(TeamManager).where(col(TeamManager.person_id) == person_id))
    if team_ids:
        session.execute(insert(TeamManager), [{"team_id": team_id, "person_id": person_id} for team_id in sorted(team_ids)])
