"""A real PostgreSQL for every worker: one migrated template, one copy each, an open transaction per test."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as examples
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

import database as process_database
from data import migrate
from data.embedded import EmbeddedServer
from data.engine import Database, driver_url, writing_engine
from settings import settings
from tests import builders

# How long an example takes to make says how busy the machine is, and nothing about what is tested.
examples.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
examples.load_profile("any machine")

TEMPLATE = "pacesetter_template"
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of an own name is made in it
ROOM = 4 * 1024**3
"""Bytes: the databases of a whole run take about one gigabyte."""
URL_KEY = "server_url"


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts the server (or takes DATABASE_URL) and prepares the template; workers are told where it is."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # every process a test starts would compile the product anew
    if hasattr(config, "workerinput"):
        return
    url = os.environ.get("DATABASE_URL")
    if url is None:
        folder = Path(tempfile.mkdtemp(prefix="pacesetter-tests-", dir=_in_memory()))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
        server = EmbeddedServer(folder / "postgres", durable=False)
        url = server.start()
        config.add_cleanup(server.stop)
    config.stash[SERVER_URL] = url
    _make_template(url)


SERVER_URL = pytest.StashKey[str]()


def _in_memory() -> Path | None:
    """Where Linux keeps files in memory, if there is room for all databases: writing each test's to a disk takes a fifth of the time."""
    has_room = IN_MEMORY.is_dir() and os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= ROOM
    return IN_MEMORY if has_room else None


class _TellWorkers:
    """xdist's hook; registered only where xdist is."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: object) -> None:
        node.workerinput[URL_KEY] = node.config.stash[SERVER_URL]  # type: ignore[attr-defined]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Let xdist hand the server's URL on."""
    session.config.pluginmanager.register(_TellWorkers(), "tell-workers")


def _administer(url: str, *statements: str) -> None:
    engine = create_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def _named(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _make_template(url: str) -> None:
    _administer(url, f"DROP DATABASE IF EXISTS {TEMPLATE} WITH (FORCE)", f"CREATE DATABASE {TEMPLATE}")
    engine = writing_engine(_named(url, TEMPLATE))
    with engine.begin() as connection:
        migrate.upgrade(connection)
    engine.dispose()


@pytest.fixture(scope="session")
def server_url(request: pytest.FixtureRequest) -> str:
    """The server all workers share."""
    worker_input = getattr(request.config, "workerinput", None)
    return str(worker_input[URL_KEY]) if worker_input else request.config.stash[SERVER_URL]


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> str:
    """The xdist worker's name, or `main`."""
    worker_input = getattr(request.config, "workerinput", None)
    return str(worker_input["workerid"]) if worker_input else "main"


@pytest.fixture(scope="session")
def make_database(server_url: str, worker: str) -> Iterator[Callable[[str], str]]:
    """A function that makes a fresh migrated database under a name and returns its URL; all are dropped at the end."""
    made: list[str] = []

    def make(purpose: str) -> str:
        name = f"pacesetter_{purpose}_{worker}"
        _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        made.append(name)
        return _named(server_url, name)

    yield make
    _administer(server_url, *(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in made))


@pytest.fixture(scope="session")
def worker_url(make_database: Callable[[str], str]) -> str:
    """This worker's own database."""
    return make_database("worker")


@pytest.fixture(scope="session")
def worker_engine(worker_url: str) -> Iterator[Engine]:
    """One for all tests of a worker: what statements compile to is kept with it."""
    engine = writing_engine(worker_url)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(worker_engine: Engine) -> Iterator[Connection]:
    """A connection whose outer transaction is rolled back when the test ends."""
    with worker_engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def session(connection: Connection) -> Iterator[Session]:
    """A session inside the rolled-back transaction; its own commits are savepoints."""
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        yield session


@pytest.fixture(scope="session")
def shared_url(make_database: Callable[[str], str]) -> Iterator[str]:
    """The database all tests of a worker share that commit what they do."""
    yield make_database("shared")
    if process_database.database.cache_info().currsize:
        process_database.database().close()


@pytest.fixture
def own_database(shared_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """The process's database as pages and routes find it, empty.

    It is the same one in every test: with warm connections and compiled statements a test takes half the time.
    """
    monkeypatch.setenv("DATABASE_URL", shared_url)
    settings.cache_clear()
    if process_database.database().writer.url.database != make_url(shared_url).database:
        process_database.database().close()
        process_database.database.cache_clear()
    database = process_database.database()
    database.write(builders.as_made)
    yield database
    _come_back(database)
    settings.cache_clear()


@pytest.fixture
def fresh_database(make_database: Callable[[str], str]) -> Iterator[Database]:
    """An empty database of the test's own, for what must really commit."""
    database = Database(make_database("fresh"))
    yield database
    _come_back(database)
    database.close()


def _come_back(database: Database) -> None:
    """Wait for connections that a request's or a job's thread is just giving back; one that came after the close would lie open."""
    for _ in range(100):
        if not any(database.connections_in_use.values()):
            return
        time.sleep(0.05)
