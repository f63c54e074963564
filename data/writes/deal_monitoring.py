"""Putting down that a schedule was due, and what people were told."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import MonitoringRun, MonitoringTold


def begin_run(session: Session, monitoring_id: int, slot_at: datetime, now: datetime, *, deals: int) -> int | None:
    """Put a slot down; its run's id, or None where it is known already, whichever process was first."""
    values = {"monitoring_id": monitoring_id, "slot_at": slot_at, "began_at": now, "deals": deals}
    statement = insert(MonitoringRun).values(values).on_conflict_do_nothing(index_elements=["monitoring_id", "slot_at"])
    return session.scalar(statement.returning(col(MonitoringRun.id)))


def end_runs(session: Session, monitoring_id: int, now: datetime) -> None:
    """End what a schedule began and nobody is to be told of any more."""
    row = MonitoringRun
    wanted = (col(row.monitoring_id) == monitoring_id, col(row.finished_at).is_(None))
    session.execute(update(row).where(*wanted).values(finished_at=now), execution_options={"synchronize_session": False})


def keep_told(session: Session, digests: Mapping[tuple[int, int], str], now: datetime) -> None:
    """Remember what people were told, by person and deal."""
    rows = [
        {"person_id": person_id, "deal_id": deal_id, "digest": digest, "told_at": now}
        for (person_id, deal_id), digest in sorted(digests.items())
    ]
    if not rows:
        return
    statement = insert(MonitoringTold)
    said = {"digest": statement.excluded.digest, "told_at": statement.excluded.told_at}
    session.execute(statement.on_conflict_do_update(index_elements=["person_id", "deal_id"], set_=said), rows)
