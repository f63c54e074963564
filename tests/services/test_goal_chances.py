"""How likely running goals are: moved by facts and open deals, kept day by day, and never told to who may not see the days."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import GoalChance, Person, Team
from domain.goals.chance import Chance
from domain.metrics.status import Status
from domain.records import ActivityType, DealStatus, GoalState
from services.access import viewer
from services.goal_chances import keep_chances, with_chances
from services.goals import goals_of
from tests import builders
from tests.builders import NOON, TUESDAY

LATE = TUESDAY + timedelta(days=9)
"""The Thursday by which 13 of the month's 22 working days are gone."""


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def chances(session: Session, agent: Person, today: date = LATE, *, seen_by: Person | None = None) -> dict[int, Chance]:
    who = viewer(session, (seen_by or agent).id)
    return dict(with_chances(session, who, agent.id, goals_of(session, who, agent.id, today), today)[1].now)


def called(session: Session, agent: Person, a_day: int, *, days: int = 60) -> None:
    for back in range(1, days + 1):
        for _ in range(a_day):
            builders.activity(session, agent, type=ActivityType.CALL, at=NOON + timedelta(days=9 - back))


def test_the_chance_follows_the_pace(session: Session, agent: Person) -> None:
    called(session, agent, 1)
    easy, even, hard = (builders.goal(session, agent, metric_key="calls", target=target, name=str(target)).id for target in (22, 27, 60))
    found = chances(session, agent)
    assert found[easy].probability > 0.9
    assert 0.3 < found[even].probability < 0.8
    assert found[hard].probability < 0.01
    assert found[even].needed_per_workday == 1.0
    called(session, agent, 5, days=3)
    assert chances(session, agent)[hard].probability > found[hard].probability


def test_an_open_deal_raises_the_chance_of_a_sale(session: Session, agent: Person) -> None:
    goal = builders.goal(session, agent, metric_key="deals_won", target=1).id
    for days in range(40):
        created = TUESDAY - timedelta(days=60 + days)
        builders.deal(session, agent, status=DealStatus.WON, created_on=created, closed_on=created + timedelta(days=10 + days % 20))
    before = chances(session, agent)[goal]
    builders.deal(session, agent, created_on=LATE - timedelta(days=12))
    after = chances(session, agent)[goal]
    assert (before.from_open, after.from_open > 0.1) == (pytest.approx(0), True)
    assert after.probability > before.probability


def test_what_rests_or_is_no_sum_has_no_chance(session: Session, agent: Person) -> None:
    builders.goal(session, agent, metric_key="calls", state=GoalState.PAUSED, paused_on=TUESDAY)
    builders.goal(session, agent, metric_key="satisfaction", target=4)
    builders.goal(session, agent, metric_key="emails", starts_on=date(2026, 4, 1), ends_on=date(2026, 5, 1))
    assert chances(session, agent) == {}


def test_a_manager_is_told_no_chance_of_days_they_may_not_see(session: Session, team: Team) -> None:
    late = builders.person(session, on=team, since=TUESDAY)
    builders.goal(session, late, metric_key="calls")
    keep_chances(session, LATE)
    boss = builders.manager(session, of=team)
    who = viewer(session, boss.id)
    _, told = with_chances(session, who, late.id, goals_of(session, who, late.id, LATE), LATE)
    assert (dict(told.now), dict(told.lines)) == ({}, {})
    assert len(chances(session, late)) == 1


def test_the_day_that_ended_is_kept_once_and_brought_up_to_date(session: Session, agent: Person) -> None:
    goal = builders.goal(session, agent, metric_key="calls", target=4)
    called(session, agent, 1, days=2)
    assert keep_chances(session, LATE) == {"goals": 1}
    called(session, agent, 1, days=2)
    keep_chances(session, LATE)
    (row,) = session.scalars(select(GoalChance).execution_options(populate_existing=True))
    assert (row.goal_id, row.day, row.value, row.chance) == (goal.id, LATE - timedelta(days=1), 4, pytest.approx(1))


def test_the_line_ends_where_the_goal_did(session: Session, agent: Person) -> None:
    kept, missed = (builders.goal(session, agent, metric_key="calls", target=target, name=str(target)).id for target in (2, 90))
    called(session, agent, 1, days=2)
    keep_chances(session, date(2026, 4, 1))
    keep_chances(session, date(2026, 4, 2))
    ends = {row.goal_id: (row.day, row.chance) for row in session.scalars(select(GoalChance))}
    assert ends == {kept: (date(2026, 3, 31), 1.0), missed: (date(2026, 3, 31), 0.0)}


def test_a_goal_on_money_is_judged_by_its_chance(session: Session, agent: Person) -> None:
    goal = builders.goal(session, agent, metric_key="revenue", target=50_000)
    who = viewer(session, agent.id)
    builders.deal(session, agent, status=DealStatus.WON, amount_minor=3_000_000, closed_on=TUESDAY)
    assert goals_of(session, who, agent.id, LATE).current[0].status is Status.ON_TRACK
    session.add(GoalChance(goal_id=goal.id, day=LATE - timedelta(days=1), chance=0.15, value=29_000))
    session.flush()
    assert goals_of(session, who, agent.id, LATE).current[0].status is Status.AT_RISK
    assert goals_of(session, who, agent.id, LATE + timedelta(days=4)).current[0].status is not Status.AT_RISK
