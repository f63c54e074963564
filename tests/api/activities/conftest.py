"""Two teams, and a dialer that reports what their agents do."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from httpx import Response
from sqlalchemy.orm import Session

from data.engine import Database
from domain.records import Role
from tests import builders
from tests.api.activities.calls import Send
from tests.api.conftest import Ask, Issue, bearing


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North in Berlin with a lead and a deal, Sven of South; their managers and an admin."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora", email="Nora@example.com", time_zone="Europe/Berlin", external_id="crm-1")
        return SimpleNamespace(
            north=north,
            nora=nora,
            sven=builders.person(session, on=south, name="Sven", email="sven@example.com"),
            manager=builders.manager(session, of=north),
            other_manager=builders.manager(session, of=south),
            admin=builders.person(session, role=Role.ADMIN),
            lead=builders.lead(session, nora, assigned_at=datetime(2026, 3, 10, 22, 30, tzinfo=UTC), category="Solar"),
            deal=builders.deal(session, nora),
        )

    return api_database.write(build)


@pytest.fixture
def send(ask: Ask, issue: Issue) -> Send:
    """A dialer's request: `send("POST", "/v1/activities", {...}, key="…")`."""
    token = issue()

    def request(method: str, path: str, body: object = None, *, key: str | None = None) -> Response:
        headers = bearing(token) | ({"Idempotency-Key": key} if key else {})
        return ask(method, path, headers=headers, **({"json": body} if body is not None else {}))

    return request
