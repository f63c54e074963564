"""Teams: creating, renaming, who is on them since when, and who manages them. For admins only."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Final, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Team
from data.models.people import BEGINNING
from data.queries import directory
from data.writes import people as writes
from domain.errors import InputError, NotFoundError
from domain.records import Role
from services import audit
from services.access import Viewer, require_role
from services.audit import Action
from services.person_input import TeamDetails, team_details
from services.saving import save
from services.targets import seed_default_targets

TeamEntry: TypeAlias = directory.TeamEntry
FURTHEST_AHEAD: Final = timedelta(days=366)
"""A move is planned for next quarter, perhaps next year; a later day is a slip of the keyboard."""


def all_teams(session: Session, viewer: Viewer, today: date) -> list[TeamEntry]:
    """Every team with its size and managers, by name."""
    require_role(viewer, {Role.ADMIN})
    return directory.teams(session, today)


def create(session: Session, viewer: Viewer, details: TeamDetails, now: datetime) -> int:
    """Add a team with the targets of its business from this month on; returns its id. ConflictError when the name is taken."""
    require_role(viewer, {Role.ADMIN})
    team = Team(**details.model_dump())
    session.add(team)
    save(session)
    seed_default_targets(session, now.date().replace(day=1))
    _note(session, viewer, Action.TEAM_CREATED, f"team:{team.id}", now)
    return team.id or 0


def change(session: Session, viewer: Viewer, team_id: int, details: TeamDetails, now: datetime) -> None:
    """Rename a team or give it another profile."""
    require_role(viewer, {Role.ADMIN})
    team = _existing(session, team_id)
    team.name, team.profile = details.name, details.profile
    save(session)
    _note(session, viewer, Action.TEAM_EDITED, f"team:{team_id}", now)


def correct(session: Session, viewer: Viewer, team_id: int, said: Mapping[str, object], now: datetime) -> None:
    """Change only what is said about a team; the rest stays as it is once it is locked."""
    require_role(viewer, {Role.ADMIN})
    known = _existing(session, team_id)
    change(session, viewer, team_id, team_details(**{"name": known.name, "profile": known.profile} | dict(said)), now)


def move(session: Session, viewer: Viewer, person_id: int, team_id: int | None, *, from_on: date | None, now: datetime) -> None:
    """Put a person on a team from a day on, or on none; what they did before that day stays with the team they were on.

    Without a day the person takes their whole history along: the new team's managers see all of it, the old ones nothing.
    """
    require_role(viewer, {Role.ADMIN})
    if writes.locked_person(session, person_id) is None:
        raise NotFoundError("There is no such person.")
    if team_id is not None:
        _existing(session, team_id)
    if from_on is not None and not BEGINNING <= from_on <= now.date() + FURTHEST_AHEAD:
        raise InputError(f"{from_on} is too far away. Choose a day within the next year.")
    day = from_on or BEGINNING
    writes.end_memberships(session, person_id, day)
    if team_id is not None:
        writes.add_membership(session, person_id=person_id, team_id=team_id, day=day)
    _note(session, viewer, Action.TEAM_MOVED, f"person:{person_id}", now, team=team_id, from_on=from_on.isoformat() if from_on else None)


def set_managed(session: Session, viewer: Viewer, person_id: int, team_ids: Collection[int], now: datetime) -> None:
    """Let a manager manage exactly these teams; InputError for anybody of another role."""
    require_role(viewer, {Role.ADMIN})
    person = writes.locked_person(session, person_id)
    if person is None:
        raise NotFoundError("There is no such person.")
    if person.role is not Role.MANAGER:
        raise InputError("Only managers manage teams. Change the role first.")
    _require_all_exist(session, team_ids)
    writes.replace_managed_teams(session, person_id, team_ids)
    _note(session, viewer, Action.TEAM_MANAGERS_CHANGED, f"person:{person_id}", now, teams=sorted(team_ids))


def _require_all_exist(session: Session, team_ids: Collection[int]) -> None:
    known = set(session.scalars(select(col(Team.id)).where(col(Team.id).in_(sorted(team_ids)))))
    if known != set(team_ids):
        raise NotFoundError("There is no such team.")


def _existing(session: Session, team_id: int) -> Team:
    team = session.get(Team, team_id, with_for_update=True)
    if team is None:
        raise NotFoundError("There is no such team.")
    return team


def _note(session: Session, viewer: Viewer, action: Action, subject: str, now: datetime, **details: object) -> None:
    audit.record(session, person_id=viewer.person_id, action=action, subject=subject, details=details, at=now)
