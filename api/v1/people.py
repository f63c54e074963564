"""People: who is there for everybody within their scope; inviting, editing and letting go for admins."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import SignedIn, allowed
from api.errors import described
from api.v1.fields import LARGEST_INT, PathId
from api.v1.pages import cursor_of, id_behind
from api.v1.people_bodies import InvitationOut, InviteIn, ManagedIn, MoveIn, PeoplePage, PeopleQuery, PersonChange, PersonOut
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import colleagues, people, teams
from services.access import Viewer
from services.callers import Caller
from services.colleagues import PeopleFilter
from services.person_input import new_person

router: Final = APIRouter(tags=["people"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.PEOPLE_READ))]
READS: Final = described(401, 403, 404, 422)
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("/me", responses=described(401, 403))
def me(viewer: SignedIn) -> PersonOut:
    """The person who calls."""
    with database().reading() as session:
        return _shown(session, viewer, viewer.person_id)


@router.get("/people", responses=described(401, 403, 422))
def page(wanted: Annotated[PeopleQuery, Query()], calling: Reader) -> PeoplePage:
    """People by id: agents see themselves, managers their teams of today, admins and service tokens everybody."""
    narrowed = PeopleFilter(team_id=wanted.team, role=wanted.role, active=wanted.active, external_id=wanted.external_id)
    after, now = id_behind(wanted.cursor, largest=LARGEST_INT), clock.now()
    with database().reading() as session:
        found = colleagues.people(session, calling.viewer, narrowed, after=after, limit=wanted.limit + 1, now=now)
    shown = [PersonOut.model_validate(each) for each in found[: wanted.limit]]
    return PeoplePage(items=shown, next_cursor=cursor_of(shown[-1].id) if len(found) > wanted.limit else None)


@router.get("/people/{person_id}", responses=READS)
def one(person_id: PathId, calling: Reader) -> PersonOut:
    """One person."""
    with database().reading() as session:
        return _shown(session, calling.viewer, person_id)


@router.post("/people", status_code=status.HTTP_201_CREATED, response_model=InvitationOut, responses=WRITES)
def invite(body: InviteIn, viewer: SignedIn, once: Once) -> Response:
    """Invite somebody; the answer holds the one-time password, and a repetition of the request does not."""
    return written(once, lambda session: _invite(session, viewer, body))


@router.patch("/people/{person_id}", response_model=PersonOut, responses=WRITES)
def edit(person_id: PathId, body: PersonChange, viewer: SignedIn, once: Once) -> Response:
    """Change what is known about somebody; another role ends their sessions and tokens."""
    return written(once, lambda session: _edit(session, viewer, person_id, body))


@router.post("/people/{person_id}/deactivate", response_model=PersonOut, responses=WRITES)
def deactivate(person_id: PathId, viewer: SignedIn, once: Once) -> Response:
    """End somebody's access at once; their numbers stay."""
    return written(once, lambda session: _then_shown(session, viewer, person_id, people.deactivate))


@router.post("/people/{person_id}/reactivate", response_model=PersonOut, responses=WRITES)
def reactivate(person_id: PathId, viewer: SignedIn, once: Once) -> Response:
    """Let somebody back in."""
    return written(once, lambda session: _then_shown(session, viewer, person_id, people.reactivate))


@router.put("/people/{person_id}/team", response_model=PersonOut, responses=WRITES)
def move(person_id: PathId, body: MoveIn, viewer: SignedIn, once: Once) -> Response:
    """Put somebody on a team, or on none, from a day on; what they did before stays with the team they were on."""
    return written(once, lambda session: _move(session, viewer, person_id, body))


@router.put("/people/{person_id}/managed-teams", response_model=PersonOut, responses=WRITES)
def manage(person_id: PathId, body: ManagedIn, viewer: SignedIn, once: Once) -> Response:
    """Let a manager manage exactly these teams."""
    return written(once, lambda session: _manage(session, viewer, person_id, body))


def _shown(session: Session, viewer: Viewer, person_id: int) -> PersonOut:
    return PersonOut.model_validate(colleagues.person(session, viewer, person_id, clock.now()))


def _invite(session: Session, viewer: Viewer, body: InviteIn) -> Done:
    invitation = people.invite(session, viewer, new_person(**body.model_dump(exclude_unset=True)), clock.now())
    person = _shown(session, viewer, invitation.person_id)
    return Done(
        shown=InvitationOut(person=person, one_time_password=invitation.one_time_password),
        status=status.HTTP_201_CREATED,
        kept=InvitationOut(person=person, one_time_password=None),
    )


def _edit(session: Session, viewer: Viewer, person_id: int, body: PersonChange) -> Done:
    people.correct(session, viewer, person_id, body.model_dump(exclude_unset=True), clock.now())
    return Done(shown=_shown(session, viewer, person_id))


def _then_shown(session: Session, viewer: Viewer, person_id: int, deed: people.Deed) -> Done:
    deed(session, viewer, person_id, clock.now())
    session.flush()
    return Done(shown=_shown(session, viewer, person_id))


def _move(session: Session, viewer: Viewer, person_id: int, body: MoveIn) -> Done:
    teams.move(session, viewer, person_id, body.team_id, from_on=body.from_on, now=clock.now())
    return Done(shown=_shown(session, viewer, person_id))


def _manage(session: Session, viewer: Viewer, person_id: int, body: ManagedIn) -> Done:
    teams.set_managed(session, viewer, person_id, body.team_ids, clock.now())
    return Done(shown=_shown(session, viewer, person_id))
