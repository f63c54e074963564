"""Keeping how messages about deals look."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import DealMessageLayout


def keep_layout(session: Session, hidden: Collection[str], icons: Mapping[str, str], *, changed_by: int, now: datetime) -> None:
    """Replace what was chosen before."""
    said = {"hidden": sorted(hidden), "icons": dict(icons), "changed_by": changed_by, "changed_at": now}
    row = insert(DealMessageLayout).values(id=1, **said)
    session.execute(row.on_conflict_do_update(index_elements=["id"], set_=said))
    session.expire_all()
