"""What jobs work out and keep, replaced a day at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import delete, insert, text
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import DealSnapshot, TeamRanking

_SNAPSHOT: Final = text(
    """
    INSERT INTO deal_snapshot (day, deal_id, agent_id, pipeline, stage, status, amount_minor, expected_close_on)
    SELECT :day, id, agent_id, pipeline, stage, CASE WHEN closed_on > :day THEN 'open' ELSE status END, amount_minor, expected_close_on
    FROM deal
    WHERE (created_on IS NULL OR created_on <= :day) AND (closed_on IS NULL OR closed_on >= :day)
    RETURNING deal_id
    """
)


def replace_snapshots(session: Session, day: date) -> int:
    """Keep how deals stand as the day's state: what was open at its end and what was closed on it; returns how many."""
    session.execute(delete(DealSnapshot).where(col(DealSnapshot.day) == day))
    return len(session.execute(_SNAPSHOT, {"day": day}).all())


def replace_ranking(session: Session, team_id: int, day: date, rows: Sequence[TeamRanking]) -> None:
    """Keep a team's places of a day instead of what was kept before."""
    session.execute(delete(TeamRanking).where(col(TeamRanking.team_id) == team_id, col(TeamRanking.day) == day))
    if rows:
        session.execute(insert(TeamRanking), [row.model_dump() for row in rows])
