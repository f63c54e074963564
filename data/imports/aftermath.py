"""What follows from stored records: deals know their latest activity, stage moves what they came from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from domain.records import WORK_TYPES

_WORK = ", ".join(f"'{kind.value}'" for kind in sorted(WORK_TYPES))
_DEALS_OF_BATCH = (
    "SELECT DISTINCT f.deal_id FROM {table} f JOIN import_change c ON c.record_id = f.id "
    "WHERE c.batch_id = :batch AND c.table_name = '{table}' AND f.deal_id IS NOT NULL"
)


def settle(session: Session, batch_id: int, table: str) -> None:
    """Bring what depends on the batch's records up to date."""
    if table == "activity":
        session.execute(text(_LATEST_ACTIVITY), {"batch": batch_id})
    if table == "stage_change":
        renew_from_stages(session, [row[0] for row in session.execute(text(_DEALS_OF_BATCH.format(table=table)), {"batch": batch_id})])


_LATEST_ACTIVITY = (
    "UPDATE deal d SET last_activity_at = latest.at, updated_at = now() FROM (SELECT a.deal_id, max(a.occurred_at) AS at FROM activity a "
    f"WHERE a.type IN ({_WORK}) AND a.deal_id IN ({_DEALS_OF_BATCH.format(table='activity')}) GROUP BY a.deal_id) latest "
    "WHERE d.id = latest.deal_id AND (d.last_activity_at IS NULL OR d.last_activity_at < latest.at)"
)


def renew_from_stages(session: Session, deal_ids: list[int]) -> None:
    """Let each imported move of these deals name the stage before it; the first has none."""
    session.execute(
        text(
            "UPDATE stage_change s SET from_stage = p.stage_before FROM (SELECT id, lag(to_stage) OVER "
            "(PARTITION BY deal_id ORDER BY changed_at, id) AS stage_before FROM stage_change WHERE deal_id = ANY(:deals)) p "
            "WHERE p.id = s.id AND s.external_id IS NOT NULL AND s.from_stage IS DISTINCT FROM p.stage_before"
        ),
        {"deals": deal_ids},
    )


def renew_latest_activities(session: Session, gone: Sequence[tuple[int, datetime]]) -> None:
    """After activities went (deal and moment each): deals whose latest activity was among them look for the latest of the rest."""
    session.execute(
        text(
            "UPDATE deal d SET last_activity_at = (SELECT max(a.occurred_at) FROM activity a "
            f"WHERE a.deal_id = d.id AND a.type IN ({_WORK})), updated_at = now() "
            "FROM (SELECT * FROM unnest(CAST(:deals AS bigint[]), CAST(:moments AS timestamptz[])) AS g(deal_id, at)) g "
            "WHERE d.id = g.deal_id AND d.last_activity_at = g.at"
        ),
        {"deals": [deal_id for deal_id, _ in gone], "moments": [moment for _, moment in gone]},
    )
