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
