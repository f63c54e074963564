"""What somebody agrees to before a fact that only they see may go to a language model."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from data.queries import patterns as queries
from data.writes import coaching
from data.writes import patterns as writes
from domain.coaching.texts.text import CoachKind
from services import consents
from services.access import Viewer
from services.consents import Consent

ENERGY: Final = "ai_energy"
"""In which part of the day somebody says they have most and least energy, and by how many check-ins; no single one."""


def is_given(session: Session, person_id: int | None, purpose: str) -> bool:
    """Whether the person agrees to it now."""
    return person_id in queries.consenting(session, purpose)


def change_energy(session: Session, viewer: Viewer, *, is_given: bool, now: datetime) -> None:
    """Agree that the viewer's energy pattern goes to the model when they ask for words, or no more: then what was said of it is erased."""
    consents.note(session, viewer, Consent.AI_ENERGY, is_given=is_given, now=now)
    if is_given:
        writes.give_consent(session, viewer.person_id, ENERGY, now)
    else:
        writes.end_consent(session, viewer.person_id, ENERGY, now)
        coaching.forget(session, viewer.person_id, {CoachKind.ENERGY})
