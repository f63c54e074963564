"""Writing back: a note or a task at a deal of amoCRM, where an administrator allowed it.

Each goes out once. Without an answer nobody knows whether it arrived: it is not sent again, and the person is told.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from data.engine import Database
from data.queries import crm as queries
from domain.errors import ConflictError, InputError
from services import deals
from services.access import Viewer
from services.amocrm import keys
from services.amocrm.link import ORIGIN, Link

LONGEST = 10_000


def writes_back(session: Session) -> bool:
    """Whether there is an account, and it may be written to; for screens that offer it."""
    found = queries.connection(session)
    return found is not None and found.writes_back


def write_note(database: Database, link: Link, viewer: Viewer, deal_id: int, text: str, now: datetime) -> int:
    """Write a note at the deal and return its number there.

    NotFoundError for a deal the viewer does not look after, ConflictError where nothing is written back or the deal is not of
    amoCRM, an AmoError where it was not taken.
    """
    with database.reading() as session:
        number, _ = _place(session, viewer, deal_id, now)
    client, _ = keys.client(database, link, now)
    return client.add_note(number, _words(text))


def write_task(database: Database, link: Link, viewer: Viewer, deal_id: int, text: str, *, due_at: datetime, now: datetime) -> int:
    """Write a task at the deal, for whoever has the deal there, and return its number there. Raises as `write_note`."""
    with database.reading() as session:
        number, user = _place(session, viewer, deal_id, now)
    client, _ = keys.client(database, link, now)
    return client.add_task(number, _words(text), due_at=due_at, user_id=user)


def _place(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> tuple[int, int | None]:
    """The deal's number there, and the user who has it."""
    deal = deals.deal(session, viewer, deal_id, now)
    if not writes_back(session):
        raise ConflictError("Nothing is written to amoCRM. An administrator can allow it on Settings.", code="crm_read_only")
    if deal.origin != ORIGIN or not deal.external_id:
        raise ConflictError("This deal is not of amoCRM.", code="crm_other_deal")
    return int(deal.external_id), queries.user_of(session, deal.agent_id)


def _words(text: str) -> str:
    told = text.replace("\x00", "").strip()
    if not told or len(told) > LONGEST:
        raise InputError(f"Text: between 1 and {LONGEST:,} characters.")
    return told
