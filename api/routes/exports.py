"""Downloads of what a view shows, as CSV or Excel, within the scope of who is signed in."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session

import clock
from api.deps import SignedIn
from api.errors import described
from database import database
from domain.local_time import local_time
from services import exports
from services.access import Viewer
from services.audit import Action, record
from services.exports import Export
from services.sheet_files import csv_chunks, xlsx

router: Final = APIRouter(prefix="/export", tags=["export"])
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FileType(StrEnum):
    """The formats a view can be downloaded in."""

    CSV = "csv"
    XLSX = "xlsx"


@router.get(
    "/{view}.{file_type}",
    response_class=Response,
    responses={**described(401, 403, 404, 422), 200: {"description": "The file.", "content": {"text/csv": {}, XLSX_TYPE: {}}}},
)
def download(view: str, file_type: FileType, request: Request, viewer: SignedIn) -> Response:
    """The view with the parameters of its page: 404 for views the viewer's role does not have, 422 for parameters that cannot be read."""
    now = clock.now()
    export = exports.export_of(viewer, view, dict(request.query_params), local_time(now, viewer.time_zone).on, now)
    body = _csv(export) if file_type is FileType.CSV else _xlsx(export)
    _note(viewer, view, file_type)
    body.headers["Content-Disposition"] = f'attachment; filename="{export.file_name}.{file_type}"'
    body.headers["Cache-Control"] = "private, no-store"
    return body


def _csv(export: Export) -> Response:
    """Rows leave while they are read; what makes the request unusable is found before the first of them."""
    session = database().reading()
    try:
        chunks = csv_chunks(export.sheet(session))
    except Exception:
        session.close()
        raise
    return StreamingResponse(_closing(session, chunks), media_type="text/csv; charset=utf-8")


def _closing(session: Session, chunks: Iterator[bytes]) -> Iterator[bytes]:
    with session:
        yield from chunks


def _xlsx(export: Export) -> Response:
    with database().reading() as session:
        return Response(xlsx(export.sheet(session)), media_type=XLSX_TYPE)


def _note(viewer: Viewer, view: str, file_type: FileType) -> None:
    database().write(
        lambda session: record(
            session,
            person_id=viewer.person_id,
            action=Action.EXPORT,
            subject=f"view:{view}",
            details={"format": file_type.value},
            at=clock.now(),
        )
    )
