"""Items of a pipeline from stage to stage, one or many at once; every move is remembered with who made it and when."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Response
from pydantic import ConfigDict, Field
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.deal_bodies import DealOut
from api.v1.deals import shown
from api.v1.fields import Body, PathRecordId, RecordId, Shown, Words
from api.v1.writing import Done, Once, written
from domain.api_scopes import ApiScope
from services import deal_moves
from services.access import Viewer
from services.callers import Caller
from services.roster import currency_of

router: Final = APIRouter(prefix="/deals", tags=["deals"])
Writer = Annotated[Caller, Depends(allowed(ApiScope.DEALS_WRITE))]
Stage = Annotated[Words, Field(min_length=1, max_length=80)]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)
MOST: Final = 500


class MoveIn(Body):
    """Where a deal goes. With `seen` it goes only from there; else 409."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stage": "AGREEMENT_SIGNED"}]})

    stage: Stage
    seen: Stage | None = None


class OneMove(Body):
    """One of many."""

    deal_id: RecordId
    stage: Stage


class MovesIn(Body):
    """Many moves."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"moves": [{"deal_id": 12, "stage": "CALL_CONDUCTED"}]}]})

    moves: Annotated[list[OneMove], Field(min_length=1, max_length=MOST)]


class RefusedOut(Shown):
    """A deal that was left as it was, and why."""

    name: str
    reason: str


class MovesOut(Shown):
    """What came of many moves."""

    done: int
    refused: list[RefusedOut]


@router.post("/moves", response_model=MovesOut, responses=described(400, 401, 403, 409, 413, 415, 422))
def move_many(body: MovesIn, calling: Writer, once: Once) -> Response:
    """Move deals to their stages; one that is refused does not keep the others, and a deal named twice goes where it was named last."""
    return written(once, lambda session: _move_many(session, calling.viewer, body))


@router.post("/{deal_id}/move", response_model=DealOut, responses=WRITES)
def move_one(deal_id: PathRecordId, body: MoveIn, calling: Writer, once: Once) -> Response:
    """Move a deal: what the stage says has happened is dated today where it was not, and a last stage closes the deal."""
    return written(once, lambda session: _move(session, calling.viewer, deal_id, body))


def _move(session: Session, viewer: Viewer, deal_id: int, body: MoveIn) -> Done:
    moved = deal_moves.move(session, viewer, deal_id, body.stage, clock.now(), seen=body.seen)
    return Done(shown=shown(moved, currency_of(session)))


def _move_many(session: Session, viewer: Viewer, body: MovesIn) -> Done:
    result = deal_moves.move_many(session, viewer, {each.deal_id: each.stage for each in body.moves}, clock.now())
    return Done(shown=MovesOut(done=result.done, refused=[RefusedOut(name=name, reason=reason) for name, reason in result.refused]))
