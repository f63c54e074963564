"""The calendar through the API: planned, moved, repeated, started, done and called off."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import Person
from domain.api_scopes import ApiScope
from tests import builders
from tests.api.conftest import OUR_OWN, Ask, By, Issue, bearing

EVENTS = "/v1/calendar/events"
TEN = "2026-03-10T10:00:00+01:00"
VISIT = {"kind": "showing", "title": "12 Oak Street", "starts_at": TEN, "minutes": 45}


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    def people(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north = builders.team(session)
        nora = builders.person(session, name="Nora", on=north, time_zone="Europe/Berlin", email="nora@example.com")
        return SimpleNamespace(nora=nora, mia=builders.manager(session, of=north, name="Mia"), sven=builders.person(session, name="Sven"))

    return api_database.write(people)


@pytest.fixture
def booked(by: By, house: SimpleNamespace) -> Callable[..., dict[str, Any]]:
    """An entry of Nora's, told by a program."""

    def book(**fields: object) -> dict[str, Any]:
        answer = by("program", "POST", EVENTS, VISIT | {"agent_email": "nora@example.com"} | fields)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    del house
    return book


def test_an_entry_is_planned_on_the_agents_day_and_listed_in_pages(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    late = booked(starts_at="2026-03-10T23:30:00Z", title="Late")
    first = booked()
    assert (first["local_on"], first["ends_at"], first["series"], first["entries"]) == ("2026-03-10", "2026-03-10T09:45:00Z", None, 1)
    assert late["local_on"] == "2026-03-11"
    page = by("nora", "GET", f"{EVENTS}?from=2026-03-10&to=2026-03-11&limit=1").json()
    assert [event["id"] for event in page["items"]] == [first["id"]]
    rest = by("nora", "GET", f"{EVENTS}?from=2026-03-10&to=2026-03-11&limit=1&cursor={page['next_cursor']}").json()
    assert ([event["id"] for event in rest["items"]], rest["next_cursor"]) == ([late["id"]], None)


def test_several_agents_are_asked_for_and_strangers_are_nobody(
    by: By, house: SimpleNamespace, booked: Callable[..., dict[str, Any]]
) -> None:
    booked()
    days = f"{EVENTS}?from=2026-03-10&to=2026-03-10"
    asked = f"{days}&agents={house.nora.id}&agents={house.sven.id}"
    assert [len(by(who, "GET", asked).json()["items"]) for who in ("mia", "sven", "program")] == [1, 0, 1]
    assert len(by("mia", "GET", f"{days}&agents={house.sven.id}").json()["items"]) == 0


def test_what_overlaps_is_said_and_an_unusable_rule_refused(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    first = booked()
    second = booked(title="Second", repeats="FREQ=WEEKLY;COUNT=3")
    assert [each["id"] for each in second["overlapping"]] == [first["id"]]
    assert (second["entries"], second["series"]["words"]) == (3, "every Tuesday, 3 times")
    refused = by("program", "POST", EVENTS, VISIT | {"agent_email": "nora@example.com", "repeats": "FREQ=SECONDLY"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "unusable_rule")


def test_a_series_is_moved_and_called_off_from_one_entry_on(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    booked(repeats="FREQ=WEEKLY;COUNT=4")
    ids = [each["id"] for each in by("nora", "GET", f"{EVENTS}?from=2026-03-01&to=2026-04-30").json()["items"]]
    moved = by("nora", "PATCH", f"{EVENTS}/{ids[1]}", {"starts_at": "2026-03-17T11:00:00+01:00", "reach": "following"})
    assert (moved.status_code, moved.json()["entries"]) == (200, 3)
    shown = [each["starts_at"][5:16] for each in by("nora", "GET", f"{EVENTS}?from=2026-03-01&to=2026-04-30").json()["items"]]
    assert shown == ["03-10T09:00", "03-17T10:00", "03-24T10:00", "03-31T09:00"]
    assert by("nora", "POST", f"{EVENTS}/{ids[2]}/cancel", {"reach": "following"}).json() == {"cancelled": 2}


def test_a_started_entry_lasts_from_then_and_its_outcome_is_logged(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    event = booked()
    started = by("nora", "POST", f"{EVENTS}/{event['id']}/start", {"version": 1}).json()
    again = by("nora", "POST", f"{EVENTS}/{event['id']}/start", {}).json()
    assert started["call"]["event_id"] == event["id"]
    assert (started["call"]["recording"]["allowed"], started["call"]["recording"]["refusal"]) == (False, "no_consent_basis")
    assert (again["started_at"], again["version"]) == (started["started_at"], 2)
    done = by("nora", "POST", f"{EVENTS}/{event['id']}/complete", {"outcome": "interested"}).json()
    activity = by("nora", "GET", f"/v1/activities/{done['activity_id']}").json()
    assert (done["status"], activity["outcome"], activity["occurred_at"]) == ("completed", "interested", started["started_at"])
    assert activity["duration_seconds"] < 60
    assert by("nora", "GET", f"/v1/calls/{started['call']['id']}").status_code == 404


def test_a_training_only_notes_when_it_began(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    event = booked(kind="training")
    started = by("nora", "POST", f"{EVENTS}/{event['id']}/start", {}).json()
    assert (started["call"], started["started_at"] is None) == (None, False)
    assert by("nora", "POST", f"{EVENTS}/{event['id']}/start", {}).json()["started_at"] == started["started_at"]


def test_nobody_came_is_its_own_ending_and_a_second_one_is_refused(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    event = booked()
    assert by("nora", "POST", f"{EVENTS}/{event['id']}/complete", {"outcome": "no_show"}).json()["status"] == "no_show"
    second = by("nora", "POST", f"{EVENTS}/{event['id']}/complete", {"outcome": "completed"})
    assert (second.status_code, second.json()["error"]["code"]) == (409, "not_planned")


def test_a_change_of_a_version_that_is_gone_is_refused(by: By, booked: Callable[..., dict[str, Any]]) -> None:
    event = booked()
    assert by("nora", "PATCH", f"{EVENTS}/{event['id']}", {"title": "Moved", "version": 1}).json()["version"] == 2
    assert by("nora", "PATCH", f"{EVENTS}/{event['id']}", {"title": "Again", "version": 1}).status_code == 409


def test_a_repeated_request_books_once(ask: Ask, house: SimpleNamespace, issue: Issue) -> None:
    headers = bearing(issue()) | {"Idempotency-Key": "visit-1"}
    body = VISIT | {"agent_id": house.nora.id}
    first, second = (ask("POST", EVENTS, headers=headers, json=body) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert second.headers["Idempotent-Replayed"] == "true"


def test_a_program_needs_the_scope_of_what_it_does(
    ask: Ask, house: SimpleNamespace, issue: Issue, booked: Callable[..., dict[str, Any]]
) -> None:
    event, headers = booked(), bearing(issue(ApiScope.CALENDAR_WRITE))
    assert ask("GET", f"{EVENTS}/{event['id']}", headers=headers).status_code == 403
    assert ask("POST", f"{EVENTS}/{event['id']}/complete", headers=headers, json={}).status_code == 403
    assert ask("POST", f"{EVENTS}/{event['id']}/start", headers=headers, json={}).status_code == 403
    assert ask("POST", f"{EVENTS}/{event['id']}/cancel", headers=headers, json={}).status_code == 200
    assert ask("POST", EVENTS, headers=headers, json=VISIT).json()["error"]["code"] == "agent_missing"
    del house


def test_nobody_reads_moves_or_ends_a_strangers_entry(
    ask: Ask, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]], booked: Callable[..., dict[str, Any]]
) -> None:
    event = booked(repeats="FREQ=WEEKLY;COUNT=2")
    sven = {"cookies": cookie_of(house.sven), "headers": OUR_OWN}
    tried = [
        ("PATCH", "", {"title": "Mine", "reach": "all"}),
        ("POST", "/start", {}),
        ("POST", "/complete", {}),
        ("POST", "/cancel", {"reach": "all"}),
    ]
    assert [ask(method, f"{EVENTS}/{event['id']}{path}", **sven, json=body).status_code for method, path, body in tried] == [404] * 4
