"""Teams: which there are for everybody within their scope; making and renaming them for admins."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response, status
from pydantic import ConfigDict
from sqlalchemy.orm import Session

import clock
from api.deps import SignedIn, allowed
from api.errors import described
from api.v1.fields import Body, PathId, Shown, left_out
from api.v1.people_bodies import PersonName
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.records import Profile
from services import colleagues, teams
from services.access import Viewer
from services.callers import Caller
from services.person_input import team_details

router: Final = APIRouter(prefix="/teams", tags=["teams"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.PEOPLE_READ))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


class TeamIn(Body):
    """A team to make; it starts with the targets of its business."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "North", "profile": "bdr"}]})

    name: PersonName
    profile: Profile


class TeamChange(Body):
    """What should read differently about a team."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "North-West"}]})

    name: PersonName = left_out()
    profile: Profile = left_out()


class TeamOut(Shown):
    """A team."""

    id: int
    name: str
    profile: Profile
    members: int
    """Active people on it today."""
    manager_ids: list[int]


class TeamsOut(Shown):
    """Teams by id."""

    items: list[TeamOut]


@router.get("", responses=described(401, 403))
def every(calling: Reader) -> TeamsOut:
    """Admins and service tokens see all teams, managers those they manage, agents the one they are on."""
    with database().reading() as session:
        found = colleagues.teams(session, calling.viewer, clock.now())
    return TeamsOut(items=[TeamOut.model_validate(each) for each in found])


@router.get("/{team_id}", responses=described(401, 403, 404, 422))
def one(team_id: PathId, calling: Reader) -> TeamOut:
    """One team."""
    with database().reading() as session:
        return _shown(session, calling.viewer, team_id)


@router.post("", status_code=status.HTTP_201_CREATED, response_model=TeamOut, responses=WRITES)
def create(body: TeamIn, viewer: SignedIn, once: Once) -> Response:
    """Make a team."""
    return written(once, lambda session: _create(session, viewer, body))


@router.patch("/{team_id}", response_model=TeamOut, responses=WRITES)
def change(team_id: PathId, body: TeamChange, viewer: SignedIn, once: Once) -> Response:
    """Rename a team or give it another profile."""
    return written(once, lambda session: _change(session, viewer, team_id, body))


def _shown(session: Session, viewer: Viewer, team_id: int) -> TeamOut:
    return TeamOut.model_validate(colleagues.team(session, viewer, team_id, clock.now()))


def _create(session: Session, viewer: Viewer, body: TeamIn) -> Done:
    team_id = teams.create(session, viewer, team_details(name=body.name, profile=body.profile), clock.now())
    return Done(shown=_shown(session, viewer, team_id), status=status.HTTP_201_CREATED)


def _change(session: Session, viewer: Viewer, team_id: int, body: TeamChange) -> Done:
    teams.correct(session, viewer, team_id, body.model_dump(exclude_unset=True), clock.now())
    return Done(shown=_shown(session, viewer, team_id))
