"""1:1s prepared and what is promised in them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import OneOnOne, OneOnOneCommitment


def prepare(session: Session, agent_id: int, manager_id: int, planned_on: date) -> int:
    """A talk of these two; the one they prepare already where there is one. Its id."""
    row = insert(OneOnOne).values(agent_id=agent_id, manager_id=manager_id, planned_on=planned_on)
    kept = row.on_conflict_do_update(
        index_elements=["agent_id", "manager_id"],
        index_where=col(OneOnOne.held_on).is_(None),
        set_={"agent_id": agent_id},
    )
    return session.execute(kept.returning(col(OneOnOne.id))).scalar_one() or 0


def promise(session: Session, talk: OneOnOne, words: str, made_on: date, due_on: date) -> OneOnOneCommitment:
    """A promise of the talk's agent."""
    made = OneOnOneCommitment(one_on_one_id=talk.id, agent_id=talk.agent_id, words=words, made_on=made_on, due_on=due_on)
    session.add(made)
    session.flush()
    return made


def promises_in(session: Session, talk_id: int) -> int:
    """How many were made in the talk."""
    return session.scalar(select(func.count()).select_from(OneOnOneCommitment).where(col(OneOnOneCommitment.one_on_one_id) == talk_id)) or 0
