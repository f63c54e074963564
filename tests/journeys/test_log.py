"""What a whole visit leaves in the server's log: requests with their ids, and nothing about anybody."""

import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from data.engine import Database
from domain.records import Role
from tests import builders
from tests.journeys.conftest import sign_in, sign_out_button
from tests.journeys.live import PASSWORD, LiveApp, running_app

pytestmark = pytest.mark.browser
CANARY_EMAIL, CANARY_NAME, CANARY_PASSWORD = "quetzal@canary.example", "Zenobia Quetzal", "open sesame canary 77"
SCRAPE_TOKEN = "scrape-canary-token-1"


@pytest.fixture
def logging_app(fresh_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveApp]:
    """The app as production logs it."""
    monkeypatch.setenv("PACESETTER_LOG_FORMAT", "json")
    monkeypatch.setenv("PACESETTER_METRICS_TOKEN", SCRAPE_TOKEN)
    fresh_database.write(builders.organisation)
    with running_app(fresh_database, tmp_path) as app:
        yield app


def test_a_whole_visit_leaves_nothing_personal_in_the_log(logging_app: LiveApp, page: Page, context: BrowserContext) -> None:
    admin = logging_app.person(name=CANARY_NAME, email=CANARY_EMAIL, role=Role.ADMIN)
    page.goto(f"{logging_app.url}/people?find=quetzal")
    page.get_by_label("E-mail").fill(CANARY_EMAIL)
    page.get_by_label("Password", exact=True).fill(CANARY_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").first).to_be_visible()
    sign_in(page, logging_app, admin, at="/people?find=quetzal")
    tokens = [cookie["value"] for cookie in context.cookies() if cookie["httpOnly"]]
    page.goto(f"{logging_app.url}/status")
    expect(page.get_by_role("heading", name="Status")).to_be_visible()
    sign_out_button(page).click()
    expect(page.get_by_label("E-mail")).to_be_visible()
    answer = httpx.get(f"{logging_app.url}/api/export/records.csv?q={CANARY_EMAIL}", headers={"X-Request-ID": "journey-0001"})
    scraped = httpx.get(f"{logging_app.url}/api/metrics", headers={"Authorization": f"Bearer {SCRAPE_TOKEN}"})

    log = logging_app.log.read_text(encoding="utf-8")
    lines = [json.loads(line) for line in log.splitlines()]

    assert answer.headers["x-request-id"] == "journey-0001"
    (request,) = [line for line in lines if line.get("request_id") == "journey-0001"]
    assert (request["route"], request["status"]) == ("/api/export/{view}.{file_type}", 401)
    assert {"/", "/_stcore", "/api/session"} <= {str(line.get("route")) for line in lines}
    assert len(tokens) == 2
    secret = logging_app.database.writer.url.render_as_string(hide_password=False)
    told = ["quetzal", CANARY_NAME, CANARY_PASSWORD, PASSWORD, SCRAPE_TOKEN, "?find", secret, *tokens]
    assert [word for word in told if word.casefold() in log.casefold()] == []
    assert 'app_page_run_duration_seconds_count{page="status"}' in scraped.text
    assert 'app_http_requests_total{method="POST",route="/api/session",status="204"} 1.0' in scraped.text
