"""Whether one is named on colleagues' leaderboards, and as what: nobody is until they say so, and everybody can stop it."""

from datetime import datetime
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from data.queries import leaderboard_choices as queries
from data.queries.leaderboard_choices import Choice
from data.writes import leaderboard_choices as writes
from domain.errors import ConflictError
from services import consents
from services.access import Viewer, require_role
from services.activity_input import Words
from services.consents import Consent
from services.inputs import validated

__all__ = ["LONGEST_ALIAS", "Choice", "choice_of", "choose"]

LONGEST_ALIAS: Final = 40
TAKEN: Final = "Somebody has this name already. Choose another alias, so that nobody is taken for somebody else."


class _Said(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True)

    alias: Annotated[Words, Field(max_length=LONGEST_ALIAS)]


def choice_of(session: Session, viewer: Viewer) -> Choice:
    """What the viewer chose."""
    return queries.choice_of(session, viewer.person_id)


def choose(session: Session, viewer: Viewer, now: datetime, *, is_listed: bool, alias: str) -> None:
    """Be named from now on, by an alias where there is one, or not any more.

    Raises InputError for an alias that is too long, ConflictError for somebody else's name.
    """
    require_role(viewer, {viewer.role})
    said = validated(_Said, {"alias": alias}).alias
    if said and queries.is_taken(session, viewer.person_id, said):
        raise ConflictError(TAKEN, code="taken")
    writes.put_choice(session, viewer.person_id, is_listed=is_listed, alias=said)
    consents.note(session, viewer, Consent.LEADERBOARD, is_given=is_listed, now=now)
