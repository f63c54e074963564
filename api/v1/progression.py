"""An agent's level, skills and plan, read from the facts at that moment, and assessed again on demand."""

from typing import Final

from fastapi import APIRouter, Depends, Response

import clock
from api.deps import allowed
from api.errors import described
from api.v1.agents import Agent
from api.v1.progression_bodies import ProgressionOut
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import progression

router: Final = APIRouter(prefix="/agents/{agent}/progression", tags=["progression"])


@router.get("", dependencies=[Depends(allowed(ApiScope.PROGRESSION_READ))], responses=described(401, 403, 404, 422))
def progression_of(asked: Agent) -> ProgressionOut:
    """Level, progress to the next with each requirement, skills against others of the level, plan and history."""
    with database().reading() as session:
        return ProgressionOut.of(progression.progression_of(session, asked.calling.viewer, asked.agent_id, asked.today))


@router.post(
    "/assessment",
    dependencies=[Depends(allowed(ApiScope.PROGRESSION_WRITE))],
    response_model=ProgressionOut,
    responses=described(400, 401, 403, 404, 409, 422),
)
def assess(asked: Agent, once: Once) -> Response:
    """Assess the agent now and keep it as the day's assessment, as the job does every morning."""
    now = clock.now()
    return written(
        once,
        lambda session: Done(
            shown=ProgressionOut.of(progression.reassess(session, asked.calling.viewer, asked.agent_id, asked.today, now)),
        ),
    )
