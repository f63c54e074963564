"""Goals as the viewer sees them, moving with the facts."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import TeamMembership
from data.models.people import BEGINNING
from domain.errors import NotFoundError
from domain.metrics.status import Status
from domain.periods import Grain, containing
from domain.records import DealStatus, GoalPeriod
from services.access import viewer
from services.goals import MOST, figures_of, goals_of
from tests import builders
from tests.builders import NOON, TUESDAY


def test_progress_moves_with_the_fact(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    builders.goal(session, agent, metric_key="calls", target=2)
    builders.goal(session, agent, metric_key="revenue", target=100)
    who = viewer(session, agent.id)
    builders.activity(session, agent)
    builders.deal(session, agent, status=DealStatus.WON, amount_minor=5000, closed_on=TUESDAY)
    board = goals_of(session, who, agent.id, TUESDAY)
    assert {each.goal.type: each.completion_share for each in board.current} == {"calls": 0.5, "revenue": 0.5}
    builders.activity(session, agent)
    reached = next(each for each in goals_of(session, who, agent.id, TUESDAY).current if each.goal.type == "calls")
    assert (reached.status, reached.reached_on) == (Status.REACHED, TUESDAY)


def test_what_is_over_is_history(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session))
    builders.goal(session, agent)
    board = goals_of(session, viewer(session, agent.id), agent.id, date(2026, 4, 1))
    assert ([each.status for each in board.past], board.current) == ([Status.MISSED], ())


def test_nobody_sees_a_foreign_agents_goals(session: Session) -> None:
    agent, stranger = builders.person(session), builders.person(session)
    builders.goal(session, stranger)
    with pytest.raises(NotFoundError):
        goals_of(session, viewer(session, agent.id), stranger.id, TUESDAY)


def test_a_manager_counts_only_the_days_they_may_see_and_is_told_so(session: Session) -> None:
    north, south = builders.team(session), builders.team(session)
    agent = builders.person(session)
    for team, since, until in ((south, BEGINNING, TUESDAY), (north, TUESDAY, None)):
        session.add(TeamMembership(person_id=agent.id, team_id=team.id, from_on=since, until_on=until))
    builders.goal(session, agent, metric_key="calls", target=20)
    for days in (0, 1, 2):
        builders.activity(session, agent, at=NOON - timedelta(days=days))
    own = goals_of(session, viewer(session, agent.id), agent.id, TUESDAY)
    led = goals_of(session, viewer(session, builders.manager(session, of=north).id), agent.id, TUESDAY)
    found = [(goal.value, goal.is_partly_seen, goal.status, goal.pace is None) for goal in (own.current[0], led.current[0])]
    assert found == [(3, False, Status.AT_RISK, False), (1, True, Status.NO_DATA, True)]


def test_a_past_goal_is_not_called_missed_by_a_manager_who_may_see_a_part_of_its_days(session: Session) -> None:
    north = builders.team(session)
    agent = builders.person(session, on=north, since=TUESDAY)
    targets = {"calls": 1, "conversations": 1, "conversion_rate": 0.2}
    for kind, target in targets.items():
        builders.goal(session, agent, metric_key=kind, target=target)
    builders.activity(session, agent)
    april = date(2026, 4, 1)
    own, led = (goals_of(session, viewer(session, who.id), agent.id, april) for who in (agent, builders.manager(session, of=north)))
    assert {each.goal.type: each.status for each in led.past} == {
        "calls": Status.REACHED,
        "conversations": Status.NO_DATA,
        "conversion_rate": Status.NO_DATA,
    }
    assert [{each.is_partly_seen for each in board.past} for board in (led, own)] == [{True}, {False}]
    assert next(each.status for each in own.past if each.goal.type == "conversations") is Status.MISSED


def test_goals_that_are_over_come_a_page_at_a_time(session: Session) -> None:
    agent = builders.person(session)
    for week in range(1, 6):
        start = date(2026, 3, 9) - timedelta(days=7 * week)
        builders.goal(session, agent, period=GoalPeriod.WEEKLY, starts_on=start, ends_on=start + timedelta(days=7))
    board = goals_of(session, viewer(session, agent.id), agent.id, TUESDAY, past=2)
    assert ([each.goal.starts_on for each in board.past], board.has_older) == ([date(2026, 3, 2), date(2026, 2, 23)], True)
    assert goals_of(session, viewer(session, agent.id), agent.id, TUESDAY, past=5).has_older is False


def test_a_plan_of_many_weeks_does_not_crowd_out_what_runs(session: Session) -> None:
    agent = builders.person(session)
    year = containing(TUESDAY, Grain.YEAR)
    builders.goal(session, agent, period=GoalPeriod.YEARLY, starts_on=year.start, ends_on=year.end)
    for week in range(1, MOST // 3 + 2):
        start = date(2026, 3, 9) + timedelta(days=7 * week)
        for kind in ("calls", "conversations", "appointments"):
            builders.goal(session, agent, period=GoalPeriod.WEEKLY, metric_key=kind, starts_on=start, ends_on=start + timedelta(days=7))
    board = goals_of(session, viewer(session, agent.id), agent.id, TUESDAY)
    assert ([each.goal.period for each in board.current], len(board.coming)) == ([GoalPeriod.YEARLY], MOST - 1)


def test_what_was_reached_before_is_told_by_kind(session: Session) -> None:
    agent = builders.person(session)
    builders.activity(session, agent)
    builders.lead(session, agent, contacted_on=TUESDAY, response_seconds=7200)
    march = containing(TUESDAY, Grain.MONTH)
    before = figures_of(session, viewer(session, agent.id), agent.id, march, date(2026, 4, 2))
    assert (before["calls"].value, before["median_response_time"].value, before["satisfaction"].value) == (1, 2, None)
    with pytest.raises(NotFoundError):
        figures_of(session, viewer(session, builders.person(session).id), agent.id, march, TUESDAY)
