"""GET /api/metrics speaks Prometheus' format to the bearer of its token, and to nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy.orm import Session

import api.routes.metrics as route
import clock
from data.engine import Database
from data.models import Delivery, DeliveryResult, ImportBatch, JobStatus, MessageStatus
from services import audit, telemetry
from services.audit import Action
from settings import settings
from tests import builders
from tests.api.conftest import Ask

TOKEN = "scrape-me-0123456789"
Values = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def scraped(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Values]:
    """A function that asks with the token and returns every sample by name and labels."""
    monkeypatch.setenv("PACESETTER_METRICS_TOKEN", TOKEN)
    settings.cache_clear()

    def scrape() -> Values:
        answer = ask("GET", "/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == telemetry.CONTENT_TYPE
        families = text_string_to_metric_families(answer.text)
        return {(each.name, tuple(sorted(each.labels.items()))): each.value for family in families for each in family.samples}

    return scrape


def of(values: Values, name: str, **labels: str) -> float:
    return values[name, tuple(sorted(labels.items()))]


def test_without_a_token_in_the_settings_the_address_does_not_exist(ask: Ask) -> None:
    answer = ask("GET", "/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404
    assert answer.json()["error"]["message"] == "There is nothing at this address."


@pytest.mark.parametrize("header", [None, "", "Bearer ", f"Bearer {TOKEN}x", f"bearer-{TOKEN}", f"Basic {TOKEN}", TOKEN])
def test_only_the_token_opens_it(ask: Ask, scraped: object, header: str | None) -> None:
    del scraped
    answer = ask("GET", "/metrics", headers={"Authorization": header} if header is not None else {})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_jobs_messages_imports_and_sign_ins_are_told_from_the_database(scraped: Callable[[], Values], api_database: Database) -> None:
    now = clock.now()
    finished = now - timedelta(minutes=5)

    def fill(session: Session) -> None:
        builders.heartbeat(session)
        builders.job_run(session, due_at=finished, status=JobStatus.OK, started_at=finished - timedelta(seconds=2), finished_at=finished)
        builders.job_run(session, due_at=now - timedelta(hours=1))
        builders.job_run(session, job="digest", due_at=finished, status=JobStatus.DEAD, attempts=5)
        channel = builders.channel(session, kind="slack", label="Nora's room")
        builders.message(session, channel, at=now - timedelta(minutes=3))
        gone = builders.message(session, channel, at=finished, status=MessageStatus.SENT, sent_at=finished)
        session.add(Delivery(message_id=gone.id, attempted_at=finished, result=DeliveryResult.RETRY))
        session.add(Delivery(message_id=gone.id, attempted_at=finished, result=DeliveryResult.SENT))
        counts = {"rows": 5, "accepted_rows": 4, "rejected_rows": 1, "inserted_rows": 4, "updated_rows": 0, "unchanged_rows": 0}
        session.add(ImportBatch(file_name="Nora.csv", file_sha256="", kind="deals", origin="csv", **counts))
        for action in (Action.SIGN_IN, Action.SIGN_IN_FAILED, Action.SIGN_IN_FAILED):
            audit.record(session, person_id=None, action=action, at=now)

    api_database.write(fill)

    values = scraped()

    assert of(values, "job_runs_total", job="rankings", status="ok") == 1
    assert of(values, "job_runs_total", job="rankings", status="waiting") == 1
    assert of(values, "job_runs_total", job="digest", status="dead") == 1
    assert of(values, "job_duration_seconds", job="rankings") == 2
    assert of(values, "job_last_success_timestamp_seconds", job="rankings") == pytest.approx(finished.timestamp(), abs=0.01)
    assert of(values, "job_lag_seconds", job="rankings") == pytest.approx(3600, abs=60)
    assert of(values, "job_lag_seconds", job="digest") == 0
    assert of(values, "jobs_heartbeat_timestamp_seconds") == pytest.approx(now.timestamp(), abs=10)
    assert of(values, "outbox_pending") == 1
    assert of(values, "outbox_oldest_age_seconds") == pytest.approx(180, abs=60)
    assert of(values, "outbox_sent_total", channel="slack", result="sent") == 1
    assert of(values, "outbox_sent_total", channel="slack", result="retry") == 1
    assert of(values, "import_rows_total", source="csv", result="accepted") == 4
    assert of(values, "import_rows_total", source="csv", result="rejected") == 1
    assert of(values, "auth_login_total", result="ok") == 1
    assert of(values, "auth_login_total", result="failed") == 2
    assert of(values, "app_database_up") == 1
    assert of(values, "db_pool_in_use", pool="writer") == 0
    assert "Nora" not in str(values)


def test_screens_are_counted_by_name(scraped: Callable[[], Values]) -> None:
    before = scraped().get(("app_page_run_duration_seconds_count", (("page", "weekly"),)), 0)

    telemetry.note_page("weekly", 0.3)

    values = scraped()
    assert of(values, "app_page_run_duration_seconds_count", page="weekly") == before + 1
    assert of(values, "app_page_run_duration_seconds_bucket", page="weekly", le="0.25") <= before
    assert of(values, "app_page_run_duration_seconds_bucket", page="weekly", le="+Inf") == before + 1


def test_an_empty_installation_has_figures_too(scraped: Callable[[], Values]) -> None:
    values = scraped()
    assert (of(values, "outbox_pending"), of(values, "outbox_oldest_age_seconds")) == (0, 0)
    assert not [name for name, _ in values if name.startswith("job")]


def test_a_database_that_is_gone_is_a_figure_not_a_failure(scraped: Callable[[], Values], monkeypatch: pytest.MonkeyPatch) -> None:
    gone = Database("postgresql://somebody:hunter2@127.0.0.1:1/none")
    monkeypatch.setattr(route, "database", lambda: gone)

    values = scraped()

    assert of(values, "app_database_up") == 0
    assert ("outbox_pending", ()) not in values
