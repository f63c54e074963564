"""Alerts through the API: by how much they press, for those who look after the team."""

import csv
import io
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person
from domain.alerts.finding import AlertRule, Priority
from domain.alerts.lifecycle import AlertState, Ending
from domain.records import Role
from tests import builders
from tests.api.conftest import Ask, By

PATH = "/v1/reporting/alerts"


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """North with an urgent and a high alert and one that is over; South with a medium one."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        now = clock.now()
        over = {"state": AlertState.RESOLVED, "resolved_at": now, "ending": Ending.OVER}
        sven = builders.person(session, on=south, name="Sven")
        lists = {"rule": AlertRule.LISTS_OVERDUE, "priority": Priority.URGENT, "count": 3}
        support = {"rule": AlertRule.NEEDS_SUPPORT, "priority": Priority.MEDIUM, "agent_id": sven.id}
        return SimpleNamespace(
            north=north,
            nora=builders.person(session, on=north, name="Nora"),
            manager=builders.manager(session, of=north),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
            urgent=builders.alert(session, north, at=now, **lists),
            high=builders.alert(session, north, at=now),
            past=builders.alert(session, north, at=now, **over),
            medium=builders.alert(session, south, at=now, **support),
        )

    return api_database.write(build)


def ids(answer: object) -> dict[str, list[int]]:
    return {priority: [each["id"] for each in shown] for priority, shown in answer.json().items()}  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["admin", "program"])
def test_urgent_high_and_medium_come_together(by: By, house: SimpleNamespace, who: str) -> None:
    assert ids(by(who, "GET", PATH)) == {"urgent": [house.urgent.id], "high": [house.high.id], "medium": [house.medium.id]}


def test_a_manager_reads_their_own_teams_and_narrows_by_state(by: By, house: SimpleNamespace) -> None:
    assert ids(by("manager", "GET", PATH)) == {"urgent": [house.urgent.id], "high": [house.high.id], "medium": []}
    assert ids(by("manager", "GET", f"{PATH}?team={house.medium.team_id}")) == {"urgent": [], "high": [], "medium": []}
    past = by("manager", "GET", f"{PATH}?state=resolved").json()["high"]
    assert [(each["id"], each["ending"]) for each in past] == [(house.past.id, "over")]


def test_an_alert_tells_what_to_do_and_where(by: By, house: SimpleNamespace) -> None:
    (told,) = by("manager", "GET", PATH).json()["urgent"]
    assert (told["name"], told["count"], told["link"]) == ("Partner lists past due", 3, f"/alerts?alert={house.urgent.id}")
    assert told["next_step"] == "Send them today, or agree on a new day with whoever waits."


def test_what_people_do_is_answered_with_the_log(by: By, house: SimpleNamespace) -> None:
    path = f"{PATH}/{house.high.id}"
    assert by("manager", "POST", f"{path}/silence", {"span": "day"}).json()["silenced_until"] > clock.now().isoformat()
    assert by("manager", "POST", f"{path}/assign", {"person_id": house.manager.id}).json()["assignee_id"] == house.manager.id
    told = by("manager", "POST", f"{path}/comments", {"note": "I call them."}).json()
    assert [each["what"] for each in told["log"]] == ["commented", "assigned", "silenced"]
    assert told["log"][0]["note"] == "I call them."
    assert by("manager", "GET", path).json() == told


def test_what_cannot_be_done_is_refused(by: By, house: SimpleNamespace) -> None:
    path = f"{PATH}/{house.high.id}"
    assert by("manager", "POST", f"{path}/assign", {"person_id": house.nora.id}).status_code == 403
    assert by("manager", "POST", f"{PATH}/{house.past.id}/silence", {"span": "day"}).status_code == 409
    assert by("manager", "POST", f"{path}/silence", {"span": "year"}).status_code == 422
    assert by("manager", "POST", f"{PATH}/{house.medium.id}/silence", {"span": "day"}).status_code == 404
    assert by("program", "POST", f"{path}/silence", {"span": "day"}).json()["error"]["code"] == "people_only"


def test_alerts_are_downloaded_with_their_next_step_and_what_the_rules_ask(
    ask: Ask, cookie_of: Callable[[Person], dict[str, str]], house: SimpleNamespace
) -> None:
    answer = ask("GET", f"/export/alerts.csv?team={house.medium.team_id}", cookies=cookie_of(house.manager))
    head, *found = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    told = [dict(zip(head, row, strict=True)) for row in found[: found.index([])]]
    assert [(each["State"], each["Priority"], each["Team"]) for each in told] == [
        ("Now", "Urgent", "North"),
        ("Now", "High", "North"),
        ("Over", "High", "North"),
    ]
    assert told[0]["Next step"] == "Send them today, or agree on a new day with whoever waits."
    assert told[2]["How it ended"] == "Its time was over"
    assert ["# Partner lists past due", "Lists that should have gone out before today."] in found
