"""What a report says, of whom, and to whom."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from domain.errors import NotFoundError
from domain.periods import Grain, containing
from domain.records import DealStatus, GoalPeriod, LeadStatus, Outcome, Role
from domain.reports.content import Report, Section
from services.access import viewer
from services.reports import agent_report, team_report
from tests import builders
from tests.builders import NOON, TUESDAY

WEEK, MARCH = containing(TUESDAY, Grain.WEEK), containing(TUESDAY, Grain.MONTH)


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    """Ana, with four leads of which one is sold for 1,200.60, and Bo, on North; Cy, with a sale, on South."""
    builders.organisation(session)
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    ana, bo, cy = (builders.person(session, name=name, on=team) for name, team in (("Ana", north), ("Bo", north), ("Cy Secret", south)))
    for n in range(4):
        sold = {"status": LeadStatus.CONVERTED, "converted_on": TUESDAY, "satisfaction": 5, "rated_on": TUESDAY} if n == 0 else {}
        builders.lead(session, ana, source="Web", **sold)
    for agent, amount in ((ana, 120_060), (cy, 999_900)):
        builders.deal(session, agent, status=DealStatus.WON, closed_on=TUESDAY, amount_minor=amount)
    builders.activity(session, ana)
    builders.activity(session, bo)
    goals = {"metric_key": "calls", "period": GoalPeriod.MONTHLY, "starts_on": MARCH.start, "ends_on": MARCH.end}
    builders.goal(session, ana, target=2, **goals)
    return SimpleNamespace(
        ana=ana,
        bo=bo,
        cy=cy,
        north=north,
        south=south,
        mia=builders.manager(session, of=north, name="Mia"),
        max=builders.manager(session, of=south, name="Max"),
        ann=builders.person(session, name="Ann", role=Role.ADMIN),
    )


def section(report: Report, title: str) -> Section:
    return next(each for each in report.sections if each.title == title)


def cells(report: Report, title: str) -> dict[str, tuple[str, ...]]:
    table = section(report, title).table
    return {row.cells[0]: row.cells[1:] for row in table.rows} if table else {}


def test_an_agents_report_has_the_figures_of_the_screen(session: Session, house: SimpleNamespace) -> None:
    report = agent_report(session, viewer(session, house.ana.id), house.ana.id, MARCH, TUESDAY, NOON)
    assert (report.title, report.about, report.days) == ("Monthly coaching report", "Ana", "March 2026, up to 10 Mar 2026")
    assert report.compared_with == "Compared with 1 – 10 Feb 2026"
    assert report.made == "Made for Ana on 10 Mar 2026"
    figures = cells(report, "Figures")
    assert figures["Leads handled"][0] == "4"
    assert figures["Conversion rate"] == ("25.0 %", "–", "–", "7.8 %–56.7 %", "4")
    assert figures["Revenue"][0] == "$1,201"
    assert figures["Satisfaction"][0] == "5.0 of 5"
    assert cells(report, "Goals") == {"Calls, March 2026": ("1", "2", "50 %", "Too early")}
    assert cells(report, "Leads taken on")["Converted"] == ("1", "25.0 %", "100.0 %")
    assert cells(report, "Sources")["Web"][:2] == ("4", "25.0 %")
    assert section(report, "Revenue").lines[0] == "Best day: 10 Mar 2026, $1,201."


def test_a_weeks_report_is_told_day_by_day(session: Session, house: SimpleNamespace) -> None:
    report = agent_report(session, viewer(session, house.ana.id), house.ana.id, WEEK, TUESDAY, NOON)
    assert report.title == "Weekly report"
    assert cells(report, "Revenue") == {"9 Mar": ("$0",), "10 Mar (in part)": ("$1,201",)}


def test_an_agent_without_facts_has_a_report_that_says_so(session: Session, house: SimpleNamespace) -> None:
    nobody = builders.person(session, on=house.north)
    report = agent_report(session, viewer(session, nobody.id), nobody.id, WEEK, TUESDAY, NOON)
    assert [each.empty for each in report.sections if each.is_empty] == [
        "No figure has a target in these days.",
        "No goal is set for these days.",
        "No lead was assigned in these days.",
        "No lead came and nothing was sold in these days.",
    ]


def test_a_teams_report_admits_ties_and_names_only_its_own(session: Session, house: SimpleNamespace) -> None:
    report = team_report(session, viewer(session, house.mia.id), house.north.id, MARCH, TUESDAY)
    table = section(report, "Standings").table
    assert table is not None
    assert [row.cells[:2] for row in table.rows] == [("Ana", "1–2 of 2"), ("Bo", "1–2 of 2")]
    assert cells(report, "Figures")["Revenue"][0] == "$1,201"
    assert "Cy Secret" not in " ".join(report.words())


@pytest.mark.parametrize(("who", "whom"), [("ana", "bo"), ("ana", "cy"), ("ana", "mia"), ("mia", "cy"), ("max", "ana")])
def test_a_report_about_somebody_elses_agent_does_not_exist(session: Session, house: SimpleNamespace, who: str, whom: str) -> None:
    asking = viewer(session, getattr(house, who).id)
    with pytest.raises(NotFoundError, match="no such agent among those you look after"):
        agent_report(session, asking, getattr(house, whom).id, WEEK, TUESDAY, NOON)


@pytest.mark.parametrize(("who", "team"), [("ana", "north"), ("mia", "south"), ("max", "north"), ("ann", None)])
def test_a_report_about_somebody_elses_team_does_not_exist(session: Session, house: SimpleNamespace, who: str, team: str | None) -> None:
    team_id = getattr(house, team).id if team else 999_999
    with pytest.raises(NotFoundError, match="no such team among those you look after"):
        team_report(session, viewer(session, getattr(house, who).id), team_id, WEEK, TUESDAY)


def test_who_managed_other_days_sees_only_their_own_teams_days(session: Session, house: SimpleNamespace) -> None:
    """Bo came to North from South yesterday; South's manager may not see today's Bo, North's not the days before."""
    late = builders.person(session, name="Late", on=house.north, since=TUESDAY)
    builders.activity(session, late)
    builders.deal(session, late, status=DealStatus.WON, closed_on=WEEK.start, amount_minor=500_000)
    report = agent_report(session, viewer(session, house.mia.id), late.id, WEEK, TUESDAY, NOON)
    assert cells(report, "Figures")["Revenue"][0] == "$0"
    assert cells(report, "Figures")["Calls"][0] == "1"


def test_a_months_report_about_an_agent_coaches_and_others_get_questions_to_ask(session: Session, house: SimpleNamespace) -> None:
    own, led = (agent_report(session, viewer(session, each.id), house.ana.id, MARCH, TUESDAY, NOON) for each in (house.ana, house.mia))
    titles = [each.title for each in own.sections]
    assert titles[:6] == ["In short", "What went well", "Worth attention", "What held back most", "What moved", "Work rhythm"]
    assert titles[-4:] == ["Patterns of the team", "Achievements", "Level", "Next steps"]
    assert [each.title for each in led.sections] == [*titles, "To talk about"]
    assert section(led, "To talk about").lines[-1] == "What shall we look at together when we talk again?"
    assert not any("Cy Secret" in each or "Bo" in each.split() for each in own.words())
    week = agent_report(session, viewer(session, house.ana.id), house.ana.id, WEEK, TUESDAY, NOON)
    assert "Next steps" not in [each.title for each in week.sections]


def test_the_rhythm_is_of_planned_days_that_are_over_and_the_usual_of_the_months_before(session: Session, house: SimpleNamespace) -> None:
    for number in range(100):
        builders.activity(session, house.ana, at=NOON - timedelta(days=60), outcome=Outcome.CONNECTED if number % 2 else Outcome.NO_ANSWER)
    for number in range(20):
        builders.activity(session, house.ana, at=NOON - timedelta(days=5), outcome=Outcome.NO_ANSWER if number else Outcome.CONNECTED)
    report = agent_report(session, viewer(session, house.mia.id), house.ana.id, MARCH, TUESDAY, NOON)
    assert section(report, "Work rhythm").lines[0] == "Work was logged on 1 of 6 planned working days, 3.3 activities a planned day."
    held = section(report, "What held back most").lines
    assert held[0] == "Calls → conversations: 4.8 % (likely 1.4 %–14.7 %, n = 21), usually 50.0 % (n = 100)."
    assert section(report, "In short").lines[1] == f"Held back most: {held[0]}"


def test_on_the_first_day_of_a_month_there_is_no_rhythm_yet(session: Session, house: SimpleNamespace) -> None:
    report = agent_report(session, viewer(session, house.ana.id), house.ana.id, MARCH, MARCH.start, NOON)
    assert section(report, "Work rhythm").empty == "No working day of these days is over."


def test_somebody_without_a_team_or_any_facts_has_a_report_too(session: Session) -> None:
    builders.organisation(session)
    alone = builders.person(session, name="Solo")
    report = agent_report(session, viewer(session, alone.id), alone.id, MARCH, TUESDAY, NOON)
    assert section(report, "Level").is_empty or section(report, "Level").lines
    assert section(report, "What went well").is_empty
    assert section(report, "Worth attention").is_empty
