"""Granting achievements, once for each agent and period, and what becomes of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import AchievementGrant
from domain.coaching.achievements import GrantState


def grant(session: Session, fields: Mapping[str, Any], now: datetime) -> bool:
    """Keep what was earned; False where it was kept before."""
    row = insert(AchievementGrant).values(**fields, state=GrantState.HELD, granted_at=now)
    return session.scalar(row.on_conflict_do_nothing().returning(col(AchievementGrant.id))) is not None


def put_state(session: Session, grant_id: int, state: GrantState) -> None:
    """Say whether it still holds."""
    session.execute(update(AchievementGrant).where(col(AchievementGrant.id) == grant_id).values(state=state))


def review(session: Session, achievement: str) -> None:
    """Put whoever holds it under review: its facts do not reach it any more."""
    row = AchievementGrant
    held = (col(row.achievement) == achievement, col(row.state) == GrantState.HELD)
    session.execute(update(row).where(*held).values(state=GrantState.UNDER_REVIEW))


def pass_on(session: Session, achievement: str, holder_id: int, period: str, value: float) -> None:
    """Let one agent hold the record of a period with what they reached, and everybody who held it before have passed it on."""
    row = AchievementGrant
    mine = (col(row.agent_id) == holder_id) & (col(row.period) == period)
    of_it = col(row.achievement) == achievement
    session.execute(update(row).where(of_it, ~mine, col(row.state) != GrantState.PASSED_ON).values(state=GrantState.PASSED_ON))
    session.execute(update(row).where(of_it, mine).values(state=GrantState.HELD, value=value))
