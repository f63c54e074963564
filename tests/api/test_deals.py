"""Deals through the API: stored once, moved from stage to stage, closed with their day, in the organisation's currency."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data import rollups
from data.engine import Database
from data.models import Deal, StageChange
from domain.local_time import local_time
from domain.records import Role
from tests import builders
from tests.api.conftest import By


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North in Berlin with a deal and a lead, Sven of South with one of each; a manager and an admin."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, currency="EUR")
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora", email="nora@example.com", time_zone="Europe/Berlin")
        sven = builders.person(session, on=south, name="Sven", email="sven@example.com")
        return SimpleNamespace(
            nora=nora,
            sven=sven,
            manager=builders.manager(session, of=north),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
            deal=builders.deal(session, nora, name="Roof", stage="New"),
            foreign=builders.deal(session, sven, name="Secret"),
            lead=builders.lead(session, nora),
            foreign_lead=builders.lead(session, sven),
        )

    return api_database.write(build)


def moves(database: Database) -> list[StageChange]:
    with database.reading() as session:
        assert rollups.drift(session.connection()) == []
        return list(session.scalars(select(StageChange).order_by(StageChange.id)))


def test_a_deal_is_stored_once_per_external_id_and_its_moves_are_remembered(by: By, api_database: Database) -> None:
    said = {"name": "Hall", "agent_email": "nora@example.com", "stage": "Proposal", "origin": "kommo", "external_id": "12"}
    first = by("program", "POST", "/v1/deals", said | {"amount_minor": 1_250_000, "moved_at": "2026-03-10T23:30:00Z"})
    again = by("program", "POST", "/v1/deals", said | {"stage": "Contract", "currency": "EUR", "moved_at": "2026-03-12T10:00:00Z"})
    assert [first.status_code, again.status_code] == [201, 200], again.text
    told = again.json()
    assert (told["id"], told["stage"], told["amount_minor"], told["currency"]) == (first.json()["id"], "Contract", 1_250_000, "EUR")
    assert [(one.from_stage, one.to_stage, one.changed_on, one.changed_by) for one in moves(api_database)] == [
        (None, "Proposal", date(2026, 3, 11), None),
        ("Proposal", "Contract", date(2026, 3, 12), None),
    ]
    assert told["stage_entered_at"] == "2026-03-12T10:00:00Z"


def test_the_same_stage_is_no_move_and_a_person_is_remembered(by: By, house: SimpleNamespace, api_database: Database) -> None:
    by("nora", "PATCH", f"/v1/deals/{house.deal.id}", {"stage": "New"})
    assert moves(api_database) == []
    by("nora", "PATCH", f"/v1/deals/{house.deal.id}", {"stage": "Demo"})
    assert [(one.from_stage, one.to_stage, one.changed_by) for one in moves(api_database)] == [("New", "Demo", house.nora.id)]


def test_winning_counts_on_the_day_given_and_can_be_taken_back(by: By, house: SimpleNamespace, api_database: Database) -> None:
    address = f"/v1/deals/{house.deal.id}"
    won = by("nora", "PATCH", address, {"status": "won", "closed_on": "2026-03-31", "amount_minor": 5}).json()
    assert (won["status"], won["closed_on"]) == ("won", "2026-03-31")
    moves(api_database)
    back = by("nora", "PATCH", address, {"status": "open"}).json()
    assert (back["status"], back["closed_on"]) == ("open", None)
    moves(api_database)


def test_who_asks_what_is_new_gets_what_changed_and_nothing_else(by: By, house: SimpleNamespace, api_database: Database) -> None:
    def found() -> list[str]:
        return [each["name"] for each in by("admin", "GET", "/v1/deals?updated_since=2026-01-01T00:00:01Z").json()["items"]]

    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    for deal in (house.deal, house.foreign):
        api_database.write(lambda session, deal=deal: setattr(session.get_one(Deal, deal.id), "updated_at", long_ago))
    assert found() == []
    by("nora", "POST", "/v1/activities", {"type": "call", "deal_id": house.deal.id})
    assert found() == ["Roof"]
    by("admin", "PATCH", f"/v1/deals/{house.foreign.id}", {"stage": "Demo"})
    assert found() == ["Secret", "Roof"]


def test_the_same_deal_sent_many_times_at_once_is_one(by: By) -> None:
    said = {"name": "Ada", "agent_email": "nora@example.com", "external_id": "77"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: by("program", "POST", "/v1/deals", said), range(6)))
    assert sorted(each.status_code for each in answers) == [200, 200, 200, 200, 200, 201]
    assert len({each.json()["id"] for each in answers}) == 1


def test_only_a_lost_deal_has_a_reason(by: By, house: SimpleNamespace) -> None:
    address = f"/v1/deals/{house.deal.id}"

    def reason(**said: str) -> str:
        return by("nora", "PATCH", address, said).json()["lost_reason"]

    assert reason(lost_reason="Price") == ""
    assert reason(status="lost", closed_on="2026-03-30", lost_reason="Price") == "Price"
    assert reason(company="Acme") == "Price"
    assert reason(status="won", closed_on="2026-03-31") == ""


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"status": "won"}, "closed_on_missing"),
        ({"status": "lost", "closed_on": None}, "closed_on_missing"),
        ({"status": "won", "closed_on": "2099-01-01"}, "future_close"),
        ({"status": "won", "closed_on": "1969-12-31"}, "invalid_input"),
        ({"expected_close_on": "2101-01-01"}, "invalid_input"),
        ({"closed_on": "2026-03-31"}, "open_deal"),
        ({"amount_minor": 100, "currency": "USD"}, "other_currency"),
        ({"amount_minor": 10.5}, "invalid_input"),
        ({"amount_minor": "100"}, "invalid_input"),
        ({"amount_minor": -1}, "invalid_input"),
        ({"stage": ""}, "invalid_input"),
        ({"created_on": None}, "invalid_input"),
        ({"closed_on": "31.03.2026"}, "invalid_input"),
        ({"moved_at": "2199-01-01T00:00:00Z", "stage": "Later"}, "future_activity"),
        ({"moved_at": "2026-03-11T10:00:00Z"}, "invalid_input"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    by: By, house: SimpleNamespace, api_database: Database, said: dict[str, Any], code: str
) -> None:
    answer = by("admin", "PATCH", f"/v1/deals/{house.deal.id}", said)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    with api_database.reading() as session:
        stored = session.get_one(Deal, house.deal.id)
        assert (stored.stage, stored.status, stored.closed_on, stored.amount_minor) == ("New", "open", None, None)


def test_foreign_deals_and_leads_do_not_exist(by: By, house: SimpleNamespace) -> None:
    for who in ("nora", "manager"):
        for answer in (
            by(who, "GET", f"/v1/deals/{house.foreign.id}"),
            by(who, "PATCH", f"/v1/deals/{house.foreign.id}", {"stage": "Mine"}),
            by(who, "PATCH", f"/v1/deals/{house.deal.id}", {"lead_id": house.foreign_lead.id}),
            by(who, "POST", "/v1/deals", {"name": "X", "agent_id": house.sven.id}),
        ):
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
            assert "Secret" not in answer.text
        assert [each["name"] for each in by(who, "GET", "/v1/deals").json()["items"]] == ["Roof"]


def test_a_deal_of_a_person_is_their_own_and_dated_today_for_them(by: By, house: SimpleNamespace) -> None:
    told = by("nora", "POST", "/v1/deals", {"name": "Garage", "lead_id": house.lead.id}).json()
    assert (told["agent_id"], told["lead_id"], told["status"]) == (house.nora.id, house.lead.id, "open")
    assert told["created_on"] == str(local_time(clock.now(), "Europe/Berlin").on)


@pytest.mark.parametrize(
    ("query", "found"), [("status=won", []), ("stage=New", ["Roof"]), ("agent=1", ["Roof"]), ("team=2", ["Secret"]), ("lead=1", [])]
)
def test_filters_narrow_the_list(by: By, house: SimpleNamespace, query: str, found: list[str]) -> None:
    query = query.replace("agent=1", f"agent={house.nora.id}")
    assert [each["name"] for each in by("admin", "GET", f"/v1/deals?{query}").json()["items"]] == found
