"""Who is there, for programs: people and teams within what the viewer may see today. Changing them is `people` and `teams`."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import colleagues as queries
from data.queries.colleagues import Colleague, Crew, PeopleFilter
from domain.errors import NotFoundError
from domain.records import Role
from services.access import Viewer
from services.owners import today_of

__all__ = ["Colleague", "Crew", "PeopleFilter", "people", "person", "team", "teams"]


def people(session: Session, viewer: Viewer, wanted: PeopleFilter, *, after: int | None, limit: int, now: datetime) -> list[Colleague]:
    """Up to `limit` people by id, from behind `after` on; e-mails only for admins, and one's own."""
    found = queries.colleagues(session, viewer.scope, today_of(viewer, now), wanted, after=after, limit=limit)
    return [_discreet(viewer, each) for each in found]


def person(session: Session, viewer: Viewer, person_id: int, now: datetime) -> Colleague:
    """One person; NotFoundError when there is none or the viewer may not see them."""
    found = queries.colleague(session, viewer.scope, today_of(viewer, now), person_id)
    if found is None:
        raise NotFoundError("There is no such person.")
    return _discreet(viewer, found)


def teams(session: Session, viewer: Viewer, now: datetime) -> list[Crew]:
    """The teams the viewer may see, by id."""
    return queries.crews(session, viewer.scope, today_of(viewer, now))


def team(session: Session, viewer: Viewer, team_id: int, now: datetime) -> Crew:
    """One team; NotFoundError when there is none or the viewer may not see it."""
    found = queries.crews(session, viewer.scope, today_of(viewer, now), team_id=team_id)
    if not found:
        raise NotFoundError("There is no such team.")
    return found[0]


def _discreet(viewer: Viewer, found: Colleague) -> Colleague:
    is_admin = viewer.role is Role.ADMIN and not viewer.is_program
    return found if is_admin or found.id == viewer.person_id else replace(found, email=None, region=None)
