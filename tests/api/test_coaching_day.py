"""The day's plan through the API: the same for who looks after the agent, ticked and put off by people, foreign ones told like none."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from domain.records import Role
from tests import builders
from tests.api.conftest import By

PLAN = "/v1/coaching/daily-plan"
EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North with a lead that waits, Sven of South, their managers and an admin, in a country without holidays."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country="ZZ")
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora = builders.person(session, on=north, name="Nora", working_days=EVERY_DAY)
        at = clock.now() - timedelta(hours=3)
        return SimpleNamespace(
            nora=nora,
            sven=builders.person(session, on=south, name="Sven"),
            manager=builders.manager(session, of=north),
            other_manager=builders.manager(session, of=south),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
            lead=builders.lead(session, nora, on=at.date(), assigned_at=at, name="Lena").id,
        )

    return api_database.write(build)


def test_a_plan_is_read_ticked_and_put_off(by: By, house: SimpleNamespace) -> None:
    plan = by("nora", "GET", PLAN).json()
    (must_do,) = plan["must_dos"]
    key = f"new_lead.{house.lead}"
    assert (plan["next_key"], must_do["key"], must_do["title"], must_do["minutes"]) == (key, key, "Contact Lena", 5)
    assert must_do["reason"].endswith(" and nobody has contacted them. The longer they wait, the fewer answer.")
    assert by("manager", "GET", f"{PLAN}?agent={house.nora.id}").json() == plan
    ticked = by("nora", "POST", f"{PLAN}/{key}/done", {}).json()
    assert (ticked["completion_share"], ticked["next_key"], ticked["must_dos"][0]["is_ticked"]) == (1.0, None, True)
    assert by("nora", "GET", "/v1/coaching/scoreboard").json()["must_dos_done"] == 1
    assert by("nora", "POST", f"{PLAN}/{key}/put-off", {"reason": "No time"}).status_code == 409
    assert by("manager", "POST", f"{PLAN}/{key}/done?agent={house.nora.id}", {"done": False}).status_code == 403
    assert by("nora", "POST", f"{PLAN}/{key}/done", {"done": False}).json()["done"] == 0
    late = by("nora", "POST", f"{PLAN}/{key}/put-off", {"reason": "No time"}).json()
    assert (late["asked"], late["must_dos"][0]["put_off_reason"]) == (0, "No time")


@pytest.mark.parametrize("who", ["sven", "other_manager"])
def test_a_foreign_plan_can_be_neither_read_nor_ticked(by: By, house: SimpleNamespace, who: str) -> None:
    by("nora", "GET", PLAN)
    key = f"new_lead.{house.lead}"
    for agent in (house.nora.id, 999_999):
        for method, path, body in (
            ("GET", PLAN, None),
            ("GET", "/v1/coaching/hourly-nudge", None),
            ("GET", "/v1/coaching/scoreboard", None),
            ("POST", f"{PLAN}/{key}/done", {}),
            ("POST", f"{PLAN}/{key}/put-off", {"reason": "No time"}),
        ):
            answer = by(who, method, f"{path}?agent={agent}", body)
            assert (answer.status_code, answer.json()["error"]["message"]) == (404, "There is no such agent among those you look after.")
    assert by("nora", "GET", PLAN).json()["done"] == 0


def test_the_hour_has_no_usual_before_ten_such_days(by: By, house: SimpleNamespace) -> None:
    del house
    found = by("nora", "GET", "/v1/coaching/hourly-nudge").json()
    assert (found["usual"], found["days"], found["is_behind"], found["nudge"]) == (None, 0, False, None)
