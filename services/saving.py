"""Flushing with the database's objections put into words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain.errors import ConflictError

_TAKEN: Final = {
    "uq_person_email": "Somebody with this e-mail exists already.",
    "uq_person_external_id": "Somebody with this external id exists already.",
    "uq_lead_origin_external": "This external id was stored just now. Send it again.",
    "uq_deal_origin_external": "This external id was stored just now. Send it again.",
    "uq_training_module_title": "There is a training module of this title already.",
    "uq_team_name": "There is a team of this name already.",
    "uq_deal_monitoring_running": "Somebody started monitoring at the same moment. Look at what runs now.",
    "uq_kpi_target": "Somebody set this target at the same moment. Look at what it is now.",
    "uq_goal_agent_period": "There is a goal of this kind for these days already. Change that one, or tell them apart by a name.",
}


def save(session: Session) -> None:
    """Send the changes to the database; ConflictError when a name that must be unique is taken."""
    with said_in_words(session):
        session.flush()


@contextmanager
def said_in_words(session: Session) -> Iterator[None]:
    """What is written inside, or nothing of it: ConflictError when a name that must be unique is taken."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        constraint = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        if constraint not in _TAKEN:
            raise
        raise ConflictError(_TAKEN[constraint], code="taken") from None
