"""Funnel, sources and revenue of one agent over the API: the fields dashboards ask for, and nothing of anybody else."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from domain.api_scopes import ApiScope
from domain.records import DealStatus, Role
from tests import builders
from tests.api.conftest import Ask, By, Issue, bearing

NAMES = ("funnel", "lead-sources", "revenue-trends")
IN_MAY = "from=2025-05-01&to=2025-05-31"
MAY = date(2025, 5, 15)


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North with 47 leads of a May, of which 32 converted, and two sales; Sven of South, their managers, an admin."""

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
        for n in range(47):
            steps = (("contacted_on", 40), ("interested_on", 34), ("converted_on", 32))
            source = "Referrals" if n < 18 else "Web Forms"
            builders.lead(session, made.nora, on=MAY, source=source, **{step: MAY for step, reached in steps if n < reached})
        for on, amount in ((date(2025, 5, 1), 45_000), (MAY, 210_000)):
            builders.deal(session, made.nora, status=DealStatus.WON, closed_on=on, amount_minor=amount, source="Referrals")
        builders.lead(session, made.sven, on=MAY, source="Sven only")
        builders.deal(session, made.sven, status=DealStatus.WON, closed_on=MAY, amount_minor=777_777, source="Sven only")
        return made

    return api_database.write(build)


def address(agent: object, name: str, query: str = IN_MAY) -> str:
    return f"/v1/agents/{agent}/analytics/{name}?{query}"


def test_the_funnel_has_both_kinds_of_rates(by: By, house: SimpleNamespace) -> None:
    assert by("nora", "GET", address("me", "funnel")).json() == {
        "agent_id": house.nora.id,
        "days": {"from": "2025-05-01", "to": "2025-05-31"},
        "funnel": {"assigned": 47, "contacted": 40, "interested": 34, "converted": 32},
        "conversion_rates": {"contact_rate": 85.1, "interest_rate": 72.3, "conversion_rate": 68.1},
        "steps": [
            {"key": "leads_assigned", "name": "Assigned", "count": 47, "of_assigned": 100.0, "of_previous": 100.0},
            {"key": "leads_contacted", "name": "Contacted", "count": 40, "of_assigned": 85.1, "of_previous": 85.1},
            {"key": "leads_interested", "name": "Interested", "count": 34, "of_assigned": 72.3, "of_previous": 85.0},
            {"key": "leads_converted", "name": "Converted", "count": 32, "of_assigned": 68.1, "of_previous": 94.1},
        ],
    }


def test_a_funnel_without_leads_has_no_rates(by: By, house: SimpleNamespace) -> None:
    del house
    told = by("nora", "GET", address("me", "funnel", "from=2025-06-01&to=2025-06-30")).json()
    assert told["funnel"] == {"assigned": 0, "contacted": 0, "interested": 0, "converted": 0}
    assert {*told["conversion_rates"].values(), *(step["of_previous"] for step in told["steps"])} == {None}


def test_sources_have_count_rate_interval_and_revenue(by: By, house: SimpleNamespace) -> None:
    del house
    told = by("nora", "GET", address("me", "lead-sources")).json()
    rows = [(row["source"], row["count"], row["converted"], row["conversion_rate"], row["revenue_minor"]) for row in told["sources"]]
    assert rows == [("Web Forms", 29, 14, 48.3, 0), ("Referrals", 18, 18, 100.0, 255_000)]
    assert told["sources"][0]["conversion_low"] < 48.3 < told["sources"][0]["conversion_high"]
    kpis = by("nora", "GET", address("me", "kpis")).json()["kpis"]
    assert (kpis["leads_handled"], kpis["total_revenue_minor"]) == (47, 255_000)


def test_revenue_has_its_days_the_best_of_them_and_the_month(by: By, house: SimpleNamespace) -> None:
    del house
    told = by("nora", "GET", address("me", "revenue-trends")).json()
    assert len(told["data"]) == 31
    assert told["data"][0] == {"date": "2025-05-01", "revenue_minor": 45_000, "sales": 1, "unfinished": False}
    assert told["insights"] == {
        "best_day": {"date": "2025-05-15", "revenue_minor": 210_000, "sales": 1, "unfinished": False},
        "month": {"from": "2025-05-01", "to": "2025-05-31"},
        "compared_with": {"from": "2025-04-01", "to": "2025-04-30"},
        "month_total_minor": 255_000,
        "month_before_minor": None,
        "month_change_percent": None,
        "is_good": None,
    }


@pytest.mark.parametrize(("length", "points"), [("daily", 30), ("weekly", 12), ("monthly", 12)])
def test_without_days_a_trend_reaches_back_far_enough(by: By, house: SimpleNamespace, length: str, points: int) -> None:
    del house
    data = by("nora", "GET", address("me", "revenue-trends", f"by={length}")).json()["data"]
    assert len(data) == points
    assert [point["unfinished"] for point in (data[0], *data[-2:])] == [False, False, True]


def test_days_that_cut_a_week_leave_it_incomplete(by: By, house: SimpleNamespace) -> None:
    del house
    data = by("nora", "GET", address("me", "revenue-trends", f"{IN_MAY}&by=weekly")).json()["data"]
    assert [(point["date"], point["revenue_minor"], point["unfinished"]) for point in data] == [
        ("2025-04-28", 45_000, True),
        ("2025-05-05", 0, False),
        ("2025-05-12", 210_000, False),
        ("2025-05-19", 0, False),
        ("2025-05-26", 0, True),
    ]


@pytest.mark.parametrize("query", ["by=yearly", "by=day", "from=2025-05-01", "by=daily&grain=week"])
def test_what_makes_no_sense_is_refused(by: By, house: SimpleNamespace, query: str) -> None:
    del house
    answer = by("nora", "GET", address("me", "revenue-trends", query))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_input")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["sven", "other_manager"])
def test_a_foreign_agent_is_told_like_none_and_adds_nothing(by: By, house: SimpleNamespace, who: str, name: str) -> None:
    foreign, nobody = (by(who, "GET", address(agent, name)) for agent in (house.nora.id, 999_999))
    assert (foreign.status_code, foreign.json()["error"]["message"]) == (404, nobody.json()["error"]["message"])
    own = by(who, "GET", address("me", name)).text
    assert "Referrals" not in own
    assert "210000" not in own


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["manager", "admin", "program"])
def test_those_who_look_after_an_agent_read_the_same(by: By, house: SimpleNamespace, who: str, name: str) -> None:
    answer = by(who, "GET", address(house.nora.id, name))
    assert answer.content == by("nora", "GET", address("me", name)).content
    assert "Sven only" not in answer.text


@pytest.mark.parametrize("name", NAMES)
def test_a_program_needs_the_scope(ask: Ask, issue: Issue, house: SimpleNamespace, name: str) -> None:
    refused = ask("GET", address(house.nora.id, name), headers=bearing(issue(ApiScope.LEADS_READ, ApiScope.GOALS_READ)))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "missing_scope")
