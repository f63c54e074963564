"""What the administrators are told about jobs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session


def tell_given_up(session: Session, job: str, slot: str, error: str, now: datetime) -> None:
    """A slot failed for the last time."""
    del session, job, slot, error, now


def tell_drift(session: Session, slot: str, corrected: int, days: Sequence[str], now: datetime) -> None:
    """Stored daily numbers differed from a recount, and were corrected."""
    del session, slot, corrected, days, now
