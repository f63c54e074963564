"""How routes write: in one transaction, once for each Idempotency-Key, answering with JSON that can be kept."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, TypeAlias

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

import clock
from api.deps import Calling
from api.errors import named_error
from database import database
from domain.errors import PacesetterError
from services import idempotency
from services.callers import Caller
from services.idempotency import Answer, Named

REPEATED: Final = "Idempotent-Replayed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a route did."""

    shown: BaseModel
    status: int = 200
    kept: BaseModel | None = None
    """What a repetition is shown instead, where something is shown only once."""


IdempotencyKey: TypeAlias = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=idempotency.LONGEST_KEY,
        pattern=r"^[!-~]+$",
        description="Names this request, so that it is carried out once however often it is sent (for 24 hours).",
    ),
]


async def named(request: Request, calling: Calling, key: IdempotencyKey = None) -> Named | None:
    """What the request says about itself, or None without a key."""
    return named_by(request, calling, key, hashlib.sha256(await request.body()).hexdigest()) if key is not None else None


def named_by(request: Request, calling: Caller, key: str, body_sha256: str) -> Named:
    """A request named by this key, with the digest of what it carries."""
    route = f"{request.method} {request.scope['path'].removeprefix(request.scope.get('root_path', ''))}"
    return Named(holder=calling.holder, key=key, route=route[:160], body_sha256=body_sha256)


Once = Annotated[Named | None, Depends(named)]


def written(once: Named | None, work: Callable[[Session], Done]) -> Response:
    """Carry the work out in a transaction and answer; a request that named itself gets its first answer, errors included."""
    if once is None:
        return _response(database().write(lambda session: _answer(work(session))))
    return _response(database().write(lambda session: idempotency.once(session, once, lambda inner: _kept(inner, work), clock.now())))


def _kept(session: Session, work: Callable[[Session], Done]) -> Answer:
    """What the work comes to: a named error leaves nothing behind but is an answer too."""
    try:
        with session.begin_nested():
            return _answer(work(session))
    except PacesetterError as error:
        refusal = named_error(error)
        return Answer(status=refusal.status_code, body=bytes(refusal.body).decode())


def _answer(done: Done) -> Answer:
    return Answer(status=done.status, body=_json(done.shown), kept_body=None if done.kept is None else _json(done.kept))


def _json(shown: BaseModel) -> str:
    return json.dumps(shown.model_dump(mode="json", by_alias=True), ensure_ascii=False, separators=(",", ":"))


def _response(answer: Answer) -> Response:
    headers = {REPEATED: "true"} if answer.is_repeated else {}
    return Response(answer.body, status_code=answer.status, media_type="application/json", headers=headers)
