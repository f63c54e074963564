"""Training modules a calendar entry can be booked for."""

from sqlalchemy.orm import Session

from data.queries import training
from domain.facts import LinkChoice


def modules_on_offer(session: Session) -> list[LinkChoice]:
    """The modules that are offered, by title; everybody may book them."""
    return training.modules_on_offer(session)
