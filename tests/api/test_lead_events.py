"""What happens with a lead, told event by event, and who gets it."""

from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data import rollups
from data.engine import Database
from data.models import Activity, Deal
from domain.api_scopes import ApiScope
from domain.records import DealStatus, Role
from tests import builders
from tests.api.conftest import Ask, By, Issue, bearing


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North with her manager, Sven of South, an admin; a lead of each agent and one of nobody."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, currency="EUR")
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora", email="nora@example.com")
        sven = builders.person(session, on=south, name="Sven")
        return SimpleNamespace(
            nora=nora,
            sven=sven,
            manager=builders.manager(session, of=north),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
            lead=builders.lead(session, nora, name="Grace"),
            foreign=builders.lead(session, sven, name="Secret"),
            nobodys=builders.lead(session, None, name="Nobodys"),
        )

    return api_database.write(build)


def history(database: Database) -> list[tuple[str, int]]:
    with database.reading() as session:
        assert rollups.drift(session.connection()) == []
        return [(each.subject, each.agent_id) for each in session.scalars(select(Activity).order_by(Activity.id))]  # type: ignore[arg-type]


def sales(database: Database) -> list[tuple[DealStatus, int | None]]:
    with database.reading() as session:
        return [(each.status, each.amount_minor) for each in session.scalars(select(Deal))]


def test_a_lead_told_through_its_life(by: By, house: SimpleNamespace, api_database: Database) -> None:
    def tell(event: str, **said: Any) -> dict[str, Any]:
        answer = by("nora", "POST", f"/v1/leads/{house.lead.id}/events", {"event": event} | said)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    assert tell("contacted", at="2026-03-11T09:00:00Z")["contacted_on"] == "2026-03-11"
    assert tell("interested", at="2026-03-12T09:00:00Z")["interested_on"] == "2026-03-12"
    assert tell("converted", at="2026-03-13T09:00:00Z", amount_minor=85_000, currency="EUR")["converted_on"] == "2026-03-13"
    assert sales(api_database) == [(DealStatus.WON, 85_000)]
    assert tell("rated", satisfaction=5)["satisfaction"] == 5
    assert tell("reopened")["status"] == "interested"
    assert sales(api_database) == []
    assert tell("lost", reason="Price")["lost_reason"] == "Price"
    assert tell("noted", text="Ask again in May")["status"] == "lost"
    assert [subject for subject, _ in history(api_database)] == [
        "Moved on: new → contacted",
        "Moved on: contacted → interested",
        "Lead converted",
        "Lead reopened",
        "Lead lost",
        "",
    ]


def test_giving_a_lead_away(by: By, house: SimpleNamespace, api_database: Database) -> None:
    told = by("program", "POST", f"/v1/leads/{house.nobodys.id}/assignment", {"agent_email": "nora@example.com"}).json()
    assert told["agent_id"] == house.nora.id
    assert by("admin", "POST", f"/v1/leads/{house.nobodys.id}/assignment", {"agent_id": house.sven.id}).status_code == 200
    assert by("admin", "POST", f"/v1/leads/{house.nobodys.id}/assignment", {"agent_id": None}).json()["agent_id"] is None
    assert history(api_database) == [
        ("Lead assigned", house.nora.id),
        ("Lead passed on", house.sven.id),
        ("Lead taken back", house.sven.id),
    ]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("assignment", {}, "invalid_input"),
        ("assignment", {"agent_id": None, "assigned_at": "2026-03-11T09:00:00Z"}, "invalid_input"),
        ("events", {"event": "sold"}, "invalid_input"),
        ("events", {"event": "rated"}, "invalid_input"),
        ("events", {"event": "rated", "satisfaction": 6}, "invalid_input"),
        ("events", {"event": "noted", "text": "  "}, "invalid_input"),
        ("events", {"event": "converted", "amount_minor": 5, "currency": "USD"}, "other_currency"),
        ("events", {"event": "contacted", "at": "2199-01-01T00:00:00Z"}, "future_activity"),
        ("events", {"event": "contacted", "reason": "Price"}, "invalid_input"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    by: By, house: SimpleNamespace, api_database: Database, path: str, body: dict[str, Any], code: str
) -> None:
    answer = by("admin", "POST", f"/v1/leads/{house.lead.id}/{path}", body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert (history(api_database), sales(api_database)) == ([], [])


def test_a_note_needs_somebodys_timeline(by: By, house: SimpleNamespace) -> None:
    answer = by("admin", "POST", f"/v1/leads/{house.nobodys.id}/events", {"event": "noted", "text": "Who?"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "nobodys_lead")


@pytest.mark.parametrize("who", ["nora", "manager"])
def test_foreign_leads_do_not_exist(by: By, house: SimpleNamespace, api_database: Database, who: str) -> None:
    for lead in (house.foreign, house.nobodys):
        for path, body in (("assignment", {"agent_id": house.nora.id}), ("events", {"event": "converted", "amount_minor": 1})):
            answer = by(who, "POST", f"/v1/leads/{lead.id}/{path}", body)
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
            assert lead.name not in answer.text
    assert (history(api_database), sales(api_database)) == ([], [])


@pytest.mark.parametrize(
    ("body", "scope"),
    [
        ({"event": "converted", "amount_minor": 100}, ApiScope.DEALS_WRITE),
        ({"event": "converted", "at": "2026-03-13T09:00:00Z"}, ApiScope.DEALS_WRITE),
        ({"event": "reopened"}, ApiScope.DEALS_WRITE),
        ({"event": "noted", "text": "Hello"}, ApiScope.ACTIVITIES_WRITE),
    ],
)
def test_a_token_that_writes_leads_does_not_write_deals_or_activities(
    ask: Ask, issue: Issue, house: SimpleNamespace, api_database: Database, body: dict[str, Any], scope: ApiScope
) -> None:
    headers = bearing(issue(ApiScope.LEADS_WRITE))
    answer = ask("POST", f"/v1/leads/{house.lead.id}/events", headers=headers, json=body)
    assert (answer.status_code, answer.json()["error"]["code"], scope in answer.text) == (403, "missing_scope", True)
    assert ask("POST", f"/v1/leads/{house.lead.id}/events", headers=headers, json={"event": "converted"}).status_code == 200
    assert sales(api_database) == []


def test_an_event_sent_twice_with_its_key_happens_once(ask: Ask, issue: Issue, house: SimpleNamespace, api_database: Database) -> None:
    headers = bearing(issue()) | {"Idempotency-Key": "sale-1"}
    body = {"event": "converted", "amount_minor": 100}
    first, again = (ask("POST", f"/v1/leads/{house.lead.id}/events", headers=headers, json=body) for _ in range(2))
    assert (first.content, first.status_code) == (again.content, again.status_code)
    assert (sales(api_database), history(api_database)) == ([(DealStatus.WON, 100)], [("Lead converted", house.nora.id)])


def test_a_lead_sold_by_two_at_once_is_sold_once(by: By, house: SimpleNamespace, api_database: Database) -> None:
    body = {"event": "converted", "amount_minor": 100}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: by("program", "POST", f"/v1/leads/{house.lead.id}/events", body), range(4)))
    assert sorted(each.status_code for each in answers) == [200, 409, 409, 409]
    assert (sales(api_database), history(api_database)) == ([(DealStatus.WON, 100)], [("Lead converted", house.nora.id)])
