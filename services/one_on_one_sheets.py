"""The sheet of a 1:1, for its two people."""

from datetime import datetime

from sqlalchemy.orm import Session

from domain.one_on_ones.sheet import one_on_one_sheet
from domain.reports.content import Report
from services.access import Viewer
from services.one_on_ones import talk_shown
from services.owners import today_of


def sheet_of(session: Session, viewer: Viewer, talk_id: int, now: datetime) -> Report:
    """Pre-read, agenda and what was taken on. Raises NotFoundError as `talk_shown`."""
    found = talk_shown(session, viewer, talk_id, now)
    agenda = found.talk.agenda if found.talk.is_held else found.talk.agenda or found.proposed_agenda
    return one_on_one_sheet(found.talk, found.pre_read, agenda, found.made_here, today_of(viewer, now))
