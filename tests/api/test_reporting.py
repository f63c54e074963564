"""The sales floor's reports over the API: what the screens show, within what the caller may see."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from domain.api_scopes import ApiScope
from domain.records import Role
from tests import builders
from tests.api.conftest import Ask, By, Issue, bearing

IN_MARCH = "from=2026-03-01&to=2026-03-31"
REPORTS = ("call-volume", "agreements", "lists-out", "analytics", "agreement-tracking", "pipeline-health", "leaderboard", "heatmap")


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North with a call at noon, an agreement and a list of twelve that sold in a March; Sven of South with two calls."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, country=builders.NO_HOLIDAYS)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
        builders.activity(session, nora)
        builders.activity(session, sven)
        builders.activity(session, sven, at=builders.NOON + timedelta(hours=1))
        day = date(2026, 3, 5)
        builders.deal(
            session,
            nora,
            proposal_on=day,
            agreement_on=day,
            partner_list_sent_on=day,
            partner_list_size=12,
            first_sale_on=day,
            created_on=day,
        )
        return SimpleNamespace(
            nora=nora,
            sven=sven,
            manager=builders.manager(session, of=north),
            admin=builders.person(session, role=Role.ADMIN, password_hash="x"),
        )

    return api_database.write(build)


@pytest.mark.usefixtures("house")
def test_call_volume_is_counted_by_day_and_hour_within_the_callers_reach(by: By) -> None:
    found = by("manager", "GET", f"/v1/reporting/call-volume?{IN_MARCH}&by=day").json()
    assert (found["days"], found["calls"]["figure"]["value"]) == ({"from": "2026-03-01", "to": "2026-03-31"}, 1)
    assert found["hours"] == [{"weekday": 2, "hour": 12, "calls": 1, "conversations": 0}]
    assert len(found["points"]) == 14
    everybody = by("admin", "GET", f"/v1/reporting/call-volume?{IN_MARCH}&by=month").json()
    assert everybody["points"][-1]["value"] == everybody["calls"]["figure"]["value"] == 3


@pytest.mark.usefixtures("house")
def test_agreements_and_lists_have_counts_trend_size_and_conversion(by: By) -> None:
    agreements = by("manager", "GET", f"/v1/reporting/agreements?{IN_MARCH}&by=month").json()
    assert (agreements["agreements"]["figure"]["value"], agreements["points"][-1]["value"]) == (1, 1)
    lists = by("manager", "GET", f"/v1/reporting/lists-out?{IN_MARCH}").json()
    assert (lists["lists"]["figure"]["value"], lists["average_size"]["value"]) == (1, 12)
    to_sale = {key: lists["to_first_sale"][key] for key in ("share", "entered", "moved", "undecided", "too_early")}
    assert to_sale == {"share": 1.0, "entered": 1, "moved": 1, "undecided": 0, "too_early": True}


@pytest.mark.usefixtures("house")
def test_the_leaderboard_takes_the_index_apart(by: By) -> None:
    (row,) = by("manager", "GET", f"/v1/reporting/leaderboard?{IN_MARCH}").json()["items"]
    assert (row["name"], row["points"]) == ("Nora", 1 + 3 + 2)
    assert row["parts"] == {"calls": 1, "agreements": 1, "lists_sent": 1, "deals_won": 0}


@pytest.mark.parametrize("report", REPORTS)
def test_another_agent_named_in_the_question_is_left_out(by: By, house: SimpleNamespace, report: str) -> None:
    answer = by("nora", "GET", f"/v1/reporting/{report}?{IN_MARCH}&agent={house.sven.id}")
    assert answer.status_code == 200
    assert b"Sven" not in answer.content
    assert b'"value":2' not in answer.content


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("report", REPORTS)
def test_a_program_needs_the_permission_to_read_analytics(ask: Ask, issue: Issue, report: str) -> None:
    without, having = issue(ApiScope.DEALS_READ), issue(ApiScope.ANALYTICS_READ)
    assert ask("GET", f"/v1/reporting/{report}", headers=bearing(without)).status_code == 403
    assert ask("GET", f"/v1/reporting/{report}", headers=bearing(having)).status_code == 200
