"""What a language model was asked and what that used."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AiCall
from domain.ai.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Tokens since a moment."""

    by_all: int
    by_person: int


def used(session: Session, person_id: int | None, since: datetime) -> Used:
    """By everybody together, and by the person."""
    own = func.sum(case((col(AiCall.person_id) == person_id, col(AiCall.tokens)), else_=0))
    row = session.execute(select(func.sum(col(AiCall.tokens)), own).where(col(AiCall.at) >= since)).one()
    return Used(by_all=int(row[0] or 0), by_person=int(row[1] or 0))


def outcomes(session: Session, since: datetime) -> Mapping[Outcome, int]:
    """How many questions ended how."""
    rows = session.execute(select(col(AiCall.outcome), func.count()).where(col(AiCall.at) >= since).group_by(col(AiCall.outcome)))
    return {row[0]: int(row[1]) for row in rows}
