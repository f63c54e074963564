"""Who is on a team on a day, as conditions and counts for queries about people and teams."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, Team, TeamManager, TeamMembership


def belongs_on(day: date | ColumnElement[date], member: type[TeamMembership] = TeamMembership) -> ColumnElement[bool]:
    """Whether the membership holds on the day."""
    return and_(col(member.from_on) <= day, or_(col(member.until_on).is_(None), col(member.until_on) > day))


def members_on(day: date) -> ScalarSelect[int]:
    """How many active people are on the query's team on the day."""
    return (
        select(func.count())
        .select_from(TeamMembership)
        .join(Person, col(Person.id) == col(TeamMembership.person_id))
        .where(col(TeamMembership.team_id) == col(Team.id), belongs_on(day), col(Person.active))
        .scalar_subquery()
    )


def members_of(session: Session, team_id: int, day: date) -> set[int]:
    """Who is on the team on the day."""
    row = TeamMembership
    return set(session.scalars(select(col(row.person_id)).where(col(row.team_id) == team_id, belongs_on(day))))


def managed_team_ids() -> ScalarSelect[Any]:
    """The ids of the teams the query's person manages now."""
    return select(func.array_agg(col(TeamManager.team_id))).where(col(TeamManager.person_id) == col(Person.id)).scalar_subquery()


def team_on(session: Session, person_id: int, day: date) -> int | None:
    """The team somebody is on that day; None for nobody's."""
    member = col(TeamMembership.team_id)
    return session.scalar(select(member).where(col(TeamMembership.person_id) == person_id, belongs_on(day)))
