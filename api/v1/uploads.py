"""A recording as it comes in: written to disk piece by piece, after its sender was asked who they are."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from api.deps import allowed
from api.v1.writing import IdempotencyKey, named_by
from domain.api_scopes import ApiScope
from domain.errors import InputError
from recorder import recorder
from services.callers import Caller
from services.idempotency import Named
from services.recordings import Draft

FORM: Final = "multipart/form-data"
FIELD: Final = "file"
PIECE: Final = 1 << 20
_BINARY: Final = {"type": "string", "format": "binary"}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/octet-stream": {"schema": _BINARY},
            FORM: {"schema": {"type": "object", "properties": {FIELD: _BINARY}, "required": [FIELD], "additionalProperties": False}},
        },
    }
}
"""The body as the OpenAPI document tells of it; any `audio/…` type is as good, because the file itself is looked at."""
Sender = Annotated[Caller, Depends(allowed(ApiScope.RECORDINGS_WRITE))]


async def received(request: Request, calling: Sender) -> AsyncIterator[Draft]:
    """The body on disk, until the answer is made; TooLargeError as soon as it outgrows the limit."""
    del calling
    with await to_thread.run_sync(recorder().draft) as draft:
        async for piece in _pieces(request):
            await to_thread.run_sync(draft.write, piece)
        yield draft


Received = Annotated[Draft, Depends(received)]


async def named(request: Request, calling: Sender, draft: Received, key: IdempotencyKey = None) -> Named | None:
    """What the request says about itself, or None without a key; it carries the sound, however that is wrapped."""
    return named_by(request, calling, key, draft.sha256) if key is not None else None


OnceReceived = Annotated[Named | None, Depends(named)]


async def _pieces(request: Request) -> AsyncIterator[bytes]:
    if not request.headers.get("content-type", "").startswith(FORM):
        async for piece in request.stream():
            yield piece
        return
    async with request.form(max_files=1, max_fields=0) as form:
        file = form.get(FIELD)
        if not isinstance(file, UploadFile):
            raise InputError(f"Send the recording as the file “{FIELD}” of the form, or as the body itself.", code="not_a_recording")
        while piece := await file.read(PIECE):
            yield piece
