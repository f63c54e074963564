"""GET /api/health/jobs: 503 when jobs or messages stand still, naming which, to anybody who asks."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

import api.routes.job_health as route
import clock
from data.engine import Database
from data.models import JobStatus
from jobs.pulse import BEAT_SECONDS
from tests import builders
from tests.api.conftest import Ask


def _beat(session: Session) -> None:
    builders.heartbeat(session)


def test_all_is_well(ask: Ask, api_database: Database) -> None:
    api_database.write(_beat)

    answer = ask("GET", "/health/jobs")

    assert answer.status_code == 200
    told = answer.json()
    assert told.pop("heartbeat_age_seconds") <= BEAT_SECONDS
    assert told == {
        "status": "ok",
        "checks": {"database": "ok", "heartbeat": "ok", "jobs": "ok", "outbox": "ok"},
        "outbox_oldest_seconds": None,
        "late_jobs": [],
        "silent_jobs": [],
        "dead_jobs": [],
        "dead_slots": 0,
    }


def test_a_process_that_was_never_started_is_not_well(ask: Ask) -> None:
    answer = ask("GET", "/health/jobs")

    assert answer.status_code == 503
    assert answer.json()["checks"]["heartbeat"] == "never"


def test_silence_is_not_well(ask: Ask, api_database: Database) -> None:
    api_database.write(lambda session: builders.heartbeat(session, ago=timedelta(seconds=100)))

    answer = ask("GET", "/health/jobs")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "heartbeat": "late", "jobs": "ok", "outbox": "ok"}
    assert 100 <= answer.json()["heartbeat_age_seconds"] < 130


def test_what_is_late_and_dead_is_named_and_nothing_else_is_told(ask: Ask, api_database: Database) -> None:
    now = clock.now()

    def fill(session: Session) -> None:
        _beat(session)
        builders.job_run(session, due_at=now - timedelta(hours=1))
        builders.job_run(session, job="snapshots", due_at=now - timedelta(days=1), status=JobStatus.DEAD, error="KeyError: Nora")
        channel = builders.channel(session, label="Nora's Slack", sealed_address="sealed")
        builders.message(session, channel, at=now - timedelta(minutes=20), title="Nora is behind")

    api_database.write(fill)

    answer = ask("GET", "/health/jobs")

    assert answer.status_code == 503
    assert answer.json()["checks"] == {"database": "ok", "heartbeat": "ok", "jobs": "late", "outbox": "late"}
    assert (answer.json()["late_jobs"], answer.json()["dead_jobs"], answer.json()["dead_slots"]) == (["rankings"], ["snapshots"], 1)
    assert 1200 <= answer.json()["outbox_oldest_seconds"] < 1230
    assert b"Nora" not in answer.content
    assert b"sealed" not in answer.content


def test_a_database_that_is_gone_is_said_without_its_address(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Database("postgresql://somebody:hunter2@127.0.0.1:1/none")
    monkeypatch.setattr(route, "database", lambda: gone)

    answer = ask("GET", "/health/jobs")

    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "checks": {"database": "unavailable"}}
