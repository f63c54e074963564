"""Goals through the API: several of a period at once, read with their progress, and nobody else's."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Goal, TeamMembership
from domain.api_scopes import ApiScope
from domain.goals.entry import goal_days
from domain.records import DealStatus, GoalPeriod, GoalState
from tests import builders
from tests.api.conftest import Ask, By, Issue, bearing

TODAY = clock.now().date()
MONTH = goal_days(GoalPeriod.MONTHLY, TODAY)
BODY = {"period": "monthly", "goals": {"conversions": 15, "revenue_minor": 1_500_000, "response_time_hours": 2.0}}


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Nora of North and Sven of South, and North's manager."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session, currency="EUR", country=builders.NO_HOLIDAYS)
        north, south = builders.team(session, name="North"), builders.team(session, name="South")
        nora, sven = builders.person(session, on=north, name="Nora"), builders.person(session, on=south, name="Sven")
        return SimpleNamespace(nora=nora, sven=sven, manager=builders.manager(session, of=north), address=f"/v1/agents/{nora.id}/goals")

    return api_database.write(build)


def kept(database: Database) -> dict[str, float]:
    pursued = select(Goal).where(Goal.state != GoalState.CANCELLED).order_by(Goal.id)
    with database.reading() as session:
        return {goal.metric_key: float(goal.target) for goal in session.scalars(pursued)}


def test_several_goals_of_the_month_are_set_in_one_request(by: By, house: SimpleNamespace, api_database: Database) -> None:
    answer = by("nora", "POST", "/v1/agents/me/goals", BODY)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["agent_id"], told["currency"], told["days"]) == (
        house.nora.id,
        "EUR",
        {"from": MONTH.start.isoformat(), "to": MONTH.last_day.isoformat()},
    )
    assert {goal["type"]: goal["target"] for goal in told["goals"]} == {"conversions": 15, "revenue": 1_500_000, "median_response_time": 2}
    assert kept(api_database) == {"conversions": 15, "revenue": 15_000, "median_response_time": 2}
    again = by("manager", "POST", house.address, BODY)
    assert (again.status_code, again.json()["error"]["code"]) == (409, "taken")


def test_putting_changes_what_is_named_and_null_takes_back(by: By, house: SimpleNamespace, api_database: Database) -> None:
    by("nora", "PUT", house.address, BODY)
    changed = by(
        "program", "PUT", house.address, {"period": "monthly", "goals": {"conversions": None, "conversion_percent": 12.5, "calls": 9}}
    )
    assert changed.status_code == 200, changed.text
    assert kept(api_database) == {"revenue": 15_000, "median_response_time": 2, "conversion_rate": 0.125, "calls": 9}
    assert [goal["type"] for goal in changed.json()["goals"]] == ["revenue", "median_response_time", "calls", "conversion_rate"]


def test_progress_is_that_of_the_facts(by: By, house: SimpleNamespace, api_database: Database) -> None:
    by("nora", "PUT", house.address, {"period": "monthly", "goals": {"revenue_minor": 10_000}})
    api_database.write(lambda session: builders.deal(session, house.nora, status=DealStatus.WON, amount_minor=2500, closed_on=TODAY))
    (goal,) = by("manager", "GET", house.address).json()["current"]
    assert (goal["value"], goal["target"], goal["completion_percent"], goal["pace"]["ahead"] <= 2500) == (2500, 10_000, 25.0, True)
    api_database.write(lambda session: builders.deal(session, house.nora, status=DealStatus.WON, amount_minor=7500, closed_on=TODAY))
    (goal,) = by("program", "GET", house.address).json()["current"]
    assert (goal["status"], goal["reached_on"]) == ("reached", TODAY.isoformat())


def test_what_is_over_is_told_up_to_the_number_asked_for(by: By, house: SimpleNamespace, api_database: Database) -> None:
    weeks = [TODAY - timedelta(days=7 * number) for number in (5, 6, 7)]
    api_database.write(
        lambda session: [
            builders.goal(session, house.nora, period=GoalPeriod.WEEKLY, starts_on=day, ends_on=day + timedelta(days=7)) for day in weeks
        ]
    )
    told = by("nora", "GET", "/v1/agents/me/goals?past=2").json()
    assert [goal["days"]["from"] for goal in told["past"]] == [day.isoformat() for day in weeks[:2]]
    assert (told["has_older"], [goal["status"] for goal in told["past"]]) == (True, ["missed", "missed"])
    assert by("nora", "DELETE", f"/v1/agents/me/goals/{told['past'][0]['id']}").json()["error"]["code"] == "goal_over"


def test_a_goal_that_changed_since_it_was_seen_is_not_taken_back(by: By, house: SimpleNamespace, api_database: Database) -> None:
    goal = api_database.write(lambda session: builders.goal(session, house.nora, starts_on=MONTH.start, ends_on=MONTH.end))
    address = f"{house.address}/{goal.id}?version="
    assert [by("nora", "DELETE", f"{address}{seen}").status_code for seen in (goal.version + 1, 0)] == [409, 422]
    assert kept(api_database) == {"conversions": 10}
    assert by("nora", "DELETE", f"{address}{goal.version}").status_code == 204


@pytest.mark.parametrize(
    "body",
    [
        {"period": "daily", "goals": {"calls": 1}},
        {"period": "monthly", "goals": {}},
        {"period": "monthly", "goals": {"calls": 0}},
        {"period": "monthly", "goals": {"calls": 1.5}},
        {"period": "monthly", "goals": {"charm": 5}},
        {"period": "monthly", "goals": {"conversion_percent": 101}},
        {"period": "monthly", "goals": {"calls": 5}, "day": "2019-01-01"},
        {"goals": {"calls": 5}},
        {"period": "span", "goals": {"calls": 5}},
        {"period": "span", "goals": {"calls": 5}, "deadline": "2019-01-01"},
        {"period": "monthly", "goals": {"calls": 5}, "deadline": TODAY.isoformat()},
        {"period": "monthly", "goals": {"calls": 5}, "name": "x" * 121},
    ],
    ids=str,
)
@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_what_cannot_be_meant_is_refused(by: By, house: SimpleNamespace, api_database: Database, method: str, body: object) -> None:
    assert by("nora", method, house.address, body).status_code == 422
    assert kept(api_database) == {}


def test_a_named_goal_runs_to_its_own_deadline(by: By, house: SimpleNamespace) -> None:
    deadline = (TODAY + timedelta(days=60)).isoformat()
    body = {"period": "span", "name": "Earn $50k", "deadline": deadline, "goals": {"revenue_minor": 5_000_000, "win_percent": 25}}
    told = by("nora", "POST", house.address, body).json()
    assert [(goal["goal_name"], goal["type"], goal["target"], goal["days"]["to"]) for goal in told["goals"]] == [
        ("Earn $50k", "revenue", 5_000_000, deadline),
        ("Earn $50k", "win_rate", 0.25, deadline),
    ]
    assert by("nora", "POST", house.address, body | {"name": "Again"}).status_code == 201
    assert by("nora", "POST", house.address, body).json()["error"]["code"] == "taken"


def test_a_goal_is_paused_resumed_and_taken_back(by: By, house: SimpleNamespace) -> None:
    (goal,) = by("nora", "PUT", house.address, {"period": "monthly", "goals": {"calls": 9}}).json()["goals"]
    address = f"{house.address}/{goal['id']}"
    for deed, state, since in (("pause", "paused", TODAY.isoformat()), ("resume", "active", None)):
        for _ in range(2):
            told = by("manager", "POST", f"{address}/{deed}").json()
            assert (told["state"], told["paused_on"]) == (state, since)
    assert by("nora", "DELETE", address).status_code == 204
    board = by("nora", "GET", house.address).json()
    assert [(each["id"], each["status"], each["state"]) for each in board["cancelled"]] == [(goal["id"], "cancelled", "cancelled")]
    assert board["current"] == []
    assert by("nora", "POST", f"{address}/resume").status_code == 404


EARN = {"period": "monthly", "goals": {"revenue_minor": 5_000_000}}


def test_setting_a_goal_answers_with_what_it_takes(by: By, house: SimpleNamespace) -> None:
    told = by("nora", "POST", house.address, EARN | {"assumptions": {"margin": 0.5, "deal_value": 1_000_000}}).json()
    ((goal_id, analysis),) = told["analyses"].items()
    assert (int(goal_id), analysis["still_to_reach"]) == (told["goals"][0]["id"], 5_000_000)
    assert [plan["key"] for plan in analysis["plans"]] == ["coin_flip", "safe", "stretch"]
    assert [plan["chance"] >= least for plan, least in zip(analysis["plans"], (0.5, 0.8, 0.95), strict=True)] == [True] * 3
    assert {step["key"]: step["controllable"] for step in analysis["plans"][1]["steps"]}.items() >= {
        ("calls", True),
        ("appointments_set", True),
        ("deals_won", False),
    }
    said = {each["key"]: each["value"] for each in analysis["assumptions"] if each["source"] == "you_said"}
    assert said == {"margin": 0.5, "deal_value": 1_000_000}
    seen = by("manager", "GET", f"{house.address}/{goal_id}/analysis").json()
    assert seen["as_set"] == analysis
    assert seen["now"]["plans"] != analysis["plans"]
    assert (seen["chance"]["probability"] < 1, seen["chance_by_day"]) == (True, [])


def test_an_assumption_there_is_not_stores_nothing(by: By, house: SimpleNamespace, api_database: Database) -> None:
    for wrong, status in (({"charm": 1.0}, 422), ({"margin": 7.0}, 422), ({"Margin": 0.5}, 422), ({"margin": "much"}, 422)):
        assert by("nora", "POST", house.address, EARN | {"assumptions": wrong}).status_code == status
    assert kept(api_database) == {}


def test_a_manager_is_not_told_what_an_agent_did_elsewhere(by: By, house: SimpleNamespace, api_database: Database) -> None:
    def arrive(session: Session) -> None:
        session.execute(update(TeamMembership).where(TeamMembership.person_id == house.nora.id).values(from_on=MONTH.start))
        builders.activity(session, house.nora, at=clock.now() - timedelta(days=45))

    api_database.write(arrive)
    by("nora", "POST", house.address, EARN)
    (goal,) = by("nora", "GET", house.address).json()["current"]
    own, led = (by(who, "GET", f"{house.address}/{goal['id']}/analysis").json() for who in ("nora", "manager"))
    assert [seen["now"]["performance"]["steps"][0]["count"] for seen in (own, led)] == [1, 0]
    assert (own["as_set"] is None, led["as_set"], led["chance_by_day"]) == (False, None, [])


def test_goals_of_others_cannot_be_read_or_touched(by: By, house: SimpleNamespace, api_database: Database) -> None:
    goal = api_database.write(lambda session: builders.goal(session, house.nora, starts_on=MONTH.start, ends_on=MONTH.end))
    foreign = by("sven", "GET", house.address)
    assert (foreign.status_code, foreign.content) == (404, by("sven", "GET", "/v1/agents/999999/goals").content)
    for method, address, body in (
        ("POST", house.address, BODY),
        ("PUT", house.address, BODY),
        ("GET", f"{house.address}/{goal.id}/analysis", None),
        ("GET", f"/v1/agents/me/goals/{goal.id}/analysis", None),
        ("POST", f"{house.address}/{goal.id}/pause", None),
        ("POST", f"/v1/agents/me/goals/{goal.id}/resume", None),
        ("DELETE", f"{house.address}/{goal.id}", None),
        ("DELETE", f"/v1/agents/me/goals/{goal.id}", None),
    ):
        assert by("sven", method, address, body).status_code == 404
    assert kept(api_database) == {"conversions": 10}


def test_a_token_needs_the_scope_of_what_it_does(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    reads, writes = bearing(issue(ApiScope.GOALS_READ)), bearing(issue(ApiScope.GOALS_WRITE))
    assert [ask("GET", house.address, headers=each).status_code for each in (reads, writes)] == [200, 403]
    assert [ask("PUT", house.address, headers=each, json=BODY).status_code for each in (reads, writes)] == [403, 200]


WHOLE_WEEKS = 36
"""Days back that hold four whole weeks on whichever weekday this runs."""


def test_proposals_are_told_answered_and_kept(by: By, house: SimpleNamespace, api_database: Database) -> None:
    days = {"starts_on": TODAY - timedelta(days=30), "ends_on": TODAY + timedelta(days=30), "period": GoalPeriod.SPAN}

    def build(session: Session) -> int:
        for back in range(1, WHOLE_WEEKS):
            builders.activity(session, house.nora, at=clock.now() - timedelta(days=back))
        return builders.goal(session, house.nora, metric_key="calls", target=100, **days).id

    goal = api_database.write(build)
    address = f"{house.address}/advice"
    (told,) = by("manager", "GET", address).json()["proposals"]
    assert (told["goal_id"], told["kind"], told["present"], told["value"]) == (goal, "lower", 100, 30)
    said = {"goal_id": goal, "version": 1, "suggested": told["target"], "target": 70}
    assert by("nora", "POST", address, said | {"suggested": told["target"] + 1}).status_code == 409
    assert by("nora", "POST", address, said).json() == {"agent_id": house.nora.id, "decision": "edited"}
    assert kept(api_database) == {"calls": 70}
    new = {"type": "calls", "period": "weekly", "kind": "elite"}
    assert by("nora", "POST", address, new | {"target": None}).json()["decision"] == "declined"
    assert by("nora", "POST", address, new | {"kind": "attainable", "target": 9}).json()["decision"] == "edited"
    after = by("nora", "GET", f"{address}?type=calls&period=weekly").json()
    assert [each["kind"] for each in after["suggestions"]] == ["attainable", "challenging"]
    answers = [(each["kind"], each["decision"], each["chosen"]) for each in after["decided"]]
    assert answers == [("lower", "edited", 70), ("elite", "declined", None), ("attainable", "edited", 9)]
    assert by("nora", "POST", address, {"goal_id": goal, "type": "calls", "target": 1}).status_code == 422
