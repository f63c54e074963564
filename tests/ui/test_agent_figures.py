"""An agent's six cards on Daily and Monthly, and what their manager sees of them."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import Person, Team
from domain.metrics.ranking import Place
from domain.metrics.team_ranking import Part, WayUp
from domain.periods import Grain, containing
from domain.records import LeadStatus
from services.team_position import TeamPosition, Unplaced
from tests import builders
from tests.ui.visits import Open, as_typed, metrics, visit
from ui.agent_figures import working_wait
from ui.team_place import moved_text, part_text, way_text, ways_text, why_not

TODAY = clock.now().date()


@pytest.fixture
def agent(live_database: Database, team: Team) -> Person:
    """Four leads of today, one converted and rated."""

    def made(session: Session) -> Person:
        agent = builders.person(session, name="Ada Agent", on=team)
        sale = {"status": LeadStatus.CONVERTED, "converted_on": TODAY, "satisfaction": 5, "rated_on": TODAY}
        for extra in ({"contacted_on": TODAY, "response_seconds": 1800}, {}, {}, sale):
            builders.lead(session, agent, on=TODAY, **extra)
        return agent

    return live_database.write(made)


def words(at: AppTest) -> str:
    return as_typed(" ".join(str(element.value) for element in (*at.markdown, *at.caption)))


@pytest.mark.parametrize("page", ["daily", "monthly"])
def test_an_agent_sees_their_six_figures(app: Open, agent: Person, page: str) -> None:
    at = visit(app, agent, page)
    shown = metrics(at)
    assert (shown["Leads handled"], shown["Conversion rate"], shown["Response time"]) == ("4", r"25\.0 %", "30 min")
    assert (shown["Satisfaction"], shown["Team position"]) == (r"5\.0 ★", "–")
    assert "4 this week" in words(at)
    assert "4 leads so far, 16 to go" in words(at)


def test_the_wait_within_working_hours_stands_beside_the_one_by_the_clock(app: Open, live_database: Database, team: Team) -> None:
    tuesday, wednesday = datetime(2026, 3, 10, 17, 20, tzinfo=UTC), datetime(2026, 3, 11, 9, 12, tzinfo=UTC)
    known = {"contacted_on": wednesday.date(), "response_seconds": 57_120}

    def made(session: Session) -> Person:
        agent = builders.person(session, on=team)
        builders.lead(session, agent, on=tuesday.date(), assigned_at=tuesday, contacted_at=wednesday, **known)
        return agent

    agent = live_database.write(made)
    at = visit(app, agent, "monthly", month="2026-03")
    assert metrics(at)["Response time"] == r"15\.9 h"
    assert r"22 min within working hours, mean 15\.9 h" in words(at)
    live_database.write(lambda session: builders.lead(session, agent, on=tuesday.date(), **known))
    assert r"22 min within working hours \(1 lead\), mean 15\.9 h" in words(visit(app, agent, "monthly", month="2026-03"))


def test_the_cards_lead_to_the_records_of_this_agent_and_these_days(app: Open, agent: Person) -> None:
    links = [str(link.proto.query_string) for link in visit(app, agent, "daily").get("page_link")]
    behind = [link for link in links if f"agents={agent.id}" in link and "metric=" in link]
    metrics_behind = {link.split("metric=")[1].split("&")[0] for link in behind}
    assert {"leads_assigned", "conversion_rate", "revenue", "response_time", "satisfaction"} <= metrics_behind


def test_somebody_without_a_fact_learns_what_will_show_here(app: Open, live_database: Database, team: Team) -> None:
    newcomer = live_database.write(lambda session: builders.person(session, on=team))
    assert "Nothing is dated in these days yet" in words(visit(app, newcomer, "daily"))


def test_a_manager_opens_one_agents_month(app: Open, live_database: Database, team: Team, agent: Person) -> None:
    manager = live_database.write(lambda session: builders.manager(session, of=team))
    assert "Team position" in metrics(visit(app, manager, "monthly", agents=str(agent.id)))
    assert "Team position" not in metrics(visit(app, manager, "monthly"))


def test_the_last_of_seven_learns_what_the_next_band_takes_and_nothing_of_the_others(
    app: Open, live_database: Database, team: Team, agent: Person
) -> None:
    def work(session: Session) -> None:
        others = [builders.person(session, name=f"Zephyrine {n}", on=team) for n in range(6)]
        for n, each in enumerate([agent, *others]):
            for i in range(30):
                reached = {"status": LeadStatus.CONVERTED, "converted_on": TODAY} if i < 5 * n else {}
                builders.lead(session, each, on=TODAY, contacted_on=TODAY, response_seconds=3600 * (9 - n), **reached)

    live_database.write(work)
    at = visit(app, agent, "monthly")
    told = words(at)
    assert metrics(at)["Team position"].endswith("of 7")
    assert "What the next band would take" in told
    assert "more conversion" in told
    assert "Zephyrine" not in f"{told} {metrics(at)}"


def test_too_few_colleagues_are_told_as_such() -> None:
    quiet = TeamPosition(
        window=containing(TODAY, Grain.MONTH), team_name="North", total_agents=4, ranked=None, leads=30, why_not=Unplaced.FEW_PEERS
    )
    assert why_not(quiet) == "Shown once at least 5 colleagues are ranked, so that nobody's figures can be guessed."


def test_moves_weights_and_ways_are_said_plainly() -> None:
    assert moved_text(2, is_clear=True) == ":green[:material/arrow_upward: 2 places up]"
    assert moved_text(-1, is_clear=True) == ":red[:material/arrow_downward: 1 place down]"
    assert moved_text(-1, is_clear=False) == ":gray[:material/arrow_downward: 1 place down, which may be luck]"
    assert part_text(Part(key="satisfaction", weight=0.35, percentile=80.0)) == "**Satisfaction** (35 %): in the first quarter of the team"
    assert "nothing to measure" in part_text(Part(key="satisfaction", weight=0, percentile=None))
    hidden = part_text(Part(key="satisfaction", weight=0.35, percentile=None))
    assert hidden == "**Satisfaction** (35 %): told once at least 5 colleagues have this figure, too"
    assert way_text(WayUp(conversions=3)) == "3 more conversions from the same leads"
    assert way_text(WayUp(seconds=3600)) == "half of the new leads answered within 1.0 h"


@pytest.mark.parametrize(
    ("best", "ranked", "words"),
    [
        (1, 3, "This is the first band: nobody is clearly ahead."),
        (2, 5, ""),
        (2, 6, "No single thing would lift the place above this band; it takes several together."),
    ],
)
def test_nothing_is_said_about_the_next_band_where_nobody_looked_for_it(best: int, ranked: int, words: str) -> None:
    place = Place(agent_id=1, position=best, best=best, worst=ranked, of=ranked)
    window = containing(TODAY, Grain.MONTH)
    position = TeamPosition(window=window, team_name="North", total_agents=ranked, ranked=ranked, leads=30, place=place)
    assert ways_text(position) == words


def test_the_day_leads_to_the_whole_month_of_this_agent(app: Open, agent: Person) -> None:
    links = {link.proto.label: str(link.proto.query_string) for link in visit(app, agent, "daily").get("page_link")}
    assert f"agents={agent.id}" in links["Funnel, lead sources and revenue of this month"]


def test_a_wait_outside_working_hours_is_not_told_as_no_time() -> None:
    assert working_wait(22 / 60) == "22 min within working hours"
    assert working_wait(0) == "mostly outside working hours"
