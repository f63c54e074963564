"""The coach: celebrating what was done, and what an agent has earned."""

from typing import Final

from fastapi import APIRouter, Depends, Response

import clock
from api.deps import Calling, allowed
from api.errors import described
from api.v1.agents import Agent
from api.v1.coaching_bodies import AchievementList, AchievementOut, CelebrateBody, CelebrationOut
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import achievements, celebrations

router: Final = APIRouter(tags=["coaching"])


@router.post(
    "/coaching/celebrate",
    dependencies=[Depends(allowed(ApiScope.PROGRESSION_WRITE))],
    response_model=CelebrationOut,
    responses=described(400, 401, 403, 404, 409, 422),
)
def celebrate(body: CelebrateBody, calling: Calling, once: Once) -> Response:
    """Celebrate an event once; the agent's open screen shows it once."""
    now = clock.now()
    return written(
        once,
        lambda session: Done(
            shown=CelebrationOut.model_validate(celebrations.celebrate(session, calling.viewer, body.kind, body.id, now)),
        ),
    )


@router.get(
    "/agents/{agent}/achievements",
    dependencies=[Depends(allowed(ApiScope.PROGRESSION_READ))],
    responses=described(401, 403, 404, 422),
)
def achievements_of(asked: Agent) -> AchievementList:
    """Everything the agent can earn: what was granted, and how far the rest is in the period that runs."""
    with database().reading() as session:
        badges = achievements.gallery(session, asked.calling.viewer, asked.agent_id, asked.today)
    return AchievementList(items=[AchievementOut.of(each) for each in badges])
