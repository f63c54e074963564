"""Targets: what is asked of agents, teams and everybody, and asking for another from a day on."""

from decimal import Decimal
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from pydantic import Field, StrictBool
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.fields import Body, Day, PersonId, Shown, Words
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.periods import Grain
from services import target_setting
from services.callers import Caller
from services.owners import today_of
from services.target_setting import TargetBoard, TargetPlace, Wanted

router: Final = APIRouter(prefix="/targets", tags=["targets"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.GOALS_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.GOALS_WRITE))]
LARGEST: Final = 10**12


class TargetOut(Shown):
    """What is asked from a day on."""

    metric_key: str
    grain: Grain
    """The length of time it is asked for."""
    team_id: int | None
    agent_id: int | None
    holder: str | None
    """The team's or the agent's name; null for everybody, whom neither id names."""
    target: float
    """In the metric's unit; money in major units."""
    from_on: Day
    until_on: Day | None
    """The first day it is no longer asked; null while no end is known."""


class TargetsOut(Shown):
    """The targets of those the caller looks after."""

    currency: str
    now: list[TargetOut]
    other: list[TargetOut]
    """Over, or yet to begin."""


class TargetIn(Body):
    """A target to ask for, or none any more."""

    metric_key: Words
    grain: Grain
    team_id: PersonId | None = None
    agent_id: PersonId | None = None
    target: Annotated[float, Field(gt=0, le=LARGEST, allow_inf_nan=False)] | None
    """In the metric's unit; null ends what is asked there."""
    from_on: Day
    as_ramp: StrictBool = False
    """Whether one agent is led to it in steps over eight weeks."""

    def wanted(self) -> Wanted:
        """As the service takes it."""
        place = TargetPlace(metric_key=self.metric_key, grain=self.grain, team_id=self.team_id, agent_id=self.agent_id)
        target = None if self.target is None else Decimal(str(self.target))
        return Wanted(place=place, target=target, from_on=self.from_on, as_ramp=self.as_ramp)


@router.get("", responses=described(401, 403))
def targets(calling: Reader) -> TargetsOut:
    """What is asked now of everybody and of the caller's teams and agents, and what was or will be; managers and admins."""
    with database().reading() as session:
        return _board(session, calling)


@router.post("", response_model=TargetsOut, responses=described(400, 401, 403, 404, 409, 413, 415, 422))
def ask(body: TargetIn, calling: Writer, once: Once) -> Response:
    """Ask an agent, a team or everybody for a target from a day on, or for none any more; what was asked before stays as it was."""

    def asked(session: Session) -> Done:
        target_setting.set_target(session, calling.viewer, body.wanted(), clock.now())
        return Done(shown=_board(session, calling))

    return written(once, asked)


def _board(session: Session, calling: Caller) -> TargetsOut:
    found: TargetBoard = target_setting.board(session, calling.viewer, today_of(calling.viewer, clock.now()))
    return TargetsOut.model_validate(found)
