"""Progression and training for other programs: the level read, assessed on demand, modules written and done."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Assessment, TrainingCompletion
from domain.api_scopes import ApiScope
from domain.records import DealStatus, Role
from tests import builders
from tests.api.conftest import Ask, Issue, bearing

By = Callable[..., Response]
MODULE = {"title": "Answer first", "skill": "speed", "kind": "markdown", "body": "Answer first.", "minutes": 10}
PAGE = MODULE | {"title": "A page", "kind": "link", "url": "https://example.com/"}


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north = builders.team(session)
        nora, sven = builders.person(session, name="Nora", on=north), builders.person(session, name="Sven")
        for _ in range(6):
            builders.deal(session, nora, status=DealStatus.WON, closed_on=clock.now().date() - timedelta(days=9), amount_minor=100)
        admin = builders.person(session, role=Role.ADMIN, password_hash="x")
        return SimpleNamespace(nora=nora, sven=sven, admin=admin, address=f"/v1/agents/{nora.id}/progression")

    return api_database.write(build)


def test_an_agent_reads_level_requirements_skills_and_plan(by: By, house: SimpleNamespace) -> None:
    told = by("nora", "GET", "/v1/agents/me/progression").json()
    assert (told["level"]["level"], told["next_level"]["name"], told["sales_12_months"]) == ("developing", "Consistent performer", 6)
    assert told["requirements"][0]["percent"] == told["progress_percent"] == 0.0
    assert [each["skill"] for each in told["skills"]][:2] == ["prospecting", "appointment_setting"]
    assert {each["horizon"] for each in told["plan"]} >= {"week", "month", "three_months", "practice"}
    assert all(each["evidence"] for each in told["plan"])
    assert told["history"] == []
    assert house.nora.id == told["agent_id"]


def test_an_assessment_on_demand_is_kept(by: By, house: SimpleNamespace, api_database: Database) -> None:
    answer = by("program", "POST", f"{house.address}/assessment")
    assert (answer.status_code, [each["level"] for each in answer.json()["history"]]) == (200, ["developing"])
    with api_database.reading() as session:
        assert [row.agent_id for row in session.scalars(select(Assessment))] == [house.nora.id]


def test_others_get_nothing_and_store_nothing(by: By, house: SimpleNamespace, api_database: Database) -> None:
    assert by("sven", "GET", house.address).content == by("sven", "GET", "/v1/agents/999999/progression").content
    assert [by("sven", "GET", house.address).status_code, by("sven", "POST", f"{house.address}/assessment").status_code] == [404, 404]
    with api_database.reading() as session:
        assert session.scalars(select(Assessment)).all() == []


def test_a_token_needs_the_scope_of_what_it_does(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    reads, writes = bearing(issue(ApiScope.PROGRESSION_READ)), bearing(issue(ApiScope.PROGRESSION_WRITE))
    assert [ask("GET", house.address, headers=each).status_code for each in (reads, writes)] == [200, 403]
    assert [ask("POST", f"{house.address}/assessment", headers=each).status_code for each in (reads, writes)] == [403, 200]


def test_an_admin_writes_modules_and_each_marks_their_own(by: By, house: SimpleNamespace, api_database: Database) -> None:
    made = by("admin", "POST", "/v1/training-modules", MODULE).json()
    assert by("admin", "POST", "/v1/training-modules", MODULE).json()["error"]["code"] == "taken"
    done = by("nora", "POST", f"/v1/training-modules/{made['id']}/completion")
    assert (done.status_code, done.json()["completed_at"] is None) == (200, False)
    (seen,) = by("sven", "GET", "/v1/training-modules").json()["items"]
    assert seen["completed_at"] is None
    with api_database.reading() as session:
        assert [row.person_id for row in session.scalars(select(TrainingCompletion))] == [house.nora.id]
    changed = by("admin", "PUT", f"/v1/training-modules/{made['id']}", MODULE | {"is_active": False, "version": 1})
    assert (changed.json()["version"], by("nora", "GET", "/v1/training-modules").json()) == (2, {"items": []})
    assert by("admin", "PUT", f"/v1/training-modules/{made['id']}", MODULE | {"version": 1}).json()["error"]["code"] == "conflict"
    assert by("nora", "POST", f"/v1/training-modules/{made['id']}/completion").status_code == 404


@pytest.mark.parametrize("url", ["http://example.com", "javascript:alert(1)", ""], ids=str)
def test_only_safe_addresses_are_taken(by: By, url: str) -> None:
    assert by("admin", "POST", "/v1/training-modules", PAGE | {"url": url}).status_code == 422
