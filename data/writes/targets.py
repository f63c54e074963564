"""Writing targets."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from data.models import KpiTarget
from domain.profiles import DefaultTarget


def add_team_targets(session: Session, team_id: int, targets: Iterable[DefaultTarget], *, from_on: date) -> None:
    """Give the team these targets from a day on. The caller owns the transaction."""
    session.add_all(
        KpiTarget(metric_key=each.metric_key, grain=each.grain, team_id=team_id, target=Decimal(str(each.target)), from_on=from_on)
        for each in targets
    )
    session.flush()
