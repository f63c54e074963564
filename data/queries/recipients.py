"""Who is told what concerns a team or the installation, and by which channels."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Channel, Person, TeamManager
from domain.records import Role


def active_managers(session: Session, team_id: int) -> list[int]:
    """The team's managers who can sign in, by id."""
    query = select(col(Person.id)).join(TeamManager, col(TeamManager.person_id) == col(Person.id))
    query = query.where(col(TeamManager.team_id) == team_id, col(Person.active), col(Person.role) == Role.MANAGER)
    return _ids(session, query.order_by(col(Person.id)))


def active_admins(session: Session) -> list[int]:
    """The administrators who can sign in, by id."""
    return _ids(session, select(col(Person.id)).where(col(Person.role) == Role.ADMIN, col(Person.active)).order_by(col(Person.id)))


def active_people(session: Session, person_ids: Collection[int]) -> list[int]:
    """Those of the people who can sign in, by id."""
    return _ids(session, select(col(Person.id)).where(col(Person.id).in_(sorted(person_ids)), col(Person.active)).order_by(col(Person.id)))


def channels_of_person(session: Session, person_id: int) -> list[int]:
    """The person's channels that are switched on."""
    return _channels(session, col(Channel.person_id) == person_id)


def channels_of_team(session: Session, team_id: int) -> list[int]:
    """The team's channels that are switched on."""
    return _channels(session, col(Channel.team_id) == team_id)


def channels_of_organisation(session: Session) -> list[int]:
    """The administrators' shared channels that are switched on."""
    return _channels(session, col(Channel.person_id).is_(None) & col(Channel.team_id).is_(None))


def _channels(session: Session, owner: ColumnElement[bool]) -> list[int]:
    """Held against being removed until the transaction ends: a message needs its channel."""
    query = select(col(Channel.id)).where(owner, col(Channel.active)).order_by(col(Channel.id))
    return _ids(session, query.with_for_update(read=True, key_share=True))


def _ids(session: Session, query: Select[int | None]) -> list[int]:
    return [found for found in session.scalars(query) if found is not None]
