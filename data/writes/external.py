"""The ids of other systems, held while a record is stored under one."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session


def hold(session: Session, kind: str, origin: str, external_id: str) -> None:
    """Wait until nobody else stores a record of this kind under the id, and let nobody until the transaction ends."""
    name = f"external {kind} {origin} {external_id}"
    session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
