"""Webhooks of amoCRM: a hint to look, whose address nobody can guess; what changed is asked of amoCRM itself."""

import hashlib
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import CrmStream
from data.queries import crm as queries
from data.writes import crm as writes
from domain.crm.hints import hints
from domain.errors import NotFoundError

PATH: Final = "/api/v1/hooks/amocrm/"


def digest(key: str) -> str:
    """What is kept of the address."""
    return hashlib.sha256(key.encode()).hexdigest()


def take(session: Session, key: str, body: bytes, now: datetime) -> int:
    """Remember what to look at and return how much that is; NotFoundError for an address that is not ours."""
    if not queries.has_hook(session, digest(key)):
        raise NotFoundError("There is no such address.")
    found = {(CrmStream(kind), number) for kind, number in hints(body)}
    writes.put_hints(session, found, now)
    return len(found)
