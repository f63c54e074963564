"""What somebody does for a deal from its page: a note, a call or message, a next step, another stage; its warnings know at once.

Each raises NotFoundError for a deal the viewer does not look after, and InputError for one that is nobody's.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.models import Deal
from domain.errors import InputError
from domain.facts import ActivityEntry
from domain.records import ActivityType, EventKind
from services import deal_moves, deal_watch, deals
from services.access import Viewer
from services.activities import record_activity
from services.activity_input import new_activity
from services.calendar import Booked, book_event
from services.event_input import new_event

NOBODYS: Final = "This deal is nobody's yet. Give it to an agent first."
STEPS: Final = (EventKind.CALL, EventKind.MEETING, EventKind.APPOINTMENT, EventKind.BLOCKED)
"""What a next step can be; blocked time is work without the customer, such as writing an offer."""


def log(session: Session, viewer: Viewer, deal_id: int, kind: ActivityType, words: str, now: datetime) -> ActivityEntry:
    """Log what was done for the deal just now, or keep a note, which needs words; it counts for the deal's agent."""
    agent_id = _agent_of(session, viewer, deal_id, now)
    if kind is ActivityType.NOTE and not words.strip():
        raise InputError("Write the note first.")
    logged = record_activity(session, viewer, new_activity(agent_id=agent_id, type=kind, deal_id=deal_id, notes=words), now)
    deal_watch.look_at(session, {deal_id}, now)
    return logged


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What comes next."""

    kind: EventKind
    title: str
    starts: datetime
    """What the clock of the deal's agent shows then."""
    minutes: int = 30


def plan(session: Session, viewer: Viewer, deal_id: int, step: Step, now: datetime) -> Booked:
    """Put the next step into the calendar of the deal's agent."""
    agent_id = _agent_of(session, viewer, deal_id, now)
    booked = book_event(session, viewer, new_event(agent_id=agent_id, deal_id=deal_id, **asdict(step)))
    deal_watch.look_at(session, {deal_id}, now)
    return booked


def move(session: Session, viewer: Viewer, deal_id: int, stage: str, seen: str, now: datetime) -> Deal:
    """Move the deal to another stage, from where it was seen; a last stage decides it."""
    moved = deal_moves.move(session, viewer, deal_id, stage, now, seen=seen)
    deal_watch.look_at(session, {deal_id}, now)
    return moved


def _agent_of(session: Session, viewer: Viewer, deal_id: int, now: datetime) -> int:
    agent_id = deals.deal(session, viewer, deal_id, now).agent_id
    if agent_id is None:
        raise InputError(NOBODYS, code="nobodys_deal")
    return agent_id
