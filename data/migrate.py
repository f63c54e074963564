"""Bring the schema to the newest revision, and tell whether it is there."""

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from data import changes, rollups

INI: Final = Path(__file__).resolve().parent.parent / "alembic.ini"
REVISION_TABLE: Final = "alembic_version"
FILLABLE: Final = "0023"
"""The revision at which old rows are filled, before the next one promises that none is left."""
MIGRATION_LOCK: Final = 727_001
"""Advisory lock: two processes that start together migrate one after the other."""


def config(connection: Connection) -> Config:
    """Alembic's configuration, working on this connection."""
    settings = Config(str(INI))
    settings.attributes["connection"] = connection
    return settings


def upgrade(connection: Connection) -> None:
    """Migrate to head and renew the triggers, in the caller's transaction."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    command.upgrade(config(connection), "head")
    rollups.install(connection)
    changes.install(connection)


def prepare(connection: Connection) -> None:
    """Migrate an older database to where its old moves can be filled in beside people at work; nothing where that is behind it."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
    command.upgrade(config(connection), FILLABLE)


def is_fillable(connection: Connection) -> bool:
    """Whether old moves wait to be filled in."""
    return revision(connection) == FILLABLE


def revision(connection: Connection) -> str | None:
    """The schema's revision; None for a database without our schema."""
    return MigrationContext.configure(connection).get_current_revision()


def knows(name: str) -> bool:
    """Whether a revision is one of ours, so that an older schema can be migrated up from it."""
    return name in {script.revision for script in ScriptDirectory(str(INI.parent / "data" / "migrations")).walk_revisions()}


def is_at_head(connection: Connection) -> bool:
    """Whether the database has every migration this code knows."""
    head = ScriptDirectory.from_config(config(connection)).get_current_head()
    return revision(connection) == head
