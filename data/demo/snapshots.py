"""How the demo's deals stood at the end of each of the last weeks' days: what the nightly job would have kept."""

from datetime import date, timedelta
from typing import Any, Final

from psycopg import Cursor

from data.demo.copying import Keys

KEPT_DAYS: Final = 35
"""Five weeks: enough to look back on a month."""
_KEEP: Final = """
    INSERT INTO deal_snapshot (day, deal_id, agent_id, pipeline, stage, status, amount_minor, expected_close_on)
    SELECT kept.day, d.id, d.agent_id, d.pipeline, entered.stage, CASE WHEN d.closed_on > kept.day THEN 'open' ELSE d.status END,
           CASE WHEN abs(hashtext(d.name)) %% 9 = 0 AND kept.day < %(today)s - abs(hashtext(d.company)) %% 28
                THEN round(d.amount_minor * (0.8 + abs(hashtext(d.name)) %% 5 * 0.1), -5) ELSE d.amount_minor END,
           d.expected_close_on
    FROM deal d
    CROSS JOIN (SELECT generate_series(%(first)s::date, %(last)s::date, '1 day')::date AS day) kept
    CROSS JOIN LATERAL (
        SELECT c.to_stage AS stage FROM stage_change c
        WHERE c.deal_id = d.id AND c.changed_on <= kept.day ORDER BY c.changed_at DESC LIMIT 1
    ) entered
    WHERE d.agent_id = ANY(%(people)s) AND d.created_on <= kept.day AND (d.closed_on IS NULL OR d.closed_on >= kept.day)
"""
"""Now and then an amount was thought of differently before: estimates change."""


def write_snapshots(cursor: Cursor[Any], today: date, keys: Keys) -> None:
    """Keep the days up to yesterday."""
    days = {"today": today, "first": today - timedelta(days=KEPT_DAYS), "last": today - timedelta(days=1)}
    cursor.execute(_KEEP, days | {"people": list(keys.people.values())})
