"""The 90-day cycle: read, proposed, begun, ended, and what a phase is about; `agent` names whose, `me` unless told."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed, person
from api.errors import described
from api.v1.agents import Asked, AskedAgent
from api.v1.coaching_cycle_bodies import CycleIn, CyclesOut, FocusIn
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import cycle_changes, cycle_proposals
from services.cycles import cycle_board

router: Final = APIRouter(prefix="/coaching/cycle", tags=["coaching"])
SAYS: Final = [Depends(person)]
REFUSALS: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("", dependencies=[Depends(allowed(ApiScope.ANALYTICS_READ))], responses=described(401, 403, 404, 422))
def cycle(asked: AskedAgent) -> CyclesOut:
    """The cycle that runs with its phases, start against now; the last one's review; and what a phase may be about."""
    with database().reading() as session:
        return _shown(session, asked)


@router.post("", dependencies=SAYS, response_model=CyclesOut, responses=REFUSALS)
def begin_cycle(body: CycleIn, asked: AskedAgent, once: Once) -> Response:
    """Begin ninety days of one's own; they end by themselves."""
    viewer = asked.calling.viewer
    return _said(asked, once, lambda session: cycle_changes.begin(session, viewer, asked.agent_id, body.metric, asked.today))


@router.post("/proposal", dependencies=SAYS, response_model=CyclesOut, responses=REFUSALS)
def propose_cycle(body: CycleIn, asked: AskedAgent, once: Once) -> Response:
    """Propose to an agent looked after to begin ninety days; they begin, choose another figure or decline."""
    viewer, now = asked.calling.viewer, clock.now()
    return _said(asked, once, lambda session: cycle_proposals.propose(session, viewer, asked.agent_id, body.metric, asked.today, now))


@router.post("/proposal/decline", dependencies=SAYS, response_model=CyclesOut, responses=REFUSALS)
def decline_cycle(asked: AskedAgent, once: Once) -> Response:
    """Decline what was proposed to oneself."""
    return _said(asked, once, lambda session: cycle_proposals.decline(session, asked.calling.viewer, asked.agent_id, asked.today))


@router.post("/focus", dependencies=SAYS, response_model=CyclesOut, responses=REFUSALS)
def name_focus(body: FocusIn, asked: AskedAgent, once: Once) -> Response:
    """Choose what a phase is about, or propose it to an agent looked after."""
    viewer = asked.calling.viewer
    return _said(
        asked, once, lambda session: cycle_changes.name_focus(session, viewer, asked.agent_id, body.phase, body.metric, asked.today)
    )


@router.post("/end", dependencies=SAYS, response_model=CyclesOut, responses=REFUSALS)
def end_cycle(asked: AskedAgent, once: Once) -> Response:
    """End one's own cycle before its time; one that began today is forgotten."""
    return _said(asked, once, lambda session: cycle_changes.end(session, asked.calling.viewer, asked.agent_id, asked.today))


def _said(asked: Asked, once: Once, deed: Callable[[Session], None]) -> Response:
    def work(session: Session) -> Done:
        deed(session)
        return Done(shown=_shown(session, asked))

    return written(once, work)


def _shown(session: Session, asked: Asked) -> CyclesOut:
    return CyclesOut.of(cycle_board(session, asked.calling.viewer, asked.agent_id, asked.today))
