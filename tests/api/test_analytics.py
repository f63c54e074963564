"""An agent's own numbers over the API: the fields dashboards ask for, with what each rests on."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person
from domain.api_scopes import ApiScope
from domain.records import ActivityType, DealStatus, LeadStatus
from tests import builders
from tests.api.conftest import Ask, Issue, bearing

Cookies = Callable[[Person], dict[str, str]]
TODAY = clock.now().date()


@pytest.fixture
def agent(api_database: Database) -> Person:
    """Ten leads of today, four of them converted, one sale."""

    def made(session: Session) -> Person:
        builders.organisation(session)
        agent = builders.person(session, name="Nora", on=builders.team(session))
        for n in range(10):
            sale = {"status": LeadStatus.CONVERTED, "converted_on": TODAY, "satisfaction": 4, "rated_on": TODAY} if n < 4 else {}
            builders.lead(session, agent, on=TODAY, contacted_on=TODAY, response_seconds=3600 * (n + 1), **sale)
        builders.deal(session, agent, status=DealStatus.WON, closed_on=TODAY, amount_minor=125_000)
        return agent

    return api_database.write(made)


def test_the_key_figures_have_every_field_and_what_it_rests_on(ask: Ask, agent: Person, cookie_of: Cookies) -> None:
    told = ask("GET", "/v1/agents/me/analytics/kpis", cookies=cookie_of(agent)).json()
    assert told["kpis"] == {
        "leads_handled": 10,
        "leads_this_week": 10,
        "conversion_rate": 40.0,
        "total_revenue_minor": 125_000,
        "response_time_hours": 5.5,
        "mean_response_time_hours": 5.5,
        "response_time_working_hours": None,
        "satisfaction_score": 4.0,
        "satisfaction_count": 4,
        "team_ranking": None,
        "total_agents": 1,
    }
    assert (told["agent_id"], told["agent_name"], told["currency"]) == (agent.id, "Nora", "USD")
    assert told["days"] == {"from": (TODAY - timedelta(days=29)).isoformat(), "to": TODAY.isoformat()}
    assert (told["position"]["why_not"], told["position"]["leads_missing"]) == ("few_leads", 10)
    rate = next(each for each in told["figures"] if each["key"] == "conversion_rate")
    assert (rate["value"], rate["sample"], rate["low"] < 0.4 < rate["high"]) == (0.4, 10, True)


def test_the_wait_within_working_hours_comes_with_its_sample(ask: Ask, api_database: Database, agent: Person, cookie_of: Cookies) -> None:
    """From Friday evening to Monday morning are 22 minutes of work."""
    friday, monday = datetime(2026, 3, 6, 17, 20, tzinfo=UTC), datetime(2026, 3, 9, 9, 12, tzinfo=UTC)
    wait = {"assigned_at": friday, "contacted_at": monday, "contacted_on": monday.date(), "response_seconds": 229_920}
    api_database.write(lambda session: builders.lead(session, agent, on=friday.date(), **wait))
    told = ask("GET", "/v1/agents/me/analytics/kpis?from=2026-03-09&to=2026-03-15", cookies=cookie_of(agent)).json()
    assert (told["kpis"]["response_time_hours"], told["kpis"]["response_time_working_hours"]) == (229_920 / 3600, 22 / 60)
    (figure,) = (each for each in told["figures"] if each["key"] == "working_response_time")
    assert (figure["name"], figure["unit"], figure["sample"]) == ("Response time within working hours", "hours", 1)


def test_the_days_asked_for_decide(ask: Ask, agent: Person, cookie_of: Cookies) -> None:
    cookies, before = cookie_of(agent), TODAY - timedelta(days=2)
    told = ask("GET", f"/v1/agents/{agent.id}/analytics/kpis?from={before}&to={before}", cookies=cookies).json()
    assert (told["kpis"]["leads_handled"], told["kpis"]["conversion_rate"], told["trends"]["leads"]) == (0, None, None)


def test_the_place_comes_with_its_parts_and_ways_up(ask: Ask, api_database: Database, cookie_of: Cookies) -> None:
    def worked(session: Session) -> list[Person]:
        builders.organisation(session)
        team = builders.team(session)
        agents = [builders.person(session, on=team) for _ in range(6)]
        for n, each in enumerate(agents):
            for i in range(30):
                reached = {"status": LeadStatus.CONVERTED, "converted_on": TODAY} if i < 5 * n else {}
                builders.lead(session, each, on=TODAY, contacted_on=TODAY, response_seconds=3600 * (7 - n), **reached)
        return agents

    last, *_ = api_database.write(worked)
    told = ask("GET", "/v1/agents/me/analytics/kpis", cookies=cookie_of(last)).json()
    position = told["position"]
    assert (position["ranked"], position["worst"], position["score"], told["kpis"]["team_ranking"]) == (6, 6, 0, position["place"])
    assert [(part["key"], part["weight"], part["quarter"]) for part in position["parts"]] == [
        ("conversion_rate", 0.615, "last"),
        ("satisfaction", 0, None),
        ("median_response_time", 0.385, "last"),
    ]
    assert all(sum(each is not None for each in way.values()) == 1 for way in position["ways_up"])
    assert position["ways_up"][0]["more_conversions"] > 0


@pytest.mark.parametrize(
    "query", ["from=2026-01-02", "from=2026-01-02&to=2026-01-01", "period=this_month&from=2026-01-01&to=2026-01-02", "period=soon"]
)
def test_days_that_make_no_sense_are_refused(ask: Ask, agent: Person, cookie_of: Cookies, query: str) -> None:
    answer = ask("GET", f"/v1/agents/me/analytics/kpis?{query}", cookies=cookie_of(agent))
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_input")


def test_a_program_names_the_agent_and_needs_the_scope(ask: Ask, agent: Person, issue: Issue) -> None:
    address = f"/v1/agents/{agent.id}/analytics/kpis"
    assert ask("GET", address, headers=bearing(issue(ApiScope.ANALYTICS_READ))).status_code == 200
    refused = ask("GET", address, headers=bearing(issue(ApiScope.LEADS_READ)))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "missing_scope")


def test_the_funnel_has_the_seeds_rates_and_those_of_the_step_before(ask: Ask, agent: Person, cookie_of: Cookies) -> None:
    told = ask("GET", "/v1/agents/me/analytics/funnel", cookies=cookie_of(agent)).json()
    assert told["funnel"] == {"assigned": 10, "contacted": 10, "interested": 4, "converted": 4}
    assert told["conversion_rates"] == {"contact_rate": 100.0, "interest_rate": 40.0, "conversion_rate": 40.0}
    assert [step["of_previous"] for step in told["steps"]] == [100.0, 100.0, 40.0, 100.0]


def test_sources_come_with_their_interval_and_add_up_to_the_revenue(ask: Ask, agent: Person, cookie_of: Cookies) -> None:
    told = ask("GET", "/v1/agents/me/analytics/lead-sources", cookies=cookie_of(agent)).json()
    unknown, without_lead = told["sources"]
    assert (unknown["source"], unknown["count"], unknown["converted"], unknown["revenue_minor"]) == ("", 10, 4, 0)
    assert (without_lead["source"], without_lead["count"], without_lead["sales"], without_lead["revenue_minor"]) == (None, 0, 1, 125_000)
    assert unknown["conversion_low"] < unknown["conversion_rate"] == 40.0 < unknown["conversion_high"]


@pytest.mark.parametrize(("by", "points"), [("daily", 30), ("weekly", 5), ("monthly", 2)])
def test_revenue_comes_by_day_week_and_month(ask: Ask, agent: Person, cookie_of: Cookies, by: str, points: int) -> None:
    told = ask("GET", f"/v1/agents/me/analytics/revenue-trends?by={by}", cookies=cookie_of(agent)).json()
    assert (told["by"], len(told["data"])) == (by, pytest.approx(points, abs=1))
    assert (told["data"][-1]["revenue_minor"], told["data"][-1]["unfinished"]) == (125_000, True)
    assert told["insights"]["best_day"]["date"] == TODAY.isoformat()
    assert told["insights"]["month_total_minor"] == 125_000
    assert told["response_time"][-1]["week_hours"] == 5.5


def test_the_timeline_comes_in_pages_with_what_each_line_is_about(
    ask: Ask, api_database: Database, agent: Person, cookie_of: Cookies, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime.combine(TODAY, time(20), UTC)
    monkeypatch.setattr(clock, "now", lambda: evening)
    lead = api_database.write(lambda session: builders.lead(session, agent, name="Grace Hopper"))
    details = {"lead_id": lead.id, "revenue_minor": 85_000}
    fields = {"type": ActivityType.CONVERSION, "subject": "Lead converted", "lead_id": lead.id, "details": details}
    api_database.write(lambda session: builders.activity(session, agent, at=clock.now(), **fields))
    api_database.write(lambda session: builders.activity(session, agent, at=clock.now() - timedelta(hours=1), lead_id=lead.id))
    cookies, address = cookie_of(agent), "/v1/agents/me/analytics/activities"

    first = ask("GET", f"{address}?limit=1", cookies=cookies).json()
    rest = ask("GET", f"{address}?limit=200&cursor={first['next_cursor']}", cookies=cookies).json()

    (line,) = first["activities"]
    assert (line["type"], line["title"], line["description"]) == ("conversion", "Lead converted", "Grace Hopper")
    assert (line["metadata"]["lead_id"], line["metadata"]["revenue_minor"], first["currency"]) == (lead.id, 85_000, "USD")
    assert (len(rest["activities"]), rest["next_cursor"]) == (5, None)
    calls = ask("GET", f"{address}?filter=calls", cookies=cookies).json()["activities"]
    assert [each["type"] for each in calls] == ["call"]
