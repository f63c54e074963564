"""The schema goes up, down and up again on data, and is the same however it was reached."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, text

from data import demo, migrate, rollups
from data.demo import Size
from data.engine import Database
from data.models import daily_metrics
from domain.counters import COUNTER_NAMES

TODAY = date(2026, 3, 10)
SCHEMA = (
    (
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns "
        "WHERE table_schema = 'public' ORDER BY 1, 2"
    ),
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
    ),
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
)


def schema(connection: Connection) -> list[list[tuple[Any, ...]]]:
    """Everything the migrations are responsible for."""
    return [[tuple(row) for row in connection.execute(text(query))] for query in SCHEMA]


def downgrade(connection: Connection, revision: str = "base") -> None:
    command.downgrade(migrate.config(connection), revision)


@pytest.fixture
def fresh(fresh_database: Database) -> Iterator[Connection]:
    """A connection to a migrated database of the test's own."""
    with fresh_database.writer.connect() as connection:
        yield connection


def test_the_models_and_the_migrations_agree(fresh: Connection) -> None:
    command.check(migrate.config(fresh))


def test_down_leaves_nothing_and_up_again_gives_the_same_schema(fresh: Connection) -> None:
    installed = schema(fresh)
    downgrade(fresh)
    columns, _, _, triggers, functions = schema(fresh)
    assert [column[:2] for column in columns] == [("alembic_version", "version_num")]
    assert (triggers, functions) == ([], [])
    migrate.upgrade(fresh)
    assert schema(fresh) == installed


def test_going_down_and_up_works_on_data_and_the_data_can_come_back(fresh_database: Database) -> None:
    fresh_database.write(lambda session: demo.load(session, today=TODAY, size=Size.SMALL))
    with fresh_database.writer.begin() as connection:
        downgrade(connection)
        migrate.upgrade(connection)
    fresh_database.write(lambda session: demo.load(session, today=TODAY, size=Size.SMALL))
    with fresh_database.writer.begin() as connection:
        assert rollups.drift(connection) == []


def test_upgrading_twice_changes_nothing(fresh: Connection) -> None:
    installed = schema(fresh)
    migrate.upgrade(fresh)
    assert schema(fresh) == installed
    assert migrate.is_at_head(fresh)


def test_a_database_below_head_is_told_apart(fresh: Connection) -> None:
    downgrade(fresh)
    assert not migrate.is_at_head(fresh)


def test_the_roll_up_functions_are_those_that_are_rendered(fresh: Connection) -> None:
    named = {rollups.function_name(table, event) for table in rollups.FACT_TABLES for event in rollups.EVENTS}
    stored = fresh.execute(text("SELECT proname FROM pg_proc WHERE proname LIKE 'roll_up%'")).scalars()
    triggers = fresh.execute(text("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgname LIKE 'roll_up%'"))
    assert set(stored) == named
    assert {f"roll_up_{table}_{name.removeprefix('roll_up_')}" for table, name in triggers} == named


def test_an_older_trigger_function_is_renewed_by_an_upgrade(fresh: Connection) -> None:
    installed = schema(fresh)
    fresh.exec_driver_sql("CREATE OR REPLACE FUNCTION roll_up_lead_insert() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")
    assert schema(fresh) != installed
    migrate.upgrade(fresh)
    assert schema(fresh) == installed


def test_the_roll_up_has_a_column_for_every_counter() -> None:
    assert set(COUNTER_NAMES) <= set(daily_metrics.c.keys())


def test_the_audit_log_refuses_to_forget(fresh: Connection) -> None:
    fresh.execute(text("INSERT INTO audit_log (action) VALUES ('tested')"))
    with pytest.raises(Exception, match="append-only"):
        fresh.execute(text("DELETE FROM audit_log"))


def test_pauses_and_choices_of_reports_move_to_tables_of_their_own_and_back(fresh: Connection) -> None:
    downgrade(fresh, "0004")
    fresh.execute(
        text(
            "INSERT INTO person (id, name, role, time_zone, must_change_password, active, is_demo) "
            "VALUES (7, 'Ann', 'agent', 'UTC', false, true, false)"
        )
    )
    plan = '{"plan": {"x": 1}, "pauses": [["2026-03-02", "2026-03-04"], ["2026-03-05", "2026-03-05"]]}'
    goal = "INSERT INTO goal (id, agent_id, period, metric_key, target, starts_on, ends_on, analysis) VALUES "
    fresh.execute(text(goal + "(1, 7, 'monthly', 'calls', 40, '2026-03-01', '2026-04-01', CAST(:plan AS jsonb))"), {"plan": plan})
    for at, weekly in (("2026-03-01", "true"), ("2026-03-02", "false")):
        said = f'{{"weekly": {weekly}, "monthly": true}}'
        entry = "INSERT INTO audit_log (at, person_id, action, details) VALUES (CAST(:at AS date), 7, :chosen, CAST(:said AS jsonb))"
        fresh.execute(text(entry), {"at": at, "chosen": "reports_chosen", "said": said})
    migrate.upgrade(fresh)
    assert fresh.execute(text("SELECT goal_id, from_on, until_on FROM goal_pause")).all() == [(1, date(2026, 3, 2), date(2026, 3, 4))]
    assert fresh.execute(text("SELECT analysis FROM goal")).scalar_one() == {"plan": {"x": 1}}
    assert fresh.execute(text("SELECT person_id, weekly, monthly FROM report_choice")).all() == [(7, False, True)]
    downgrade(fresh, "0004")
    assert fresh.execute(text("SELECT analysis->'pauses' FROM goal")).scalar_one() == [["2026-03-02", "2026-03-04"]]
