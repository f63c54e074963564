"""People and teams through the API: who sees whom, and what administrators change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

import clock
from api.v1.pages import cursor_of
from data.engine import Database
from data.models import Person
from domain.records import Role
from services.passwords import matches
from tests import builders
from tests.api.conftest import Ask, By, bearing, until_somebody_waits

pytestmark = pytest.mark.usefixtures("cheap_hashes")


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora on North with its manager, Sven on South, an admin."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        return SimpleNamespace(
            north=north,
            south=south,
            nora=builders.person(session, on=north, name="Nora", email="nora@example.com", external_id="crm-1"),
            sven=builders.person(session, on=south, name="Sven", email="sven@example.com"),
            manager=builders.manager(session, of=north, name="Mia"),
            admin=builders.person(session, role=Role.ADMIN, name="Ann", password_hash="x"),
        )

    return api_database.write(build)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("nora", [("Nora", True)]),
        ("manager", [("Nora", False), ("Mia", True)]),
        ("program", [("Nora", False), ("Sven", False), ("Mia", False), ("Ann", False)]),
        ("admin", [("Nora", True), ("Sven", True), ("Mia", True), ("Ann", True)]),
    ],
)
def test_everybody_sees_their_own_people_and_few_see_e_mails(by: By, who: str, seen: list[tuple[str, bool]]) -> None:
    told = by(who, "GET", "/v1/people").json()["items"]
    assert [(one["name"], one["email"] is not None) for one in told if not one["name"].startswith("Person")] == seen


def test_who_am_i(by: By, house: SimpleNamespace) -> None:
    told = by("nora", "GET", "/v1/me").json()
    assert (told["id"], told["name"], told["email"], told["team_id"]) == (house.nora.id, "Nora", "nora@example.com", house.north.id)


@pytest.mark.parametrize(
    ("query", "names"),
    [("team=1", ["Nora"]), ("role=manager", ["Mia"]), ("external_id=crm-1", ["Nora"]), ("active=false", []), ("team=99", [])],
)
def test_filters_narrow_the_list(by: By, house: SimpleNamespace, query: str, names: list[str]) -> None:
    assert house.north.id == 1
    assert [one["name"] for one in by("admin", "GET", f"/v1/people?{query}").json()["items"]] == names


def test_pages_reach_everybody(by: By) -> None:
    seen, cursor = [], ""
    while cursor is not None:
        page = by("admin", "GET", f"/v1/people?limit=2{cursor and f'&cursor={cursor}'}").json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == [1, 2, 3, 4, 5]


def test_a_cursor_beyond_every_id_is_a_broken_one(by: By) -> None:
    for number, status in ((2**31 - 1, 200), (2**31, 422), (2**63, 422)):
        assert by("admin", "GET", f"/v1/people?cursor={cursor_of(number)}").status_code == status


def test_an_invitation_answers_with_a_password_that_works(by: By, house: SimpleNamespace, api_database: Database) -> None:
    body = {"name": "Ada", "email": "ada@example.com", "time_zone": "Europe/Berlin", "team_id": house.south.id}
    answer = by("admin", "POST", "/v1/people", body)
    told = answer.json()
    assert (answer.status_code, told["person"]["team_id"], told["person"]["role"]) == (201, house.south.id, "agent")
    with api_database.reading() as session:
        ada = session.get_one(Person, told["person"]["id"])
        assert ada.must_change_password
        assert matches(told["one_time_password"], ada.password_hash)
    again = by("admin", "POST", "/v1/people", body)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "taken")


def test_an_edit_changes_what_it_names(by: By, house: SimpleNamespace) -> None:
    before = by("admin", "GET", f"/v1/people/{house.nora.id}").json()
    after = by("admin", "PATCH", f"/v1/people/{house.nora.id}", {"working_days": [1, 2], "external_id": None}).json()
    assert after == before | {"working_days": [1, 2], "external_id": None}


@pytest.mark.parametrize("table", ["person", "team"])
def test_two_corrections_at_once_keep_both(by: By, house: SimpleNamespace, api_database: Database, table: str) -> None:
    address = f"/v1/people/{house.nora.id}" if table == "person" else f"/v1/teams/{house.north.id}"
    theirs, ours = ("role = 'manager'", {"time_zone": "UTC"}) if table == "person" else ("profile = 'bdr'", {"name": "West"})
    before = by("admin", "GET", address).json()
    with ThreadPoolExecutor(1) as pool, api_database.writer.connect() as other:
        other.execute(text(f"UPDATE {table} SET {theirs} WHERE id = :id"), {"id": before["id"]})
        waiting = pool.submit(by, "admin", "PATCH", address, ours)
        until_somebody_waits(api_database)
        other.commit()
        after = waiting.result().json()
    column, value = theirs.replace("'", "").split(" = ")
    assert before[column] != value
    assert after == before | {column: value} | ours


def test_another_role_and_deactivation_end_access_at_once(
    by: By, ask: Ask, house: SimpleNamespace, token_of: Callable[[Person], str]
) -> None:
    token = token_of(house.nora)
    assert by("admin", "PATCH", f"/v1/people/{house.nora.id}", {"role": "manager"}).status_code == 200
    assert ask("GET", "/v1/me", headers=bearing(token)).status_code == 401
    token = token_of(house.sven)
    assert by("admin", "POST", f"/v1/people/{house.sven.id}/deactivate").json()["active"] is False
    assert ask("GET", "/v1/me", headers=bearing(token)).status_code == 401
    assert by("admin", "POST", f"/v1/people/{house.sven.id}/reactivate").json()["active"] is True


def test_a_move_and_managed_teams_follow(by: By, house: SimpleNamespace) -> None:
    today = clock.now().date().isoformat()
    moved = by("admin", "PUT", f"/v1/people/{house.nora.id}/team", {"team_id": house.south.id, "from_on": today})
    assert moved.json()["team_id"] == house.south.id
    assert by("manager", "GET", f"/v1/people/{house.nora.id}").status_code == 404
    managed = by("admin", "PUT", f"/v1/people/{house.manager.id}/managed-teams", {"team_ids": [house.south.id]})
    assert managed.json()["managed_team_ids"] == [house.south.id]
    assert by("manager", "GET", f"/v1/people/{house.nora.id}").status_code == 200


def test_teams_are_made_renamed_and_seen_by_who_belongs(by: By, house: SimpleNamespace) -> None:
    made = by("admin", "POST", "/v1/teams", {"name": "West", "profile": "bdr"})
    assert (made.status_code, made.json()["members"], made.json()["manager_ids"]) == (201, 0, [])
    renamed = by("admin", "PATCH", f"/v1/teams/{made.json()['id']}", {"name": "Far West"})
    assert (renamed.json()["name"], renamed.json()["profile"]) == ("Far West", "bdr")
    assert by("admin", "PATCH", f"/v1/teams/{made.json()['id']}", {"name": "north"}).json()["error"]["code"] == "taken"
    for who, seen in (("nora", [1]), ("manager", [1]), ("sven", [2]), ("program", [1, 2, 3])):
        assert [one["id"] for one in by(who, "GET", "/v1/teams").json()["items"]] == seen
    assert by("admin", "GET", "/v1/teams/1").json() == {
        "id": 1,
        "name": "North",
        "profile": "real_estate",
        "members": 1,
        "manager_ids": [house.manager.id],
    }
