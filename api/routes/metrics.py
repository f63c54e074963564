"""GET /api/metrics — figures for Prometheus, behind a token of their own."""

import logging
import secrets
from typing import Final

from fastapi import APIRouter, HTTPException, Request, Response, status
from sqlalchemy.exc import SQLAlchemyError

import clock
from api.errors import described
from database import database
from services import telemetry
from services.telemetry import Process
from settings import settings, version

router: Final = APIRouter(tags=["health"])
SCHEME: Final = "Bearer "
_log = logging.getLogger("pacesetter.api")


@router.get(
    "/metrics",
    response_class=Response,
    responses={**described(401, 404), 200: {"description": "The figures.", "content": {"text/plain": {}}}},
)
def metrics(request: Request) -> Response:
    """Text in Prometheus' format. Without PACESETTER_METRICS_TOKEN the address does not exist; with it, it opens to that token only."""
    _require_token(request.headers.get("authorization", ""))
    now = clock.now()
    try:
        with database().reading() as session:
            found = telemetry.figures(session, now)
    except SQLAlchemyError:
        _log.warning("The database does not answer", exc_info=True)
        found = None
    process = Process(version=version(), connections_in_use=database().connections_in_use)
    return Response(telemetry.exposition(process, found, now), media_type=telemetry.CONTENT_TYPE)


def _require_token(header: str) -> None:
    """Raise 404 when there is no token to know, 401 when the header does not carry it; the comparison takes the same time always."""
    wanted = settings().metrics_token
    if wanted is None or not wanted.get_secret_value():
        raise HTTPException(status.HTTP_404_NOT_FOUND)
    given = header.removeprefix(SCHEME) if header.startswith(SCHEME) else ""
    if not secrets.compare_digest(given.encode(), wanted.get_secret_value().encode()):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "This address needs its token.", headers={"WWW-Authenticate": "Bearer"})
