"""Writing targets: what was asked before a day stays as it was asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import KpiTarget
from domain.periods import Grain
from domain.profiles import DefaultTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPlace:
    """What is asked of whom: one metric per one length of time, of one agent, a team's agents, or everybody (neither id)."""

    metric_key: str
    grain: Grain
    team_id: int | None = None
    agent_id: int | None = None


def add_team_targets(session: Session, team_id: int, targets: Iterable[DefaultTarget], *, from_on: date) -> None:
    """Give the team these targets from a day on. The caller owns the transaction."""
    session.add_all(
        KpiTarget(metric_key=each.metric_key, grain=each.grain, team_id=team_id, target=Decimal(str(each.target)), from_on=from_on)
        for each in targets
    )
    session.flush()


def ask(session: Session, place: TargetPlace, target: Decimal, from_on: date, created_by: int | None) -> None:
    """Ask for the target from the day on, until the next one that is planned; what was asked until then ends the day before."""
    rows = _of(session, place)
    _end(session, rows, from_on)
    later = min((row.from_on for row in rows if row.from_on > from_on), default=None)
    session.add(KpiTarget(**_columns(place), target=target, from_on=from_on, until_on=later, created_by=created_by))


def stop_asking(session: Session, place: TargetPlace, from_on: date) -> bool:
    """Ask for nothing from the day on, until the next one that is planned; returns whether anything was asked."""
    return _end(session, _of(session, place), from_on)


def _end(session: Session, rows: Sequence[KpiTarget], on: date) -> bool:
    """The row of the day itself goes; one that was written in the same request must not meet the one after it."""
    running = [row for row in rows if row.from_on <= on and (row.until_on is None or row.until_on > on)]
    for row in running:
        if row.from_on == on:
            session.delete(row)
        else:
            row.until_on = on
    session.flush()
    return bool(running)


def _of(session: Session, place: TargetPlace) -> Sequence[KpiTarget]:
    same = (col(getattr(KpiTarget, name)).is_not_distinct_from(value) for name, value in _columns(place).items())
    return session.scalars(select(KpiTarget).where(*same).order_by(col(KpiTarget.from_on)).with_for_update()).all()


def _columns(place: TargetPlace) -> dict[str, Any]:
    return {"metric_key": place.metric_key, "grain": place.grain, "team_id": place.team_id, "agent_id": place.agent_id}
