"""Alerts: what needs doing now in the teams the caller looks after."""

from collections.abc import Callable
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

import clock
from api.deps import Calling, SignedIn, allowed, switched_on
from api.errors import described
from api.v1.alert_bodies import AlertsOut, AlertsQuery, AlertWithLogOut, AssignIn, CommentIn, SilenceIn
from api.v1.fields import PathRecordId
from api.v1.writing import Done, Once, written
from database import database
from domain.api_scopes import ApiScope
from domain.features import Feature
from services import alerts
from services.access import Viewer

router: Final = APIRouter(prefix="/reporting/alerts", tags=["reporting"], dependencies=[Depends(switched_on(Feature.ALERTS))])
READS: Final = [Depends(allowed(ApiScope.ANALYTICS_READ))]
WRITES: Final = described(400, 401, 403, 404, 409, 413, 415, 422)


@router.get("", dependencies=READS, responses=described(401, 403, 422))
def alerts_of(wanted: Annotated[AlertsQuery, Query()], calling: Calling) -> AlertsOut:
    """What fires now, with `state` what is about to or was (the latest 200): urgent, high and medium together."""
    with database().reading() as session:
        found = alerts.alerts(session, calling.viewer, frozenset({wanted.state}), team_id=wanted.team, limit=alerts.MOST)
    return AlertsOut.of(found)


@router.get("/{alert_id}", dependencies=READS, responses=described(401, 403, 404, 422))
def alert(alert_id: PathRecordId, calling: Calling) -> AlertWithLogOut:
    """Show one alert with what happened to it, the latest first."""
    with database().reading() as session:
        return AlertWithLogOut.with_log(*alerts.alert_with_log(session, calling.viewer, alert_id))


@router.post("/{alert_id}/silence", response_model=AlertWithLogOut, responses=WRITES)
def silence(alert_id: PathRecordId, body: SilenceIn, viewer: SignedIn, once: Once) -> Response:
    """Tell nobody about it for a while, or let it speak again."""
    return _done(alert_id, viewer, once, lambda session: alerts.silence(session, viewer, alert_id, body.span, clock.now()))


@router.post("/{alert_id}/assign", response_model=AlertWithLogOut, responses=WRITES)
def assign(alert_id: PathRecordId, body: AssignIn, viewer: SignedIn, once: Once) -> Response:
    """Say who takes it on, or with null that nobody does."""
    return _done(alert_id, viewer, once, lambda session: alerts.assign(session, viewer, alert_id, body.person_id, clock.now()))


@router.post("/{alert_id}/comments", response_model=AlertWithLogOut, responses=WRITES)
def comment(alert_id: PathRecordId, body: CommentIn, viewer: SignedIn, once: Once) -> Response:
    """Say something about it, for everybody who looks after the team."""
    return _done(alert_id, viewer, once, lambda session: alerts.comment(session, viewer, alert_id, body.note, clock.now()))


def _done(alert_id: int, viewer: Viewer, once: Once, deed: Callable[[Session], None]) -> Response:
    def work(session: Session) -> Done:
        deed(session)
        return Done(shown=AlertWithLogOut.with_log(*alerts.alert_with_log(session, viewer, alert_id)))

    return written(once, work)
