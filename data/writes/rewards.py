"""Promising rewards, claiming and deciding."""

from datetime import datetime

from sqlalchemy import CursorResult, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import Reward, RewardClaim
from domain.coaching.rewards import ClaimState


def add(session: Session, row: Reward) -> int:
    """Keep a new reward and return its id."""
    session.add(row)
    session.flush()
    return row.id or 0


def end(session: Session, reward_id: int) -> None:
    """Offer it no more; what was claimed stays."""
    session.execute(update(Reward).where(col(Reward.id) == reward_id).values(is_active=False))


def claim(session: Session, reward_id: int, agent_id: int, now: datetime) -> bool:
    """Claim it, or once more after it was declined; False where a claim waits or was approved."""
    fresh = {"state": ClaimState.CLAIMED, "claimed_at": now, "word": "", "decided_by": None, "decided_at": None}
    row = insert(RewardClaim).values(reward_id=reward_id, agent_id=agent_id, **fresh)
    again = row.on_conflict_do_update(
        index_elements=["reward_id", "agent_id"], set_=fresh, where=col(RewardClaim.state) == ClaimState.DECLINED
    )
    return session.scalar(again.returning(col(RewardClaim.id))) is not None


def decide(session: Session, claim_id: int, state: ClaimState, word: str, by: int, now: datetime) -> bool:
    """Decide a claim that waits; False where somebody decided it meanwhile."""
    waiting = (col(RewardClaim.id) == claim_id, col(RewardClaim.state) == ClaimState.CLAIMED)
    decided = {"state": state, "word": word, "decided_by": by, "decided_at": now}
    done: CursorResult[tuple[()]] = session.execute(update(RewardClaim).where(*waiting).values(**decided))  # type: ignore[assignment]
    return done.rowcount == 1
