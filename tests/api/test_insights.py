"""Insights through the API: an agent's own for those who look after them, put aside by people for themselves."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from domain.api_scopes import ApiScope
from domain.records import Role
from tests import builders
from tests.api.conftest import Ask, By, Issue, bearing

TODAY = clock.now().date()


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North and Sven of South, each with a lead that waits, their managers and an admin."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        made = SimpleNamespace(
            nora=builders.person(session, on=north, name="Nora"),
            sven=builders.person(session, on=south, name="Sven"),
            manager=builders.manager(session, of=north),
            other_manager=builders.manager(session, of=south),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
        )
        at = clock.now() - timedelta(days=3)
        for agent in (made.nora, made.sven):
            builders.lead(session, agent, on=at.date(), assigned_at=at, name=f"Lead of {agent.name}")
        return made

    return api_database.write(build)


def address(agent: object, *more: str) -> str:
    return "/".join((f"/v1/agents/{agent}/analytics/insights", *more))


def test_an_agent_reads_their_own_by_id_and_as_me(by: By, house: SimpleNamespace) -> None:
    (told,) = by("nora", "GET", address("me")).json()["items"]
    assert told == by("nora", "GET", address(house.nora.id)).json()["items"][0]
    assert (told["rule"], told["tone"], told["metric_key"], told["sample"]) == ("waiting_leads", "warning", "median_response_time", 1)
    assert told["sentence"] == "1 new lead has waited 3 days for a first contact."
    assert [(each["name"], each["detail"]) for each in told["examples"]] == [("Lead of Nora", "3 days")]
    assert told["last_on"] == str(TODAY)
    early = by("nora", "GET", address("me")).json()["too_early"]
    assert early[0] == {
        "metric_key": "median_response_time",
        "sentence": "Response time is compared once 4 weeks and the 4 before have 10 first contacts each; in one of them there are none.",
        "has": 0,
        "needs": 10,
    }


@pytest.mark.parametrize("who", ["manager", "admin", "program"])
def test_those_who_look_after_an_agent_read_the_same(by: By, house: SimpleNamespace, who: str) -> None:
    assert by(who, "GET", address(house.nora.id)).content == by("nora", "GET", address("me")).content


@pytest.mark.parametrize("who", ["sven", "other_manager"])
@pytest.mark.parametrize("about", ["nora", "nobody"])
def test_a_foreign_agent_is_told_like_none(by: By, house: SimpleNamespace, who: str, about: str) -> None:
    agent = house.nora.id if about == "nora" else 999_999
    told = by("nora", "GET", address("me")).json()["items"][0]["id"]
    for method, path in (("GET", address(agent)), ("POST", address(agent, told, "dismiss")), ("POST", address(agent, told, "restore"))):
        answer = by(who, method, path)
        assert (answer.status_code, answer.json()["error"]["message"]) == (404, "There is no such agent among those you look after.")


def test_an_insight_of_somebody_else_cannot_be_put_aside_under_ones_own_address(by: By, house: SimpleNamespace) -> None:
    del house
    svens = by("sven", "GET", address("me")).json()["items"][0]["id"]
    assert by("nora", "POST", address("me", svens, "dismiss")).status_code == 404
    assert len(by("sven", "GET", address("me")).json()["items"]) == 1


def test_what_is_put_aside_is_listed_apart_until_it_is_brought_back(by: By, house: SimpleNamespace) -> None:
    (told,) = by("nora", "GET", address("me")).json()["items"]
    assert by("nora", "POST", address("me", told["id"], "dismiss")).json() == told
    assert by("nora", "GET", address("me")).json()["items"] == []
    assert by("nora", "GET", address("me") + "?put_aside=true").json()["items"] == [told]
    assert by("manager", "GET", address(house.nora.id)).json()["items"] == [told]
    assert by("nora", "POST", address("me", told["id"], "restore")).json() == told
    assert by("nora", "GET", address("me")).json()["items"] == [told]


def test_programs_read_with_the_scope_and_put_nothing_aside(ask: Ask, issue: Issue, by: By, house: SimpleNamespace) -> None:
    told = by("nora", "GET", address("me")).json()["items"][0]["id"]
    reader, other = bearing(issue(ApiScope.ANALYTICS_READ)), bearing(issue(ApiScope.LEADS_READ))
    assert ask("GET", address(house.nora.id), headers=reader).status_code == 200
    assert ask("GET", address(house.nora.id), headers=other).json()["error"]["code"] == "missing_scope"
    assert ask("POST", address(house.nora.id, told, "dismiss"), headers=reader).json()["error"]["code"] == "people_only"


@pytest.mark.parametrize("said", ["x", "waiting_leads.1", "waiting_leads.1.2026-W11.zzzzzzzz", "a" * 200])
def test_what_is_no_id_is_refused(by: By, house: SimpleNamespace, said: str) -> None:
    del house
    assert by("nora", "POST", address("me", said, "dismiss")).status_code == 422
