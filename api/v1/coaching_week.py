"""The agent's week: the vision board, a card moved on it, and the leaderboard."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

import clock
from api.deps import Calling, allowed, person
from api.errors import described
from api.v1.agents import agent_named
from api.v1.coaching_week_bodies import LeaderboardOut, LeaderboardQuery, MoveIn, VisionQuery, WeeklyVisionOut
from api.v1.fields import PathRecordId
from api.v1.writing import Done, Once, written
from database import database
from domain.access import Selection
from domain.api_scopes import ApiScope
from domain.local_time import local_time
from domain.periods import Grain, containing
from services import vision_changes
from services.leaderboard import leaderboard
from services.vision_board import board_of
from services.vision_changes import Move, SeenBoard

router: Final = APIRouter(prefix="/coaching", tags=["coaching"])
READS: Final = [Depends(allowed(ApiScope.ANALYTICS_READ))]


@router.get("/weekly-vision", dependencies=READS, responses=described(401, 403, 404, 422))
def weekly_vision(wanted: Annotated[VisionQuery, Query()], calling: Calling) -> WeeklyVisionOut:
    """The vision board of a week: cards, what others suggested, and what waits from the week before."""
    asked = agent_named(wanted.agent, calling)
    week = containing(wanted.week or asked.today, Grain.WEEK)
    with database().reading() as session:
        return WeeklyVisionOut.of(board_of(session, calling.viewer, asked.agent_id, week, asked.today))


@router.post(
    "/weekly-vision/cards/{card_id}/move",
    dependencies=[Depends(person)],
    response_model=WeeklyVisionOut,
    responses=described(400, 401, 403, 404, 409, 413, 415, 422),
)
def move_card(card_id: PathRecordId, body: MoveIn, calling: Calling, once: Once) -> Response:
    """Put a card of one's own board elsewhere; the answer is the board as it is then."""
    return written(once, lambda session: _moved(session, card_id, body, calling))


@router.get("/leaderboard", dependencies=READS, responses=described(401, 403, 422))
def standings(wanted: Annotated[LeaderboardQuery, Query()], calling: Calling) -> LeaderboardOut:
    """Who stands where: an agent between neighbours, named only where these want it; others see those they look after."""
    viewer = calling.viewer
    today = local_time(clock.now(), viewer.time_zone).on
    selection = Selection(period=containing(today, Grain(wanted.period)))
    with database().reading() as session:
        chosen = leaderboard(session, viewer, selection, today, level=wanted.level, within=wanted.within, ranked_by=wanted.by)
        return LeaderboardOut.of(chosen)


def _moved(session: Session, card_id: int, body: MoveIn, calling: Calling) -> Done:
    viewer = calling.viewer
    today = local_time(clock.now(), viewer.time_zone).on
    week = containing(body.week or today, Grain.WEEK)
    seen = SeenBoard(agent_id=viewer.person_id, week_on=week.start, version=body.version)
    move = Move(view=body.view, card_id=card_id, to=body.to, index=body.index)
    vision_changes.move_card(session, viewer, seen, move, today)
    return Done(shown=WeeklyVisionOut.of(board_of(session, viewer, viewer.person_id, week, today)))
