"""Activities reported one by one: stored once, on the agent's own day, brought up to date."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from data.engine import Database
from data.models import Deal, Lead, Person
from tests.api.activities.calls import CALL, WHEN, Send, stored
from tests.api.conftest import OUR_OWN, Ask, Issue, bearing


def test_a_call_is_stored_on_the_agents_own_day(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    answer = send("POST", "/v1/activities", CALL | {"duration_seconds": 95})
    told = answer.json()
    assert answer.status_code == 201, answer.text
    assert (told["agent_id"], told["local_on"], told["local_hour"], told["origin"]) == (house.nora.id, "2026-03-11", 0, "app")
    assert [(one.local_on, one.direction, one.duration_seconds) for one in stored(api_database)] == [(date(2026, 3, 11), "outbound", 95)]


@pytest.mark.parametrize("name", [{"agent_email": "NORA@example.com"}, {"agent_external_id": "crm-1"}])
def test_the_agent_is_found_by_what_the_dialer_knows(send: Send, house: SimpleNamespace, name: dict[str, str]) -> None:
    answer = send("POST", "/v1/activities", {"type": "email", "occurred_at": WHEN} | name)
    assert answer.json()["agent_id"] == house.nora.id


def test_a_person_who_names_nobody_means_themself(ask: Ask, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]) -> None:
    answer = ask("POST", "/v1/activities", cookies=cookie_of(house.sven), headers=OUR_OWN, json={"type": "call"})
    assert (answer.status_code, answer.json()["agent_id"]) == (201, house.sven.id)


def test_a_program_has_to_say_whose_it_is(send: Send, house: SimpleNamespace) -> None:
    del house
    for path, body in (("/v1/activities", {"type": "call"}), ("/v1/activities/batch", {"activities": [{"type": "call"}]})):
        answer = send("POST", path, body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "agent_missing")


def test_the_same_external_id_is_stored_once_and_brought_up_to_date(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    call = CALL | {"origin": "aircall", "external_id": "812", "outcome": "no_answer"}
    first = send("POST", "/v1/activities", call)
    again = send("POST", "/v1/activities", call)
    changed = send("POST", "/v1/activities", call | {"outcome": "connected", "duration_seconds": 61})
    elsewhere = send("POST", "/v1/activities", call | {"origin": "dialpad"})
    assert [one.status_code for one in (first, again, changed, elsewhere)] == [201, 200, 200, 201]
    assert first.json()["id"] == again.json()["id"] == changed.json()["id"] != elsewhere.json()["id"]
    assert [(one.origin, one.outcome, one.duration_seconds) for one in stored(api_database)] == [
        ("aircall", "connected", 61),
        ("dialpad", "no_answer", None),
    ]


def test_what_a_later_word_leaves_out_stays(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    known = {"external_id": "812", "agent_email": "nora@example.com", "type": "call"}
    rich = {"outcome": "no_answer", "notes": "Rings", "lead_id": house.lead.id, "deal_id": house.deal.id, "duration_seconds": 9}
    first = send("POST", "/v1/activities", known | rich | {"occurred_at": WHEN}).json()
    second = send("POST", "/v1/activities", known | {"outcome": "connected"}).json()
    assert second == first | {"outcome": "connected"}
    assert send("POST", "/v1/activities", known | {"outcome": "connected"}).json() == second
    emptied = send("POST", "/v1/activities", known | {"notes": "", "deal_id": None, "duration_seconds": None}).json()
    assert emptied == second | {"notes": "", "deal_id": None, "deal_name": None, "duration_seconds": None}
    with api_database.reading() as session:
        assert session.get_one(Lead, house.lead.id).status == "contacted"
        assert session.get_one(Deal, house.deal.id).last_activity_at is None


def test_a_call_that_turns_out_to_be_somebody_elses_loses_its_links(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    said = {"external_id": "812", "type": "call", "outcome": "connected", "lead_id": house.lead.id, "deal_id": house.deal.id}
    send("POST", "/v1/activities", said | {"agent_id": house.nora.id})
    moved = send("POST", "/v1/activities", {"external_id": "812", "type": "call", "agent_id": house.sven.id}).json()
    assert (moved["agent_id"], moved["lead_id"], moved["deal_id"], moved["outcome"]) == (house.sven.id, None, None, "connected")
    with api_database.reading() as session:
        assert session.get_one(Lead, house.lead.id).status == "new"
        assert session.get_one(Deal, house.deal.id).last_activity_at is None
    stored(api_database)


def test_the_lead_and_the_deal_follow(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    call = CALL | {"lead_id": house.lead.id, "deal_id": house.deal.id, "external_id": "9"}
    assert send("POST", "/v1/activities", call).json()["category"] == "Solar"
    with api_database.reading() as session:
        lead, deal = session.get_one(Lead, house.lead.id), session.get_one(Deal, house.deal.id)
        assert (lead.status, lead.contacted_on, lead.response_seconds) == ("contacted", date(2026, 3, 11), 3600)
        assert deal.last_activity_at == datetime(2026, 3, 10, 23, 30, tzinfo=UTC)
    send("POST", "/v1/activities", call | {"outcome": "no_answer"})
    with api_database.reading() as session:
        assert session.get_one(Lead, house.lead.id).status == "new"
    stored(api_database)


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "stage_change"},
        {"outcome": "great"},
        {"duration_seconds": "60"},
        {"duration_seconds": True},
        {"duration_seconds": -1},
        {"occurred_at": "2026-03-10T14:30:00"},
        {"occurred_at": 1_770_000_000},
        {"occurred_at": "1770000000"},
        {"lead_id": 2**63},
        {"agent_id": 1},
        {"subject": "x" * 301},
        {"notes": "a\x00b"},
        {"origin": "aircall"},
        {"origin": "app", "external_id": "1"},
        {"origin": "Air Call", "external_id": "1"},
        {"external_id": ""},
        {"agent": 1},
    ],
)
def test_what_is_not_an_activity_is_refused(send: Send, api_database: Database, house: SimpleNamespace, wrong: dict[str, Any]) -> None:
    del house
    answer = send("POST", "/v1/activities", CALL | wrong)
    assert answer.status_code == 422, answer.text
    assert stored(api_database) == []


@pytest.mark.parametrize("field", ["notes", "agent_email", "agent_external_id", "external_id"])
def test_half_a_sign_is_refused_and_named(ask: Ask, issue: Issue, field: str) -> None:
    said = json.dumps({"type": "call", field: "a\ud83db"})
    answer = ask("POST", "/v1/activities", headers=bearing(issue()) | {"Content-Type": "application/json"}, content=said)
    assert (answer.status_code, answer.json()["error"]["message"]) == (422, f"{field}: contains a character that cannot be stored")


def test_a_foreign_external_id_is_taken_and_tells_nothing(
    ask: Ask, send: Send, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    send("POST", "/v1/activities", CALL | {"external_id": "4", "subject": "Secret"})
    answer = ask("POST", "/v1/activities", cookies=cookie_of(house.sven), headers=OUR_OWN, json={"type": "call", "external_id": "4"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "external_id_taken")
    assert "Secret" not in answer.text
    assert "Nora" not in answer.text


def test_two_dialers_that_tell_the_same_at_once_store_it_once(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    batch = {"activities": [CALL | {"external_id": str(n)} for n in range(100)]}
    turned = {"activities": batch["activities"][::-1]}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda body: send("POST", "/v1/activities/batch", body).json(), [batch, turned, batch, turned]))
    assert sum(each["created"] for each in answers) == 100
    assert sum(each["unchanged"] for each in answers) == 300
    assert len(stored(api_database)) == 100
