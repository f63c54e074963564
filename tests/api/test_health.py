"""GET /api/health tells whether process, database and schema are in order, and nothing else."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

import api.routes.health as route
from data.engine import Database
from domain.errors import SetupError
from tests.api.whole import whole_api


@pytest.fixture
def api() -> Iterator[TestClient]:
    with TestClient(whole_api()) as client:
        yield client


def test_all_is_well(api: TestClient, fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "database", lambda: fresh_database)

    answer = api.get("/health")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "checks": {"process": "ok", "database": "ok", "migrations": "ok"}}


def test_a_schema_behind_the_code_is_not_well(api: TestClient, fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route, "database", lambda: fresh_database)
    fresh_database.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '0000'")))

    answer = api.get("/health")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "checks": {"process": "ok", "database": "ok", "migrations": "behind"}}


def test_a_database_that_is_gone_is_said_without_its_address(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Database("postgresql://somebody:hunter2@127.0.0.1:1/none")
    monkeypatch.setattr(route, "database", lambda: gone)

    answer = api.get("/health")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "checks": {"process": "ok", "database": "unavailable", "migrations": "unknown"}}


def test_no_database_at_all_is_an_answer_too(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Database:
        raise SetupError("DATABASE_URL is not set.")

    monkeypatch.setattr(route, "database", missing)

    assert api.get("/health").status_code == 503
