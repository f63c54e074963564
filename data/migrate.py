"""Bring the schema to the newest revision, and tell whether it is there."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from data import rollups

INI: Final = Path(__file__).resolve().parent.parent / "alembic.ini"
MIGRATION_LOCK: Final = 727_001
"""Advisory lock: two processes that start together migrate one after the other."""


def config(connection: Connection) -> Config:
    """Alembic's configuration, working on this connection."""
    settings = Config(str(INI))
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection) -> None:
    """Migrate to head and renew the roll-up triggers, in the caller's transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    command.upgrade(config(connection), "head")
    rollups.install(connection)


def is_at_head(connection: Connection) -> bool:
    """Whether the database has every migration this code knows."""
    head = ScriptDirectory.from_config(config(connection)).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head
