"""The process's database, opened once from the settings; only entry points (pages, API, jobs, commands) import it."""

from functools import cache

from data.engine import Database
from domain.errors import SetupError
from settings import settings


@cache
def database() -> Database:
    """The database of DATABASE_URL; `make run` sets it for the embedded server."""
    chosen = settings()
    if chosen.database_url is None:
        msg = "DATABASE_URL is not set. Start with `make run`, which brings its own PostgreSQL, or set DATABASE_URL."
        raise SetupError(msg)
    return Database(chosen.database_url, chosen.database_read_url)
