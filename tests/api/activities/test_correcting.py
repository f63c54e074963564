"""Who corrects an activity, and what it may be tied to."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from data.engine import Database
from data.models import Deal, Lead, Person
from tests.api.activities.calls import CALL, Send, stored
from tests.api.conftest import OUR_OWN, Ask, until_somebody_waits


def test_a_correction_changes_what_it_names(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    made = send("POST", "/v1/activities", {k: v for k, v in CALL.items() if k != "occurred_at"} | {"notes": "first"}).json()
    changed = send("PATCH", f"/v1/activities/{made['id']}", {"outcome": None, "subject": "Second"})
    assert changed.status_code == 200, changed.text
    assert changed.json() == made | {"outcome": None, "subject": "Second"}
    assert send("DELETE", f"/v1/activities/{made['id']}").status_code == 204
    assert send("GET", f"/v1/activities/{made['id']}").status_code == 404
    assert stored(api_database) == []


def test_two_corrections_at_once_keep_both(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    made = send("POST", "/v1/activities", {k: v for k, v in CALL.items() if k != "occurred_at"}).json()
    with ThreadPoolExecutor(1) as pool, api_database.writer.connect() as other:
        other.execute(text("UPDATE activity SET subject = 'Theirs' WHERE id = :id"), {"id": made["id"]})
        ours = pool.submit(send, "PATCH", f"/v1/activities/{made['id']}", {"notes": "Ours"})
        until_somebody_waits(api_database)
        other.commit()
        assert ours.result().json() == made | {"subject": "Theirs", "notes": "Ours"}


def test_what_another_system_reported_is_corrected_by_programs_only(
    ask: Ask, send: Send, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    call = {"agent_email": "nora@example.com", "type": "call", "external_id": "4", "outcome": "no_answer"}
    made = send("POST", "/v1/activities", call).json()
    cookies = cookie_of(house.nora)
    by_hand = ask("PATCH", f"/v1/activities/{made['id']}", cookies=cookies, headers=OUR_OWN, json={"outcome": "connected"})
    told_otherwise = {"type": "call", "external_id": "4", "outcome": "connected"}
    by_feed = ask("POST", "/v1/activities", cookies=cookies, headers=OUR_OWN, json=told_otherwise)
    assert [(one.status_code, one.json()["error"]["code"]) for one in (by_hand, by_feed)] == [(403, "imported_entry")] * 2
    assert send("PATCH", f"/v1/activities/{made['id']}", {"outcome": "connected"}).status_code == 200


@pytest.mark.parametrize("who", ["sven", "other_manager", "admin"])
def test_ones_own_call_is_not_linked_to_what_is_somebody_elses(
    ask: Ask, api_database: Database, house: SimpleNamespace, who: str, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    as_them = {"cookies": cookie_of(getattr(house, who)), "headers": OUR_OWN}
    own = ask("POST", "/v1/activities", json={"type": "call", "outcome": "connected", "agent_id": house.sven.id}, **as_them).json()
    for link in ({"lead_id": house.lead.id}, {"deal_id": house.deal.id}):
        for answer in (
            ask("PATCH", f"/v1/activities/{own['id']}", json=link, **as_them),
            ask("POST", "/v1/activities", json={"type": "call", "outcome": "connected", "agent_id": house.sven.id} | link, **as_them),
        ):
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    with api_database.reading() as session:
        assert session.get_one(Lead, house.lead.id).contacted_at is None
        assert session.get_one(Deal, house.deal.id).last_activity_at is None
    stored(api_database)


def test_naming_nobody_does_not_make_somebody_elses_call_ones_own(
    ask: Ask, send: Send, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    known = {"type": "call", "external_id": "4"}
    made = send("POST", "/v1/activities", known | {"agent_id": house.nora.id}).json()
    by_manager = {"cookies": cookie_of(house.manager), "headers": OUR_OWN}
    refused = ask("POST", "/v1/activities", json=known | {"notes": "Mine"}, **by_manager)
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "agent_missing")
    named = ask("POST", "/v1/activities", json=known | {"notes": "Hers", "agent_id": house.nora.id}, **by_manager)
    assert named.json() == made | {"notes": "Hers"}
