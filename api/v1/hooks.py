"""Webhooks of other systems: their address is what proves them, and what they say is a hint to look."""

from typing import Annotated, Any, Final

from anyio import to_thread
from fastapi import APIRouter, Path, Request

import clock
from api.errors import described
from database import database
from services.amocrm import hooks

router: Final = APIRouter(prefix="/hooks", tags=["hooks"])
LONGEST_KEY: Final = 100
Key = Annotated[
    str, Path(min_length=1, max_length=LONGEST_KEY, description="The part of the address Settings shows that nobody can guess.")
]
_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "additionalProperties": {"type": "string"}}}}
    }
}


@router.post("/amocrm/{key}", responses=described(404, 413, 422), openapi_extra=_FORM)
async def amocrm(key: Key, request: Request) -> dict[str, int]:
    """Something changed in amoCRM: which records it names is noted, and the jobs process asks for them; 404 for an unknown address."""
    body = await request.body()
    return {"noted": await to_thread.run_sync(_take, key, body)}


def _take(key: str, body: bytes) -> int:
    return database().write(lambda session: hooks.take(session, key, body, clock.now()))
