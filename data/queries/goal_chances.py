"""How likely goals were, day by day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import GoalChance


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChance:
    """How likely a goal was at the end of a day."""

    day: date
    chance: float


def lines(session: Session, goal_ids: Collection[int]) -> dict[int, list[DayChance]]:
    """The chances of these goals, oldest first."""
    found: dict[int, list[DayChance]] = {goal_id: [] for goal_id in goal_ids}
    query = select(GoalChance).where(col(GoalChance.goal_id).in_(sorted(goal_ids))).order_by(col(GoalChance.day))
    for row in session.scalars(query) if goal_ids else ():
        found[row.goal_id].append(DayChance(day=row.day, chance=row.chance))
    return found


def latest(session: Session, goal_ids: Collection[int], since: date) -> dict[int, float]:
    """The newest chance of each of these goals, where one is known since the day."""
    wanted = (col(GoalChance.goal_id).in_(sorted(goal_ids)), col(GoalChance.day) >= since)
    oldest_first = select(GoalChance).where(*wanted).order_by(col(GoalChance.day))
    return {row.goal_id: row.chance for row in session.scalars(oldest_first)} if goal_ids else {}
