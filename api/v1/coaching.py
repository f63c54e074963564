"""The coach: celebrating what was done, and what an agent has earned."""

from typing import Final

from fastapi import APIRouter, Depends, Response

import clock
from api.deps import Calling, allowed
from api.errors import described
from api.v1.coaching_bodies import CelebrateBody, CelebrationOut
from api.v1.writing import Done, Once, written
from domain.api_scopes import ApiScope
from services import celebrations

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
