"""What follows from stored records: deals know their latest activity, stage moves what they came from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from data.imports.change_log import created_hash
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
    if table == "deal":
        _remember_moves(session, batch_id)
    if table == "stage_change":
        renew_from_stages(session, [row[0] for row in session.execute(text(_DEALS_OF_BATCH.format(table=table)), {"batch": batch_id})])


_LATEST_ACTIVITY = (
    "UPDATE deal d SET last_activity_at = latest.at, updated_at = now() FROM (SELECT a.deal_id, max(a.occurred_at) AS at FROM activity a "
    f"WHERE a.type IN ({_WORK}) AND a.deal_id IN ({_DEALS_OF_BATCH.format(table='activity')}) GROUP BY a.deal_id) latest "
    "WHERE d.id = latest.deal_id AND (d.last_activity_at IS NULL OR d.last_activity_at < latest.at)"
)


_TOLD = "d.stage_entered_at IS DISTINCT FROM CAST(c.before ->> 'stage_entered_at' AS timestamptz) AND d.stage_entered_at IS NOT NULL"
_AT = f"CASE WHEN {_TOLD} THEN d.stage_entered_at ELSE b.imported_at END"
_MOVES = (
    "WITH entered AS (SELECT d.id AS deal_id, nullif(c.before ->> 'stage', '') AS from_stage, d.stage AS to_stage, "
    f"{_AT} AS changed_at, CAST(({_AT}) AT TIME ZONE coalesce(p.time_zone, 'UTC') AS date) AS changed_on, b.imported_by, d.origin "
    "FROM import_change c JOIN import_batch b ON b.id = c.batch_id JOIN deal d ON d.id = c.record_id "
    "LEFT JOIN person p ON p.id = d.agent_id "
    "WHERE c.batch_id = :batch AND c.table_name = 'deal' AND c.before ->> 'stage' IS DISTINCT FROM d.stage AND c.before IS NOT NULL "
    "AND d.stage <> ''), "
    "dated AS (UPDATE deal d SET stage_entered_at = e.changed_at FROM entered e WHERE d.id = e.deal_id RETURNING 1), "
    "made AS (INSERT INTO stage_change (deal_id, from_stage, to_stage, changed_at, changed_on, changed_by, origin) "
    f"SELECT * FROM entered RETURNING id, {created_hash('stage_change', 'stage_change')} AS after_md5) "
    "INSERT INTO import_change (batch_id, table_name, record_id, after_md5) SELECT :batch, 'stage_change', id, after_md5 FROM made"
)


def _remember_moves(session: Session, batch_id: int) -> None:
    """A known deal that the file has in another stage has moved: when the file says, else when it was brought in, by whoever did."""
    session.execute(text(_MOVES), {"batch": batch_id})


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
