"""Closing days, and keeping how somebody wants them counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import DailyScore, StreakSetting
from domain.coaching.streaks import Step


def put_days(session: Session, agent_id: int, closed: Sequence[tuple[Step, int, float | None]]) -> int:
    """Keep each day with its points and the share of its must-dos, in the place of what was kept; returns how many."""
    rows = [_row(agent_id, step, points, share) for step, points, share in closed]
    if not rows:
        return 0
    fresh = insert(DailyScore).values(rows)
    again = {name: fresh.excluded[name] for name in rows[0] if name not in {"agent_id", "day"}}
    session.execute(fresh.on_conflict_do_update(index_elements=["agent_id", "day"], set_=again))
    return len(rows)


def put_settings(session: Session, agent_id: int, fields: Mapping[str, Any]) -> None:
    """Keep these settings of the agent; the others stay."""
    row = insert(StreakSetting).values(agent_id=agent_id, **fields)
    session.execute(row.on_conflict_do_update(index_elements=["agent_id"], set_=dict(fields)))


def _row(agent_id: int, step: Step, points: int, share: float | None) -> dict[str, Any]:
    return {
        "agent_id": agent_id,
        "day": step.day.on,
        "completion_share": share,
        "points": points,
        "state": step.state,
        "done": step.day.done,
        "minimum": step.day.minimum,
        "length": step.after.length,
        "best": step.after.best,
        "freezes": step.after.freezes,
        "towards": step.after.towards,
    }
