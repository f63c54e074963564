"""What stands out in an agent's own numbers."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response

import clock
from api.deps import allowed, person
from api.errors import described
from api.v1.agents import Agent
from api.v1.insight_bodies import InsightId, InsightList, InsightOut, InsightQuery, TooEarlyOut
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from services import insights

router: Final = APIRouter(prefix="/agents/{agent}/analytics/insights", tags=["analytics"])
WRITES: Final = described(400, 401, 403, 404, 409, 422)


@router.get("", dependencies=[Depends(allowed(ApiScope.ANALYTICS_READ))], responses=described(401, 403, 404, 422))
def insights_of(wanted: Annotated[InsightQuery, Query()], asked: Agent) -> InsightList:
    """What is worth knowing now: what waits, what changed beyond luck, what differs from the team; each with its numbers."""
    with database().reading() as session:
        board = insights.insights_of(session, asked.calling.viewer, asked.agent_id, asked.today, clock.now())
    listed = board.put_aside if wanted.put_aside else board.shown
    early = [TooEarlyOut.model_validate(each) for each in board.too_early]
    return InsightList(items=[InsightOut.of(each) for each in listed], too_early=early)


@router.post("/{insight_id}/dismiss", dependencies=[Depends(person)], response_model=InsightOut, responses=WRITES)
def dismiss(insight_id: InsightId, asked: Agent, once: Once) -> Response:
    """Put an insight aside for two weeks, for oneself."""
    return _changed(insights.dismiss, insight_id, asked, once)


@router.post("/{insight_id}/restore", dependencies=[Depends(person)], response_model=InsightOut, responses=WRITES)
def restore(insight_id: InsightId, asked: Agent, once: Once) -> Response:
    """Show an insight again that was put aside."""
    return _changed(insights.restore, insight_id, asked, once)


def _changed(deed: insights.Deed, insight_id: str, asked: Agent, once: Once) -> Response:
    now = clock.now()
    return written(
        once,
        lambda session: Done(
            shown=InsightOut.of(deed(session, asked.calling.viewer, asked.agent_id, insight_id, asked.today, now)),
        ),
    )
