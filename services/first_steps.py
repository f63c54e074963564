"""The first ten minutes of somebody new: a short checklist that ticks itself, can be skipped and goes when it is done."""

from datetime import datetime

from sqlalchemy.orm import Session

from data.queries import first_steps as queries
from data.writes import first_steps as writes
from domain.first_steps import OF_ROLE, Checklist, checklist
from services.access import Viewer


def shown(session: Session, viewer: Viewer) -> Checklist | None:
    """What the viewer's landing screen shows; None when it was skipped or everything is done."""
    if viewer.is_program or queries.is_skipped(session, viewer.person_id):
        return None
    found = _of(session, viewer)
    return None if found.is_over else found


def put_aside(session: Session, viewer: Viewer) -> Checklist | None:
    """What the viewer skipped while something was left to do, to bring it back; None otherwise."""
    if not queries.is_skipped(session, viewer.person_id):
        return None
    found = _of(session, viewer)
    return None if found.is_over else found


def skip(session: Session, viewer: Viewer, now: datetime) -> None:
    """Show it no more, until the viewer wants it back."""
    writes.skip(session, viewer.person_id, now)


def bring_back(session: Session, viewer: Viewer) -> None:
    """Show it again."""
    writes.bring_back(session, viewer.person_id)


def _of(session: Session, viewer: Viewer) -> Checklist:
    return checklist(viewer.role, queries.done(session, viewer.person_id, OF_ROLE[viewer.role]))
