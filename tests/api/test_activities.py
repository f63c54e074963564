"""Activities through the API: stored once, a thousand at a time, in pages, within what the caller may see."""

import json
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from data import rollups
from data.engine import Database
from data.models import Activity, Deal, Lead, Person
from domain.api_scopes import ApiScope
from domain.records import Role
from tests import builders
from tests.api.conftest import OUR_OWN, Ask, Issue, bearing, until_somebody_waits

Send = Callable[..., Response]
WHEN = "2026-03-10T23:30:00+00:00"
CALL = {"agent_email": "nora@example.com", "type": "call", "outcome": "connected", "occurred_at": WHEN}


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


def stored(database: Database) -> list[Activity]:
    with database.reading() as session:
        assert rollups.drift(session.connection()) == []
        return list(session.scalars(select(Activity).order_by(Activity.id)))


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


def test_a_batch_stores_what_it_can_and_names_the_rest(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    known = CALL | {"external_id": "1"}
    send("POST", "/v1/activities", known)
    answer = send(
        "POST",
        "/v1/activities/batch",
        {
            "activities": [
                known,
                CALL | {"external_id": "2"},
                CALL | {"agent_email": "nobody@example.com"},
                known | {"outcome": "busy"},
                CALL | {"lead_id": 10**12},
                CALL | {"occurred_at": "2199-01-01T00:00:00Z"},
                CALL | {"agent_email": "sven@example.com", "deal_id": house.deal.id},
                CALL,
            ]
        },
    )
    told = answer.json()
    assert answer.status_code == 200
    assert (told["created"], told["updated"], told["unchanged"], told["refused"]) == (2, 1, 1, 4)
    assert [(one["index"], one["result"], one["code"]) for one in told["items"]] == [
        (0, "unchanged", None),
        (1, "created", None),
        (2, "refused", "not_found"),
        (3, "updated", None),
        (4, "refused", "not_found"),
        (5, "refused", "future_activity"),
        (6, "refused", "not_found"),
        (7, "created", None),
    ]
    assert [(one.external_id, one.outcome) for one in stored(api_database)] == [("1", "busy"), (None, "connected"), ("2", "connected")]


def test_later_words_about_the_same_call_win_within_a_batch(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    rung = CALL | {"external_id": "7", "outcome": "no_answer"}
    told = send("POST", "/v1/activities/batch", {"activities": [rung, rung | {"outcome": "connected"}]}).json()
    assert [one["result"] for one in told["items"]] == ["created", "updated"]
    assert told["items"][0]["id"] == told["items"][1]["id"]
    assert [one.outcome for one in stored(api_database)] == ["connected"]


def test_a_malformed_item_refuses_the_batch_and_is_named(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    answer = send("POST", "/v1/activities/batch", {"activities": [CALL, CALL | {"duration": 5}, {"type": "stage_change"}]})
    message = answer.json()["error"]["message"]
    assert answer.status_code == 422
    assert "activities.1.duration: Extra inputs are not permitted" in message
    assert "activities.2.type: this kind is written by the product itself" in message
    assert stored(api_database) == []


def test_a_batch_has_at_most_a_thousand_items(send: Send) -> None:
    assert send("POST", "/v1/activities/batch", {"activities": [{"type": "call"}] * 1001}).status_code == 422


@pytest.mark.parametrize("announced", ["announced", "in parts"])
def test_a_body_beyond_the_limit_is_refused(ask: Ask, issue: Issue, announced: str) -> None:
    async def in_parts() -> AsyncIterator[bytes]:
        for _ in range(50):
            yield b"x" * 100_000

    content = b"x" * 5_000_000 if announced == "announced" else in_parts()
    answer = ask("POST", "/v1/activities", headers=bearing(issue()) | {"Content-Type": "application/json"}, content=content)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


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


def test_pages_show_everything_once_while_more_arrives(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    def fill(session: Session) -> list[int]:
        return [builders.activity(session, house.nora, at=builders.NOON + timedelta(minutes=n // 2)).id for n in range(7)]

    ids = api_database.write(fill)
    seen, cursor = [], ""
    while cursor is not None:
        page = send("GET", f"/v1/activities?limit=3{cursor and f'&cursor={cursor}'}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        send("POST", "/v1/activities", {"agent_id": house.sven.id, "type": "call", "occurred_at": WHEN})
    assert seen == ids[::-1]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=email", ["mail"]),
        ("outcome=busy", ["busy"]),
        ("from=2026-03-11", ["late"]),
        ("to=2026-03-10&agent=2", ["busy", "mail"]),
        ("agent=1", []),
        ("lead=1", ["mail"]),
        ("deal=1", []),
        ("origin=aircall&external_id=5", ["busy"]),
        ("team=1", ["late", "busy", "mail"]),
        ("team=2", ["sven"]),
    ],
)
def test_filters_narrow_the_list(send: Send, api_database: Database, house: SimpleNamespace, query: str, found: list[str]) -> None:
    def fill(session: Session) -> None:
        builders.activity(session, house.nora, subject="mail", type="email", lead_id=house.lead.id)
        builders.activity(session, house.nora, subject="busy", outcome="busy", origin="aircall", external_id="5")
        builders.activity(session, house.nora, subject="late", at=builders.NOON + timedelta(days=1))
        builders.activity(session, house.sven, subject="sven", at=builders.NOON - timedelta(days=9))

    api_database.write(fill)
    query = query.replace("agent=2", f"agent={house.nora.id}").replace("agent=1", f"agent={house.admin.id}")
    assert [one["subject"] for one in send("GET", f"/v1/activities?{query}").json()["items"]] == found


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "cursor=!", "cursor=MQ", "cursor=eH4x", "agent=x", "from=today", "agnet=1"])
def test_a_query_that_cannot_be_read_is_refused(send: Send, query: str) -> None:
    assert send("GET", f"/v1/activities?{query}").status_code == 422


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


def test_a_foreign_external_id_is_taken_and_tells_nothing(
    ask: Ask, send: Send, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]
) -> None:
    send("POST", "/v1/activities", CALL | {"external_id": "4", "subject": "Secret"})
    answer = ask("POST", "/v1/activities", cookies=cookie_of(house.sven), headers=OUR_OWN, json={"type": "call", "external_id": "4"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "external_id_taken")
    assert "Secret" not in answer.text
    assert "Nora" not in answer.text


def test_a_program_that_only_reports_does_not_read(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    del house
    token = issue(ApiScope.ACTIVITIES_WRITE)
    assert ask("POST", "/v1/activities", headers=bearing(token), json=CALL).status_code == 201
    assert ask("GET", "/v1/activities", headers=bearing(token)).status_code == 403


def test_two_dialers_that_tell_the_same_at_once_store_it_once(send: Send, api_database: Database, house: SimpleNamespace) -> None:
    del house
    batch = {"activities": [CALL | {"external_id": str(n)} for n in range(100)]}
    turned = {"activities": batch["activities"][::-1]}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda body: send("POST", "/v1/activities/batch", body).json(), [batch, turned, batch, turned]))
    assert sum(each["created"] for each in answers) == 100
    assert sum(each["unchanged"] for each in answers) == 300
    assert len(stored(api_database)) == 100
