"""Leads through the API: stored once, moved along with their dates, given to somebody by who may."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data import rollups
from data.engine import Database
from data.models import Lead, TeamMembership
from domain.local_time import local_time
from domain.records import Role
from tests import builders
from tests.api.conftest import By


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North in Berlin, Sven of South, their managers and an admin; a lead of each agent and one of nobody."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora", email="nora@example.com", time_zone="Europe/Berlin")
        sven = builders.person(session, on=south, name="Sven", email="sven@example.com")
        return SimpleNamespace(
            nora=nora,
            sven=sven,
            manager=builders.manager(session, of=north),
            other_manager=builders.manager(session, of=south),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
            lead=builders.lead(session, nora, name="Grace", assigned_at=datetime(2026, 3, 10, 8, tzinfo=UTC)),
            foreign=builders.lead(session, sven, name="Secret"),
            nobodys=builders.lead(session, None, name="Nobodys"),
        )

    return api_database.write(build)


def names(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json()["items"]]


def today_in_berlin() -> str:
    return str(local_time(clock.now(), "Europe/Berlin").on)


def exact(database: Database) -> None:
    with database.reading() as session:
        assert rollups.drift(session.connection()) == []


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("nora", ["Grace"]),
        ("sven", ["Secret"]),
        ("manager", ["Grace"]),
        ("other_manager", ["Secret"]),
        ("admin", ["Nobodys", "Secret", "Grace"]),
        ("program", ["Nobodys", "Secret", "Grace"]),
    ],
)
def test_everybody_sees_the_leads_they_look_after(by: By, who: str, seen: list[str]) -> None:
    assert names(by(who, "GET", "/v1/leads")) == seen


def test_a_new_lead_belongs_to_the_person_who_stores_it(by: By, house: SimpleNamespace, api_database: Database) -> None:
    told = by("nora", "POST", "/v1/leads", {"name": "Ada", "source": "Referral"}).json()
    assert (told["agent_id"], told["status"], told["origin"]) == (house.nora.id, "new", "app")
    assert told["assigned_on"] == today_in_berlin()
    exact(api_database)


def test_a_program_may_leave_a_lead_unassigned(by: By) -> None:
    told = by("program", "POST", "/v1/leads", {"name": "Ada"}).json()
    assert (told["agent_id"], told["assigned_on"]) == (None, None)


def test_an_answer_shows_moments_as_they_are_stored(by: By) -> None:
    said = {"name": "Ada", "agent_email": "nora@example.com", "assigned_at": "2026-03-10T08:00:00+05:30"}
    told = by("program", "POST", "/v1/leads", said).json()
    assert told["assigned_at"] == "2026-03-10T02:30:00Z"
    assert by("program", "GET", f"/v1/leads/{told['id']}").json() == told


def test_the_same_external_id_is_one_lead_brought_up_to_date(by: By, api_database: Database) -> None:
    said = {"name": "Ada", "agent_email": "nora@example.com", "origin": "kommo", "external_id": "77"}
    first = by("program", "POST", "/v1/leads", said)
    again = by("program", "POST", "/v1/leads", said | {"phone": "555"})
    assert [first.status_code, again.status_code] == [201, 200]
    assert again.json() == first.json() | {"phone": "555", "updated_at": again.json()["updated_at"]}
    assert again.json()["updated_at"] > first.json()["updated_at"]
    assert names(by("program", "GET", "/v1/leads?origin=kommo&external_id=77")) == ["Ada"]
    foreign = by("sven", "POST", "/v1/leads", said | {"agent_email": "sven@example.com"})
    assert (foreign.status_code, foreign.json()["error"]["code"]) == (409, "external_id_taken")
    assert "Ada" not in foreign.text
    exact(api_database)


def test_steps_are_dated_on_the_agents_own_day(by: By, house: SimpleNamespace, api_database: Database) -> None:
    address = f"/v1/leads/{house.lead.id}"
    contacted = by("nora", "PATCH", address, {"status": "contacted", "at": "2026-03-10T23:30:00Z"}).json()
    assert (contacted["contacted_on"], contacted["response_seconds"]) == ("2026-03-11", 55_800)
    converted = by("nora", "PATCH", address, {"status": "converted", "at": "2026-03-12T12:00:00Z"}).json()
    assert (converted["status"], converted["contacted_on"], converted["interested_on"], converted["converted_on"]) == (
        "converted",
        "2026-03-11",
        None,
        "2026-03-12",
    )
    exact(api_database)
    back = by("nora", "PATCH", address, {"status": "contacted"}).json()
    assert (back["status"], back["contacted_on"], back["converted_on"]) == ("contacted", "2026-03-11", None)
    exact(api_database)


def test_a_lost_lead_keeps_what_it_reached_and_can_come_back(by: By, house: SimpleNamespace, api_database: Database) -> None:
    address = f"/v1/leads/{house.lead.id}"
    by("nora", "PATCH", address, {"status": "interested", "at": "2026-03-11T10:00:00Z"})
    lost = by("nora", "PATCH", address, {"status": "lost", "at": "2026-03-12T10:00:00Z", "lost_reason": "Price"}).json()
    assert (lost["interested_on"], lost["lost_on"], lost["lost_reason"]) == ("2026-03-11", "2026-03-12", "Price")
    back = by("nora", "PATCH", address, {"status": "interested", "lost_reason": "Price"}).json()
    assert (back["interested_on"], back["lost_on"], back["lost_reason"]) == ("2026-03-11", None, "")
    exact(api_database)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([{"status": "interested", "at": "2026-03-12T10:00:00Z"}, {"status": "converted", "at": "2026-03-11T10:00:00Z"}], "step_order"),
        ([{"status": "contacted", "at": "2199-01-01T00:00:00Z"}], "future_activity"),
        ([{"satisfaction": 6}], "invalid_input"),
        ([{"status": None}], "invalid_input"),
        ([{"contacted_on": "2026-03-11"}], "invalid_input"),
        ([{"agent_id": 1, "agent_email": "sven@example.com"}], "invalid_input"),
        ([{"at": "2026-03-11T10:00:00Z"}], "invalid_input"),
        ([{"agent_id": None, "assigned_at": "2026-03-11T10:00:00Z"}], "invalid_input"),
    ],
)
def test_what_cannot_be_is_refused(by: By, house: SimpleNamespace, said: list[dict[str, Any]], code: str) -> None:
    answers = [by("admin", "PATCH", f"/v1/leads/{house.lead.id}", each) for each in said]
    assert (answers[-1].status_code, answers[-1].json()["error"]["code"]) == (422, code)


def test_a_rating_is_dated_and_taken_back(by: By, house: SimpleNamespace, api_database: Database) -> None:
    address = f"/v1/leads/{house.lead.id}"
    rated = by("nora", "PATCH", address, {"satisfaction": 4}).json()
    assert (rated["satisfaction"], rated["rated_on"]) == (4, today_in_berlin())
    exact(api_database)
    assert by("nora", "PATCH", address, {"satisfaction": None}).json()["rated_on"] is None
    exact(api_database)


@pytest.mark.parametrize("who", ["nora", "manager", "other_manager", "admin", "program"])
def test_a_lead_is_given_away_by_who_looks_after_both(by: By, house: SimpleNamespace, who: str, api_database: Database) -> None:
    answer = by(who, "PATCH", f"/v1/leads/{house.lead.id}", {"agent_id": house.sven.id})
    assert answer.status_code == (200 if who in {"admin", "program"} else 404)
    assert "Sven" not in answer.text
    exact(api_database)


def test_an_agent_does_not_give_leads_away(by: By, house: SimpleNamespace) -> None:
    answer = by("nora", "PATCH", f"/v1/leads/{house.lead.id}", {"agent_id": None})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_a_manager_shares_leads_out_within_the_team(by: By, house: SimpleNamespace, api_database: Database) -> None:
    mate = api_database.write(lambda session: _mate(session, house))
    assert by("manager", "PATCH", f"/v1/leads/{house.lead.id}", {"agent_id": mate}).json()["agent_id"] == mate
    assert by("nora", "GET", f"/v1/leads/{house.lead.id}").status_code == 404
    assert by("manager", "PATCH", f"/v1/leads/{house.lead.id}", {"agent_id": None}).json()["agent_id"] is None
    assert by("manager", "GET", f"/v1/leads/{house.lead.id}").status_code == 404
    exact(api_database)


def _mate(session: Session, house: SimpleNamespace) -> int:
    team_id = session.scalars(select(TeamMembership.team_id).where(TeamMembership.person_id == house.nora.id)).one()
    mate = builders.person(session, name="Mate")
    session.add(TeamMembership(person_id=mate.id, team_id=team_id))
    return mate.id


@pytest.mark.parametrize("who", ["nora", "manager"])
def test_foreign_leads_do_not_exist(by: By, house: SimpleNamespace, who: str, api_database: Database) -> None:
    for lead in (house.foreign, house.nobodys):
        for answer in (
            by(who, "GET", f"/v1/leads/{lead.id}"),
            by(who, "PATCH", f"/v1/leads/{lead.id}", {"name": "Mine"}),
        ):
            assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
            assert lead.name not in answer.text
    assert by(who, "POST", "/v1/leads", {"name": "X", "agent_id": house.sven.id}).status_code == 404
    with api_database.reading() as session:
        assert session.get_one(Lead, house.foreign.id).name == "Secret"


def test_who_asks_what_is_new_gets_what_changed_and_nothing_else(by: By, house: SimpleNamespace, api_database: Database) -> None:
    long_ago = datetime(2026, 1, 1, tzinfo=UTC)
    for lead in (house.lead, house.foreign, house.nobodys):
        api_database.write(lambda session, lead=lead: setattr(session.get_one(Lead, lead.id), "updated_at", long_ago))
    assert names(by("admin", "GET", "/v1/leads?updated_since=2026-01-01T00:00:01Z")) == []
    call = {"agent_id": house.nora.id, "type": "call", "outcome": "connected", "lead_id": house.lead.id}
    made = by("nora", "POST", "/v1/activities", call).json()
    assert names(by("admin", "GET", "/v1/leads?updated_since=2026-01-01T00:00:01Z")) == ["Grace"]
    api_database.write(lambda session: setattr(session.get_one(Lead, house.lead.id), "updated_at", long_ago))
    assert by("nora", "DELETE", f"/v1/activities/{made['id']}").status_code == 204
    told = by("nora", "GET", "/v1/leads?updated_since=2026-01-01T00:00:01Z").json()["items"]
    assert [(each["name"], each["status"]) for each in told] == [("Grace", "new")]
    assert names(by("sven", "GET", "/v1/leads?updated_since=2026-01-01T00:00:00Z")) == ["Secret"]


def test_pages_reach_every_lead(by: By, api_database: Database, house: SimpleNamespace) -> None:
    api_database.write(lambda session: [builders.lead(session, house.nora, name=str(n)) for n in range(5)])
    seen, cursor = [], ""
    while cursor is not None:
        page = by("nora", "GET", f"/v1/leads?limit=2{cursor and f'&cursor={cursor}'}").json()
        seen += [each["name"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["4", "3", "2", "1", "0", "Grace"]


def test_an_unknown_agent_is_not_mistaken_for_a_taken_id(by: By) -> None:
    said = {"name": "Ada", "external_id": "7"}
    by("program", "POST", "/v1/leads", said)
    answer = by("program", "POST", "/v1/leads", said | {"agent_email": "nobody@example.com"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_when_a_lead_was_assigned_is_for_managers_to_correct(by: By, house: SimpleNamespace, api_database: Database) -> None:
    address, said = f"/v1/leads/{house.lead.id}", {"assigned_at": "2026-03-09T23:30:00Z"}
    assert by("nora", "PATCH", address, said).status_code == 403
    assert by("manager", "PATCH", address, said).json()["assigned_on"] == "2026-03-10"
    nobodys = by("program", "POST", "/v1/leads", {"name": "X"} | said)
    assert (nobodys.status_code, "assigned_at" in nobodys.text) == (422, True)
    exact(api_database)


@pytest.mark.parametrize("who", ["admin", "program"])
def test_dating_an_assignment_gives_nobodys_lead_to_nobody(by: By, house: SimpleNamespace, who: str, api_database: Database) -> None:
    address = f"/v1/leads/{house.nobodys.id}"
    answer = by(who, "PATCH", address, {"assigned_at": "2026-03-09T23:30:00Z"})
    assert (answer.status_code, "nobody has this lead" in answer.text) == (422, True)
    assert by("admin", "GET", address).json()["agent_id"] is None
    exact(api_database)


def test_the_same_lead_sent_many_times_at_once_is_one(by: By) -> None:
    said = {"name": "Ada", "agent_email": "nora@example.com", "external_id": "77"}
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: by("program", "POST", "/v1/leads", said), range(6)))
    assert sorted(each.status_code for each in answers) == [200, 200, 200, 200, 200, 201]
    assert len({each.json()["id"] for each in answers}) == 1


def test_only_a_change_counts_as_one(by: By, house: SimpleNamespace, api_database: Database) -> None:
    def changed_at() -> datetime | None:
        with api_database.reading() as session:
            return session.get_one(Lead, house.lead.id).updated_at

    before = changed_at()
    by("nora", "PATCH", f"/v1/leads/{house.lead.id}", {"name": "Grace"})
    assert changed_at() == before
    by("manager", "PATCH", f"/v1/leads/{house.lead.id}", {"assigned_at": "2026-03-09T08:00:00Z"})
    assert changed_at() != before


def test_a_client_is_forgotten_and_no_route_brings_them_back(by: By, house: SimpleNamespace, api_database: Database) -> None:
    known = {"email": "grace@example.com", "origin": "crm", "external_id": "L1"}
    lead = by("program", "POST", "/v1/leads", {"name": "Grace Hopper", "agent_id": house.nora.id, "phone": "030 5550199", **known}).json()[
        "id"
    ]
    deal = {"name": "Hopper", "agent_id": house.nora.id, "lead_id": lead, "origin": "crm", "external_id": "D1"}
    call = {"type": "call", "agent_id": house.nora.id, "lead_id": lead, "notes": "Grace rang", "origin": "crm", "external_id": "A1"}
    assert by("program", "POST", "/v1/deals", deal).status_code == by("program", "POST", "/v1/activities", call).status_code == 201

    told = by("manager", "POST", f"/v1/leads/{lead}/erasure", {"confirm": "grace hopper"}).json()

    assert (told["name"], told["email"], told["phone"], told["external_id"]) == (f"Former client {lead}", "", "", None)
    again = [
        ("POST", "/v1/leads", {"name": "Grace", **known}),
        ("POST", "/v1/leads", {"name": "Grace", "phone": "+49 30 5550199"}),
        ("PATCH", f"/v1/leads/{house.lead.id}", {"email": "GRACE@example.com"}),
        ("PATCH", f"/v1/leads/{lead}", {"name": "Grace Hopper"}),
        ("POST", "/v1/deals", deal),
        ("POST", "/v1/activities", call),
    ]
    for method, path, body in again:
        answer = by("program", method, path, body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "forgotten"), path
    batch = by("program", "POST", "/v1/activities/batch", {"activities": [call, call | {"external_id": "A2", "notes": ""}]}).json()
    assert [each["result"] for each in batch["items"]] == ["refused", "created"]
    assert by("program", "PATCH", f"/v1/leads/{lead}", {"status": "contacted"}).status_code == 200
    exact(api_database)


def test_nobody_else_has_a_client_forgotten(by: By, house: SimpleNamespace, api_database: Database) -> None:
    answers = {
        who: by(who, "POST", f"/v1/leads/{house.lead.id}/erasure", {"confirm": "Grace"}).status_code
        for who in ("nora", "sven", "other_manager")
    }
    assert answers == {"nora": 403, "sven": 403, "other_manager": 404}
    assert by("manager", "POST", f"/v1/leads/{house.nobodys.id}/erasure", {"confirm": "Nobodys"}).status_code == 404
    assert by("program", "POST", f"/v1/leads/{house.lead.id}/erasure", {"confirm": "Gracia"}).json()["error"]["code"] == "not_confirmed"
    with api_database.reading() as session:
        assert session.get_one(Lead, house.lead.id).name == "Grace"
