"""The entries that tell what became of a lead, one lead at a time."""

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Activity
from domain.lead_history import UNDONE
from domain.records import ActivityType


def latest_move(session: Session, lead_id: int, kind: ActivityType, to: str) -> Activity | None:
    """The newest entry of the kind that brought the lead `to` a status, or to an agent by id; None where nobody wrote one down.

    A conversion that was taken back is none.
    """
    details = col(Activity.details)
    wanted = (col(Activity.lead_id) == lead_id, col(Activity.type) == kind, details["to"].astext == to, details[UNDONE].is_(None))
    newest = (col(Activity.occurred_at).desc(), col(Activity.id).desc())
    return session.scalar(select(Activity).where(*wanted).order_by(*newest).limit(1))
