"""How likely goals were, kept day by day."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import GoalChance


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChance:
    """How likely a goal was, and how far it was in its metric's unit, money in major units."""

    goal_id: int
    chance: float
    value: Decimal


def put_chances(session: Session, day: date, rows: Sequence[KeptChance]) -> int:
    """Keep the chance and the value of each goal for the day, in the place of what was kept; returns how many."""
    if not rows:
        return 0
    fresh = insert(GoalChance).values([{**asdict(row), "day": day} for row in rows])
    again = {"chance": fresh.excluded.chance, "value": fresh.excluded.value}
    session.execute(fresh.on_conflict_do_update(index_elements=["goal_id", "day"], set_=again))
    return len(rows)
