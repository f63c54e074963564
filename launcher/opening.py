"""The database a command works on: that of DATABASE_URL, else the embedded one, running already or started for the command."""

from collections.abc import Iterator
from contextlib import contextmanager

from data.engine import Database
from domain.errors import SetupError
from launcher.database import shared_database
from services.health import has_every_migration
from settings import settings


@contextmanager
def any_database() -> Iterator[Database]:
    """A database in whatever state its schema is."""
    chosen = settings()
    with shared_database(chosen) as url:
        database = Database(url)
        try:
            yield database
        finally:
            database.close()


@contextmanager
def ready_database() -> Iterator[Database]:
    """A database with every migration; SetupError otherwise."""
    with any_database() as database:
        with database.reading() as session:
            if not has_every_migration(session):
                raise SetupError("The database does not have the newest schema yet. Run: python manage.py migrate")
        yield database
