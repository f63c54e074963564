"""Where benchmarks run: databases of their own on DATABASE_URL's server, or on an embedded one in a cache folder."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine, make_url, text

from data.embedded import EmbeddedServer
from data.engine import driver_url
from settings import settings

CACHE_FOLDER = "benchmarks"


@contextmanager
def benchmark_server() -> Iterator[str]:
    """The URL of a server to make benchmark databases on; the database DATABASE_URL names is never touched."""
    chosen = settings()
    if chosen.database_url is not None:
        yield chosen.database_url
        return
    folder = chosen.home / CACHE_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    server = EmbeddedServer(folder / "postgres")
    url = server.start()
    try:
        yield url
    finally:
        server.stop()


def named(url: str, name: str) -> str:
    """The same server's database of this name."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def administer(url: str, *statements: str) -> None:
    """Run statements that cannot be part of a transaction."""
    engine = create_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def database_comment(url: str, name: str) -> str | None:
    """What a database's comment says, or None without such a database."""
    engine = create_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    query = text("SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database WHERE datname = :name")
    with engine.connect() as connection:
        comment = connection.execute(query, {"name": name}).scalar_one_or_none()
    engine.dispose()
    return comment
