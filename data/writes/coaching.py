"""Keeping what the coach said, what its agent answered, and how a model did on the cases."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AiEvaluation, CoachingSession
from domain.coaching.texts.evaluation import Evaluated

_ROW = CoachingSession
_IDENTITY = ("purpose", "model", "prompt_version", "cases_version")


def keep(session: Session, values: dict[str, Any]) -> None:
    """Keep a text as it was shown; the same text again changes nothing."""
    session.execute(insert(_ROW).values(**values).on_conflict_do_nothing())


def answer(session: Session, agent_id: int, session_id: int, *, is_useful: bool, now: datetime) -> bool:
    """Keep what the agent says of a text of their own; whether there is one."""
    own = (col(_ROW.id) == session_id, col(_ROW.agent_id) == agent_id)
    said = session.execute(update(_ROW).where(*own).values(is_useful=is_useful, answered_at=now).returning(col(_ROW.id)))
    return said.first() is not None


def forget(session: Session, agent_id: int, kinds: Collection[str]) -> None:
    """Delete all of these kinds that was said to the agent."""
    session.execute(delete(_ROW).where(col(_ROW.agent_id) == agent_id, col(_ROW.kind).in_(sorted(kinds))))


def keep_evaluation(session: Session, purpose: str, cases_version: str, found: Evaluated, person_id: int | None) -> None:
    """Keep how a model did, in the place of the time before."""
    identity = {"purpose": purpose, "model": found.model, "prompt_version": found.prompt_version, "cases_version": cases_version}
    known = {**asdict(found.score), "at": found.at, "person_id": person_id}
    row = insert(AiEvaluation).values(**identity, **known)
    session.execute(row.on_conflict_do_update(index_elements=list(_IDENTITY), set_=known))
