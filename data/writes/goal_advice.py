"""What somebody decided about a proposed target."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from data.models import GoalAdvice
from data.models.plans import ADVICE_KEY
from domain.records import AdviceKind, Decision, GoalPeriod


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRow:
    """A decision as it is written; targets in the metric's unit, money in major units."""

    agent_id: int
    goal_id: int | None
    period: GoalPeriod
    metric_key: str
    starts_on: date
    kind: AdviceKind
    suggested: Decimal
    evidence: Mapping[str, object]
    decision: Decision
    chosen: Decimal | None
    decided_by: int | None


def put_advice(session: Session, row: AdviceRow, now: datetime) -> None:
    """Keep the decision, in the place of what was decided about the very same proposal before."""
    values = {name: getattr(row, name) for name in row.__dataclass_fields__} | {"decided_at": now}
    statement = insert(GoalAdvice).values(**values)
    changed = {name: statement.excluded[name] for name in values if name not in ADVICE_KEY}
    session.execute(statement.on_conflict_do_update(index_elements=ADVICE_KEY, set_=changed))
