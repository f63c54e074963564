"""The Weekly and Monthly screens: figures, pace, funnel, revenue and mix of the chosen unit."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team
from domain.metrics.catalog import metric
from domain.metrics.pace import Pace
from domain.records import ActivityType, DealStatus
from tests import builders
from tests.builders import TUESDAY
from tests.ui.visits import opened
from ui.pace_words import pace_sentence

Open = Callable[[Person | None], AppTest]


@pytest.fixture
def agent(live_database: Database, team: Team) -> Person:
    agent: Person = live_database.write(lambda session: builders.person(session, name="Ada Agent", on=team))
    live_database.write(lambda session: [builders.activity(session, agent) for _ in range(3)])
    live_database.write(lambda session: builders.activity(session, agent, type=ActivityType.EMAIL))
    live_database.write(lambda session: builders.lead(session, agent, contacted_on=TUESDAY))
    live_database.write(lambda session: builders.lead(session, agent))
    won = {"status": DealStatus.WON, "closed_on": TUESDAY, "amount_minor": 500_000}
    live_database.write(lambda session: builders.deal(session, agent, **won))
    return agent


def open_page(app: Open, person: Person, page: str, **params: str) -> AppTest:
    return opened(app(person), page, **params)


def words(at: AppTest) -> str:
    return " ".join(str(element.value) for element in (*at.markdown, *at.caption, *at.subheader, *at.info, *at.warning))


def figures(at: AppTest) -> dict[str, str]:
    return {shown.label: shown.value for shown in at.metric}


@pytest.mark.parametrize(("page", "unit"), [("weekly", {"week": "2026-03-11"}), ("monthly", {"month": "2026-03"})])
def test_the_units_figures_are_shown(app: Open, agent: Person, page: str, unit: dict[str, str]) -> None:
    at = open_page(app, agent, page, part="Revenue", **unit)
    assert not at.exception
    assert figures(at)["Calls"] == "3"
    assert figures(at)["Revenue"] == r"\$5,000"
    assert "March 2026: **\\$5,000** :small[:gray[from 1 sale whose amount is known]]" in words(at)
    assert "Best day: **10 Mar 2026**" in words(at)


@pytest.mark.parametrize(("words", "key"), [("Conversations", "conversations"), ("Faxes", "calls")])
def test_the_trends_download_is_of_the_figure_shown(app: Open, agent: Person, words: str, key: str) -> None:
    """The address holds the words of a choice; one that is not offered leaves the first."""
    at = open_page(app, agent, "weekly", week="2026-03-11", trend=words)
    addresses = [link.proto.url for link in at.get("link_button") if "/export/trend.csv" in link.proto.url]
    address = parse_qs(urlsplit(addresses[0]).query)["metric"][0]
    (drawn,) = [chart.proto.alt for chart in at.get("vega_lite_chart") if "over time" in chart.proto.alt]
    assert (address, drawn.split(" over time")[0]) == (key, metric(key).name)


def test_the_lower_half_is_one_part_at_a_time(app: Open, agent: Person) -> None:
    assert "March 2026: **" not in words(open_page(app, agent, "monthly", month="2026-03"))
    at = open_page(app, agent, "monthly", month="2026-03", part="Timeline")
    assert at.button_group(key="part").value == "Timeline"
    assert at.button_group(key="activities").value == "All"


def test_stepping_back_leads_to_a_week_that_says_where_the_data_is(app: Open, agent: Person) -> None:
    at = open_page(app, agent, "weekly", week="2026-03-10")
    at.button(key="step-week-back").click().run()
    assert at.query_params["week"] == "2026-03-02"
    assert "Nothing in these days" in words(at)
    at.button(key="jump").click().run()
    assert at.query_params["week"] == "2026-03-09"
    assert figures(at)["Calls"] == "3"


def test_a_manager_sees_the_team_and_narrows_it_to_one_agent(app: Open, live_database: Database, team: Team, agent: Person) -> None:
    other = live_database.write(lambda session: builders.person(session, name="Bo Agent", on=team))
    live_database.write(lambda session: builders.activity(session, other))
    manager = live_database.write(lambda session: builders.manager(session, of=team))
    assert figures(open_page(app, manager, "monthly", month="2026-03"))["Calls"] == "4"
    assert figures(open_page(app, manager, "monthly", month="2026-03", agents=str(agent.id)))["Calls"] == "3"


def test_a_foreign_agent_in_the_address_shows_nothing_of_them(app: Open, live_database: Database, agent: Person) -> None:
    stranger = live_database.write(lambda session: builders.person(session, name="Olga Stranger"))
    live_database.write(lambda session: [builders.activity(session, stranger) for _ in range(50)])
    at = open_page(app, agent, "weekly", week="2026-03-10", agents=str(stranger.id))
    assert figures(at)["Calls"] == "3"
    assert "Olga" not in str(at)


def test_a_week_that_has_not_begun_opens_with_a_figure_of_nothing(app: Open, live_database: Database, agent: Person) -> None:
    next_week = clock.now().date() + timedelta(days=8)
    live_database.write(lambda session: builders.lead(session, agent, on=next_week))
    at = open_page(app, agent, "weekly", week=next_week.isoformat(), part="Revenue")
    assert not at.exception
    assert "Nothing was sold in these days." in words(at)


def test_a_year_nobody_means_shows_the_current_week(app: Open, agent: Person) -> None:
    assert "names no week we can read" in words(open_page(app, agent, "weekly", week="2999-01-01"))


def test_revenue_without_a_month_before_says_so_in_one_phrase(app: Open, agent: Person) -> None:
    said = words(open_page(app, agent, "monthly", month="2026-03"))
    assert "nothing to compare with" in said
    assert "nothing to compare with vs" not in said


def test_a_newcomer_is_told_how_numbers_get_in(app: Open, live_database: Database, team: Team) -> None:
    newcomer = live_database.write(lambda session: builders.person(session, on=team))
    assert "log your first call" in words(open_page(app, newcomer, "weekly"))


def paced(actual: float, target: float, ahead: float, needed: float | None) -> Pace:
    return Pace(actual=actual, target=target, ahead=ahead, needed_per_day=needed, projection=None, interval=None)


@pytest.mark.parametrize(
    ("pace", "is_over", "sentence"),
    [
        (paced(18, 30, 3, 0.9), False, "18 of target 30, 3 ahead; 0.9 per working day needed"),
        (paced(12, 30, -3.2, 2), False, "12 of target 30, 3.2 behind; 2 per working day needed"),
        (paced(12, 30, 0.2, 2), False, "12 of target 30, right on pace; 2 per working day needed"),
        (paced(56, 57, 8.7, 0.04), False, "56 of target 57, 8.7 ahead; less than 0.1 per working day needed"),
        (paced(31, 30, 16, 0.0), False, "31 of target 30, 16 ahead"),
        (paced(12, 30, -18, None), False, "12 of target 30, 18 behind; no working day is left"),
        (paced(12, 30, -18, None), True, "12 of target 30: 18 short"),
        (paced(30, 30, 0, 0.0), True, "30 of target 30: reached"),
        (paced(1, 0.2, 0.8, 0.0), False, "1 of target 0.2, 0.8 ahead"),
    ],
)
def test_a_target_is_told_in_one_sentence(pace: Pace, is_over: bool, sentence: str) -> None:  # noqa: FBT001 - a case's column
    assert pace_sentence(metric("calls"), pace, "USD", is_over=is_over) == sentence


def test_what_a_team_needs_is_told_of_each_agent() -> None:
    sentence = pace_sentence(metric("calls"), paced(964, 1185, -15, 8.2), "USD", is_over=False, is_shared=True)
    assert sentence == "964 of target 1,185, 15 behind; 8.2 per agent and working day needed"


def reports(at: AppTest) -> list[str]:
    return [link.proto.url for link in at.get("link_button") if "/reports/" in link.proto.url]


def test_an_agent_gets_the_report_of_the_days_shown_about_themselves(app: Open, agent: Person) -> None:
    at = open_page(app, agent, "weekly", week="2026-03-11")
    assert reports(at) == [f"/api/v1/agents/{agent.id}/reports/2026-W11?format={each}" for each in ("pdf", "html")]


def test_a_manager_chooses_whom_a_report_is_about(app: Open, agent: Person, team: Team, live_database: Database) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=team, name="Mia"))
    live_database.write(lambda session: builders.person(session, name="Foreign", on=builders.team(session)))
    at = open_page(app, manager, "monthly", month="2026-03")
    assert at.selectbox(key="report-about").options == [f"Team {team.name}", "Ada Agent", "Mia"]
    assert reports(at)[0] == f"/api/v1/teams/{team.id}/reports/2026-03?format=pdf"
    at = open_page(app, manager, "monthly", month="2026-03", agents=str(agent.id))
    assert reports(at)[0] == f"/api/v1/agents/{agent.id}/reports/2026-03?format=pdf"
