"""A writing request that names itself is carried out once; whoever repeats it gets the first answer.

The answer is kept in the transaction of the write. So there is no moment at which one exists without the other, and a process
that dies in between leaves neither: the key is free, the repeated request simply happens.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from data.models import IdempotencyKey
from data.writes import idempotency as writes
from domain.errors import ConflictError, InputError

KEEP: Final = timedelta(hours=24)
"""A queue that was down over night still gets its first answer; later a key may be used anew."""
LONGEST_KEY: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a request says about itself: whose key, where to, and the digest of what it carries."""

    holder: str
    key: str
    route: str
    body_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request is answered with."""

    status: int
    body: str
    """JSON."""
    kept_body: str | None = None
    """What a repetition gets instead, where the body tells something that is shown only once."""
    is_repeated: bool = False


def once(session: Session, named: Named, work: Callable[[Session], Answer], now: datetime) -> Answer:
    """The kept answer, or that of the work, which is kept in the same transaction.

    Raises InputError (`idempotency_key_reused`) when the key stands for another request, ConflictError
    (`idempotency_key_in_use`) while the same request is being carried out. Errors of the work itself pass through and keep nothing.
    """
    if not writes.try_lock(session, named.holder, named.key):
        raise ConflictError("A request with this key is being carried out. Repeat it in a moment.", code="idempotency_key_in_use")
    writes.forget(session, named.holder, before=now - KEEP)
    kept = writes.kept(session, named.holder, named.key)
    if kept is not None:
        return _repeated(kept, named)
    answer = work(session)
    writes.keep(session, _kept(named, answer, now))
    return answer


def _repeated(kept: IdempotencyKey, named: Named) -> Answer:
    if (kept.route, kept.body_sha256) != (named.route, named.body_sha256):
        raise InputError("This Idempotency-Key was used for another request. Use a new key.", code="idempotency_key_reused")
    return Answer(status=kept.status or 0, body=kept.response or "", is_repeated=True)


def _kept(named: Named, answer: Answer, now: datetime) -> IdempotencyKey:
    return IdempotencyKey(
        holder=named.holder,
        key=named.key,
        route=named.route,
        body_sha256=named.body_sha256,
        status=answer.status,
        response=answer.kept_body if answer.kept_body is not None else answer.body,
        created_at=now,
    )
