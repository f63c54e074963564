"""Everything about whoever is signed in, as one file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

import clock
from api.deps import SignedIn
from api.errors import described
from database import database
from services import own_data
from services.access import Viewer
from services.audit import Action, record

router: Final = APIRouter(prefix="/export", tags=["export"])
ZIP_TYPE: Final = "application/zip"


@router.get(
    "/my-data.zip",
    response_class=Response,
    responses={**described(401, 403), 200: {"description": "The file.", "content": {ZIP_TYPE: {}}}},
)
def my_data(viewer: SignedIn) -> Response:
    """Everything the installation holds about you: a file for each table, and a README that says what each is."""
    now = clock.now()
    database().write(lambda session: record(session, person_id=viewer.person_id, action=Action.EXPORT, subject="view:my-data", at=now))
    headers = {"Content-Disposition": f'attachment; filename="{own_data.file_name(now)}"', "Cache-Control": "private, no-store"}
    return StreamingResponse(_closing(viewer, now), media_type=ZIP_TYPE, headers=headers)


def _closing(viewer: Viewer, now: datetime) -> Iterator[bytes]:
    with database().reading() as session:
        yield from own_data.chunks(session, viewer, now)
