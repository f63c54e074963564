"""Targets through the API: asked for by those who look after somebody, from a day on, and refused with what to do."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from tests import builders
from tests.api.conftest import By


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of a team Mia manages."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        team = builders.team(session, name="North")
        return SimpleNamespace(
            nora=builders.person(session, on=team, name="Nora"), mia=builders.manager(session, of=team, name="Mia"), team=team.id
        )

    return api_database.write(build)


def asked(house: SimpleNamespace, **said: object) -> dict[str, Any]:
    first = clock.now().date().replace(day=1)
    return {"metric_key": "calls", "grain": "week", "agent_id": house.nora.id, "target": 60, "from_on": first.isoformat()} | said


def test_what_is_asked_is_shown_to_who_asked_and_ends_when_nothing_is_asked_any_more(by: By, house: SimpleNamespace) -> None:
    answer = by("mia", "POST", "/v1/targets", asked(house))
    assert answer.status_code == 200
    (shown,) = by("mia", "GET", "/v1/targets").json()["now"]
    assert (shown["holder"], shown["metric_key"], shown["grain"], shown["target"]) == ("Nora", "calls", "week", 60.0)
    assert answer.json()["now"] == [shown]

    later = (clock.now().date() + timedelta(days=40)).isoformat()
    ended = by("mia", "POST", "/v1/targets", asked(house, target=None, from_on=later)).json()
    assert [each["until_on"] for each in ended["now"]] == [later]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"metric_key": "luck"}, "unknown_metric"),
        ({"from_on": "2001-01-01"}, "target_day"),
        ({"team_id": 1}, "one_scope"),
        ({"target": None}, "no_target"),
        ({"agent_id": None, "team_id": 1, "as_ramp": True}, "no_ramp"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(by: By, house: SimpleNamespace, said: dict[str, object], code: str) -> None:
    answer = by("mia", "POST", "/v1/targets", asked(house, **said))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
