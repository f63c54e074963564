"""An agent's goals: read with their progress; set, changed, paused and taken back by the agent and whoever looks after them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Final, TypeAlias

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.agents import Agent, Asked
from api.v1.fields import PathId
from api.v1.goal_asking_bodies import GoalSeen, GoalsIn, GoalsQuery
from api.v1.goal_bodies import GoalBoardOut, GoalOut, PeriodGoalsOut
from api.v1.goal_plan_bodies import GoalAnalysisOut
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.goals.entry import checked_name
from domain.periods import Period
from services import goal_chances, goal_changes, goal_plans, goal_setting, goals
from services.access import Viewer
from services.goal_setting import WantedGoals
from services.roster import currency_of

router: Final = APIRouter(prefix="/agents/{agent}/goals", tags=["goals"])
READS: Final = [Depends(allowed(ApiScope.GOALS_READ))]
WRITES: Final = [Depends(allowed(ApiScope.GOALS_WRITE))]
REFUSALS: Final = described(400, 401, 403, 404, 409, 413, 415, 422)
ACTED: Final = described(400, 401, 403, 404, 409, 422)
Acting: TypeAlias = Callable[[Session, Viewer, int, int, date, datetime], None]
Setting: TypeAlias = Callable[[Session, Viewer, WantedGoals, date, datetime], Period]


@router.get("", dependencies=READS, responses=described(401, 403, 404, 422))
def board(asked: Agent, wanted: Annotated[GoalsQuery, Query()]) -> GoalBoardOut:
    """Goals that run, are to begin, are over, and were taken back, each with its progress at this moment."""
    viewer = asked.calling.viewer
    with database().reading() as session:
        found = goals.goals_of(session, viewer, asked.agent_id, asked.today, past=wanted.past)
        judged, chances = goal_chances.with_chances(session, viewer, asked.agent_id, found, asked.today)
    return GoalBoardOut.of(judged, chances.now, asked.agent_id, asked.agent.name)


@router.get("/{goal_id}/analysis", dependencies=READS, responses=described(401, 403, 404, 422))
def analysis(asked: Agent, goal_id: PathId) -> GoalAnalysisOut:
    """Tell what is left of a goal, what it takes, costs and brings, and how likely it is: now, and as it was last set."""
    with database().reading() as session:
        found = goal_plans.analysis_of(session, asked.calling.viewer, asked.agent_id, goal_id, asked.today)
    return GoalAnalysisOut.of(goal_id, found)


@router.post("", status_code=status.HTTP_201_CREATED, dependencies=WRITES, response_model=PeriodGoalsOut, responses=REFUSALS)
def create(asked: Agent, body: GoalsIn, once: Once) -> Response:
    """Set goals that are not there yet, all of them or none; the answer has every goal of the period, and what the new ones take."""
    return written(once, lambda session: _set(session, asked, body, goal_setting.create_goals, status.HTTP_201_CREATED))


@router.put("", dependencies=WRITES, response_model=PeriodGoalsOut, responses=REFUSALS)
def put(asked: Agent, body: GoalsIn, once: Once) -> Response:
    """Set, change and take back goals of one period at once; kinds that are not named stay."""
    return written(once, lambda session: _set(session, asked, body, goal_setting.set_goals, status.HTTP_200_OK))


@router.delete("/{goal_id}", status_code=status.HTTP_204_NO_CONTENT, dependencies=WRITES, responses=described(401, 403, 404, 409, 422))
def delete(asked: Agent, goal_id: PathId, wanted: Annotated[GoalSeen, Query()]) -> None:
    """Take a goal back, to those taken back; one whose days are over stays, and one that somebody changed since the version named."""
    viewer, now = asked.calling.viewer, clock.now()
    database().write(
        lambda session: goal_changes.remove_goal(session, viewer, asked.agent_id, goal_id, asked.today, now, seen_version=wanted.version)
    )


@router.post("/{goal_id}/pause", dependencies=WRITES, response_model=GoalOut, responses=ACTED)
def pause(asked: Agent, goal_id: PathId, once: Once) -> Response:
    """From today on its days are not planned for it, until it is resumed; a paused one stays as it is."""
    return written(once, lambda session: _act(session, asked, goal_id, goal_changes.pause_goal))


@router.post("/{goal_id}/resume", dependencies=WRITES, response_model=GoalOut, responses=ACTED)
def resume(asked: Agent, goal_id: PathId, once: Once) -> Response:
    """From today on its days are planned again; those of the pause stay left out."""
    return written(once, lambda session: _act(session, asked, goal_id, goal_changes.resume_goal))


def _act(session: Session, asked: Asked, goal_id: int, acting: Acting) -> Done:
    viewer = asked.calling.viewer
    acting(session, viewer, asked.agent_id, goal_id, asked.today, clock.now())
    found, _ = goals.goal_with_id(session, viewer, asked.agent_id, goal_id, asked.today)
    return Done(shown=GoalOut.of(found))


def _set(session: Session, asked: Asked, body: GoalsIn, setting: Setting, code: int) -> Done:
    viewer, wanted = asked.calling.viewer, body.wanted(asked.agent_id, asked.today, currency_of(session))
    days = setting(session, viewer, wanted, asked.today, clock.now())
    found = goals.goals_in(session, viewer, asked.agent_id, wanted.period, days, asked.today)
    named = [each.goal.id for each in found[0] if each.goal.type in wanted.targets and each.goal.name == checked_name(wanted.name)]
    plans = goal_plans.plans_shown(session, viewer, asked.agent_id, named, asked.today)
    return Done(shown=PeriodGoalsOut.of(wanted, asked.agent.name, days, found, plans), status=code)
