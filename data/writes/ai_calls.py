"""Questions to a language model, entered before they are asked and completed when they are answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AiCall
from domain.ai.outcome import Outcome

BUDGET_LOCK: Final = 727_013
"""Whoever may ask next waits until those before have entered what they take; nobody asks while holding it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRow:
    """A question as it is entered."""

    purpose: str
    prompt_version: str
    model: str
    most_tokens: int
    person_id: int | None
    agent_id: int | None


def hold_budget(session: Session) -> None:
    """Be the only one to look at and take from the budget until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(BUDGET_LOCK)))


def begin(session: Session, row: CallRow, now: datetime) -> int:
    """Enter a question with the most it can use; its number."""
    call = AiCall(
        purpose=row.purpose,
        prompt_version=row.prompt_version,
        model=row.model,
        tokens=row.most_tokens,
        outcome=Outcome.STARTED,
        person_id=row.person_id,
        agent_id=row.agent_id,
        at=now,
    )
    session.add(call)
    session.flush()
    return call.id or 0


def end(session: Session, call_id: int, outcome: Outcome, *, tokens: int | None, seconds: float) -> None:
    """What became of it; without a number of tokens what was entered stands."""
    used = {} if tokens is None else {"tokens": tokens}
    session.execute(update(AiCall).where(col(AiCall.id) == call_id).values(outcome=outcome, seconds=seconds, **used))
