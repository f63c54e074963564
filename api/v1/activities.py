"""Activities: reported one by one or a thousand at a time, listed, corrected and taken back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response, status
from sqlalchemy.orm import Session

import clock
from api.deps import allowed
from api.errors import described
from api.v1.activity_bodies import (
    ActivityChange,
    ActivityIn,
    ActivityOut,
    ActivityPage,
    ActivityQuery,
    BatchIn,
    BatchItem,
    BatchOut,
)
from api.v1.fields import PathRecordId
from api.v1.pages import cursor_of, moment_behind
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.errors import PacesetterError
from secret_key import secret_key
from services import activities, activity_feed, activity_list, activity_places
from services.access import Viewer
from services.activity_feed import Fed, FeedResult
from services.activity_list import ActivityFilter
from services.callers import Caller
from services.forgetting import forgotten_records

router: Final = APIRouter(prefix="/activities", tags=["activities"])
Reader = Annotated[Caller, Depends(allowed(ApiScope.ACTIVITIES_READ))]
Writer = Annotated[Caller, Depends(allowed(ApiScope.ACTIVITIES_WRITE))]
READS: Final = described(400, 401, 403, 422)
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.post("", status_code=status.HTTP_201_CREATED, response_model=ActivityOut, responses={**WRITES, 200: {"model": ActivityOut}})
def store(body: ActivityIn, calling: Writer, once: Once) -> Response:
    """Store an activity: 201 when it is new, 200 when its external id was known already."""
    activity_places.require_named(calling.viewer, body.agent)
    return written(once, lambda session: _store(session, calling.viewer, body))


@router.post("/batch", response_model=BatchOut, responses=WRITES)
def store_batch(body: BatchIn, calling: Writer, once: Once) -> Response:
    """Store up to 1,000 activities. What cannot be stored is listed with its reason and does not keep the rest."""
    for each in body.activities:
        activity_places.require_named(calling.viewer, each.agent)
    return written(once, lambda session: _store_batch(session, calling.viewer, body))


@router.get("", responses=READS)
def page(wanted: Annotated[ActivityQuery, Query()], calling: Reader) -> ActivityPage:
    """Activities the caller may see, newest first."""
    with database().reading() as session:
        found = activity_list.activities(
            session, calling.viewer, _filter(wanted), after=moment_behind(wanted.cursor), limit=wanted.limit + 1
        )
    shown = [ActivityOut.model_validate(each) for each in found[: wanted.limit]]
    more = len(found) > wanted.limit
    return ActivityPage(items=shown, next_cursor=cursor_of(shown[-1].id, shown[-1].occurred_at) if more else None)


@router.get("/{activity_id}", responses=described(401, 403, 404, 422))
def one(activity_id: PathRecordId, calling: Reader) -> ActivityOut:
    """One activity."""
    with database().reading() as session:
        return ActivityOut.model_validate(activity_list.activity(session, calling.viewer, activity_id))


@router.patch("/{activity_id}", response_model=ActivityOut, responses=WRITES)
def change(activity_id: PathRecordId, body: ActivityChange, calling: Writer, once: Once) -> Response:
    """Correct a recent activity; one of another system only by a program."""
    return written(once, lambda session: _change(session, calling.viewer, activity_id, body))


@router.delete("/{activity_id}", status_code=status.HTTP_204_NO_CONTENT, responses=described(401, 403, 404, 422))
def delete(activity_id: PathRecordId, calling: Writer) -> None:
    """Take a recent activity back, with what it did to its lead and deal."""
    database().write(lambda session: activities.delete_activity(session, calling.viewer, activity_id, clock.now()))


def _store(session: Session, viewer: Viewer, body: ActivityIn) -> Done:
    (fed,) = _fed(session, viewer, [body])
    stored = activity_list.activity(session, viewer, activity_feed.single(fed).activity_id or 0)
    is_new = fed.result is FeedResult.CREATED
    return Done(shown=ActivityOut.model_validate(stored), status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def _store_batch(session: Session, viewer: Viewer, body: BatchIn) -> Done:
    fed = _fed(session, viewer, body.activities)
    counts = {result.value: sum(each.result is result for each in fed) for result in FeedResult}
    return Done(shown=BatchOut(**counts, items=[_item(index, each) for index, each in enumerate(fed)]))


def _fed(session: Session, viewer: Viewer, told: Sequence[ActivityIn]) -> list[Fed]:
    reported = [each.reported() for each in told]
    forgotten = forgotten_records(session, secret_key(), "activity", {each.key for each in reported if each.key is not None})
    return activity_feed.feed(session, viewer, reported, clock.now(), forgotten=forgotten)


def _item(index: int, fed: Fed) -> BatchItem:
    error: PacesetterError | None = fed.error
    return BatchItem(
        index=index,
        result=fed.result,
        id=fed.activity_id,
        code=error.code if error else None,
        message=str(error) if error else None,
    )


def _change(session: Session, viewer: Viewer, activity_id: int, body: ActivityChange) -> Done:
    changed = activities.correct_activity(session, viewer, activity_id, body.model_dump(exclude_unset=True), clock.now())
    return Done(shown=ActivityOut.model_validate(changed))


def _filter(wanted: ActivityQuery) -> ActivityFilter:
    return ActivityFilter(
        agent_id=wanted.agent,
        team_id=wanted.team,
        type=wanted.type,
        outcome=wanted.outcome,
        lead_id=wanted.lead,
        deal_id=wanted.deal,
        from_on=wanted.from_,
        until_on=wanted.to + timedelta(days=1) if wanted.to else None,
        origin=wanted.origin,
        external_id=wanted.external_id,
    )
