"""The command line on a database of the test's own."""

from collections.abc import Callable, Iterator

import pytest
from typer.testing import CliRunner, Result

from commands.app import app
from data.engine import Database
from settings import settings

Manage = Callable[..., Result]


@pytest.fixture
def manage(fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Manage]:
    """`manage("demo", "load")` runs the command on `fresh_database` and returns its output and exit code."""
    url = fresh_database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    yield lambda *arguments: CliRunner().invoke(app, list(arguments))
    settings.cache_clear()
