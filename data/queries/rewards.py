"""Rewards on offer, and the claims the viewer may see."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, literal, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Person, Reward, RewardClaim
from data.queries.scope import visible
from domain.access import Scope
from domain.coaching.rewards import ClaimState


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardEntry:
    """A reward and its milestone: a level of play or an achievement's key."""

    id: int
    name: str
    play_level: int | None
    achievement: str
    is_active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What an agent asked for, and what was decided."""

    id: int
    reward_id: int
    reward: str
    agent_id: int
    agent: str
    state: ClaimState
    word: str
    claimed_at: datetime


def rewards(session: Session) -> list[RewardEntry]:
    """Everything ever promised, in the order it was."""
    return [_reward(row) for row in session.scalars(select(Reward).order_by(col(Reward.id)))]


def reward(session: Session, reward_id: int) -> RewardEntry | None:
    """One reward."""
    row = session.get(Reward, reward_id)
    return _reward(row) if row else None


def claims_of(session: Session, agent_id: int) -> list[Claim]:
    """One agent's."""
    return _claims(session, col(RewardClaim.agent_id) == agent_id)


def open_claims(session: Session, scope: Scope, today: date) -> list[Claim]:
    """Those that wait for a decision, of the agents whose today the viewer may see, without the viewer's own."""
    agent = col(RewardClaim.agent_id)
    waiting = (col(RewardClaim.state) == ClaimState.CLAIMED) & (agent != scope.viewer_id)
    return _claims(session, waiting & visible(agent, literal(today, Date), scope))


def _claims(session: Session, wanted: ColumnElement[bool]) -> list[Claim]:
    query = select(RewardClaim, col(Reward.name), col(Person.name)).join(Reward, col(Reward.id) == col(RewardClaim.reward_id))
    query = query.join(Person, col(Person.id) == col(RewardClaim.agent_id)).where(wanted).order_by(col(RewardClaim.id))
    return [
        Claim(
            id=row.id or 0,
            reward_id=row.reward_id,
            reward=name,
            agent_id=row.agent_id,
            agent=agent,
            state=row.state,
            word=row.word,
            claimed_at=row.claimed_at,
        )
        for row, name, agent in session.execute(query)
    ]


def _reward(row: Reward) -> RewardEntry:
    return RewardEntry(id=row.id or 0, name=row.name, play_level=row.play_level, achievement=row.achievement, is_active=row.is_active)
