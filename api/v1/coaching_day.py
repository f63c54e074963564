"""The day's coaching: the plan, the hour against one's own usual, and the scoreboard; `agent` names whose, `me` unless told."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

import clock
from api.deps import allowed, person
from api.errors import described
from api.v1.agents import Asked, AskedAgent
from api.v1.coaching_day_bodies import DailyPlanOut, DoneIn, HourlyNudgeOut, MustDoKey, PutOffIn, ScoreboardOut
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.local_time import wall_clock
from services import daily_plan, nudges, scoreboard
from services.daily_plan import PlanOfDay

router: Final = APIRouter(prefix="/coaching", tags=["coaching"])
READS: Final = [Depends(allowed(ApiScope.ANALYTICS_READ))]
SAYS: Final = [Depends(person)]
REFUSALS: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("/daily-plan", dependencies=READS, responses=described(401, 403, 404, 422))
def plan_of_today(asked: AskedAgent) -> DailyPlanOut:
    """The three must-dos of today with their reasons, what became of them, and what came in since; made now where it was not made."""
    return _shown(asked, database().write(lambda session: _plan(session, asked)))


@router.post("/daily-plan/{must_do}/done", dependencies=SAYS, response_model=DailyPlanOut, responses=REFUSALS)
def tick(must_do: MustDoKey, body: DoneIn, asked: AskedAgent, once: Once) -> Response:
    """Tick a must-do of today, or take the tick back; nothing else is recorded."""
    now = clock.now()
    viewer = asked.calling.viewer
    return _said(asked, once, lambda session: daily_plan.tick(session, viewer, asked.agent_id, must_do, now, is_done=body.done))


@router.post("/daily-plan/{must_do}/put-off", dependencies=SAYS, response_model=DailyPlanOut, responses=REFUSALS)
def put_off(must_do: MustDoKey, body: PutOffIn, asked: AskedAgent, once: Once) -> Response:
    """Put a must-do off for today, with a reason; it is not asked for any more."""
    now = clock.now()
    viewer = asked.calling.viewer
    return _said(asked, once, lambda session: daily_plan.put_off(session, viewer, asked.agent_id, must_do, body.reason, now))


@router.get("/hourly-nudge", dependencies=READS, responses=described(401, 403, 404, 422))
def hour(asked: AskedAgent) -> HourlyNudgeOut:
    """Calls before this hour against the agent's own days of the weekday, and what they were nudged about lately."""
    with database().reading() as session:
        found = nudges.hourly_nudge(session, asked.calling.viewer, asked.agent_id, clock.now())
    return HourlyNudgeOut.of(found, asked.agent_id, asked.agent.name)


@router.get("/scoreboard", dependencies=READS, responses=described(401, 403, 404, 422))
def board(asked: AskedAgent) -> ScoreboardOut:
    """The day so far by kind of work against what it asks, and the must-dos done."""
    plan = database().write(lambda session: _plan(session, asked))
    at = wall_clock(clock.now(), asked.agent.time_zone).time()
    with database().reading() as session:
        found = scoreboard.scoreboard(session, asked.calling.viewer, asked.agent_id, asked.today, at)
    return ScoreboardOut.of(found, plan, asked.agent_id, asked.agent.name)


def _plan(session: Session, asked: Asked) -> PlanOfDay:
    return daily_plan.plan_of_today(session, asked.calling.viewer, asked.agent_id, clock.now())


def _said(asked: Asked, once: Once, saying: Callable[[Session], PlanOfDay]) -> Response:
    return written(once, lambda session: Done(shown=_shown(asked, saying(session))))


def _shown(asked: Asked, plan: PlanOfDay) -> DailyPlanOut:
    return DailyPlanOut.of(plan, asked.agent_id, asked.agent.name)
