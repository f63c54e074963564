"""The success metrics, read from goals, sums, assessments, completed training and held 1:1s."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from data.models import Lead
from domain.errors import AccessError
from domain.metrics.measures import Ratio
from domain.periods import Grain, Period, containing
from domain.records import GoalState, Level, Outcome, Role, Skill
from domain.success.training_effect import SPAN
from services.access import viewer
from services.success import Success, success
from tests import builders
from tests.builders import NOON, TUESDAY

MARCH = containing(TUESDAY, Grain.MONTH)
APRIL = MARCH.end + timedelta(days=4)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1), Grain.YEAR)


@pytest.fixture
def house(session: Session) -> SimpleNamespace:
    builders.organisation(session)
    team = builders.team(session)
    return SimpleNamespace(
        team=team,
        ana=builders.person(session, on=team),
        bo=builders.person(session, on=team),
        admin=builders.person(session, role=Role.ADMIN),
        mia=builders.manager(session, of=team),
    )


def found(session: Session, house: SimpleNamespace, days: Period = MARCH, today: date = APRIL) -> Success:
    return success(session, viewer(session, house.admin.id), days, today, NOON + (today - TUESDAY))


@pytest.mark.parametrize("who", ["ana", "mia"])
def test_only_administrators_see_them(session: Session, house: SimpleNamespace, who: str) -> None:
    with pytest.raises(AccessError):
        success(session, viewer(session, getattr(house, who).id), MARCH, APRIL, NOON)


def test_everybodys_goals_are_judged_by_their_own_days(session: Session, house: SimpleNamespace) -> None:
    dates = {"starts_on": MARCH.start, "ends_on": MARCH.end}
    for agent, target in ((house.ana, 2), (house.bo, 2)):
        builders.goal(session, agent, metric_key="calls", target=target, **dates)
    builders.goal(session, house.ana, metric_key="revenue", target=100, **dates)
    builders.goal(session, house.ana, metric_key="median_response_time", target=1, **dates)
    builders.goal(session, house.bo, metric_key="deals_won", target=1, state=GoalState.CANCELLED, **dates)
    builders.goal(session, house.bo, metric_key="conversions", target=1, starts_on=MARCH.end, ends_on=date(2026, 5, 1))
    for _ in range(2):
        builders.activity(session, house.ana)
    builders.activity(session, house.bo)
    builders.deal(session, house.ana, status="won", closed_on=TUESDAY, amount_minor=10_000)
    every, *kinds = found(session, house).goals
    assert (every.reached, every.ended, every.without_verdict) == (Ratio(2, 3), 4, 1)
    assert {kind.definition.key: kind.reached for kind in kinds if kind.definition} == {
        "calls": Ratio(1, 2),
        "revenue": Ratio(1, 1),
        "median_response_time": Ratio(0, 0),
    }


def test_a_median_goal_is_judged_by_the_leads(session: Session, house: SimpleNamespace) -> None:
    builders.goal(session, house.ana, metric_key="median_response_time", target=1, starts_on=MARCH.start, ends_on=MARCH.end)
    for _ in range(20):
        session.add(Lead(name="x", agent_id=house.ana.id, assigned_on=TUESDAY, contacted_on=TUESDAY, response_seconds=1800))
    session.flush()
    assert found(session, house).goals[0].reached == Ratio(1, 1)


def test_a_goal_that_ends_today_has_not_ended(session: Session, house: SimpleNamespace) -> None:
    builders.goal(session, house.ana, metric_key="calls", target=2, starts_on=MARCH.start, ends_on=MARCH.end)
    assert found(session, house, today=MARCH.last_day).goals[0].ended == 0
    assert found(session, house, today=MARCH.end).goals[0].ended == 1


def test_steps_of_the_work_are_everybodys(session: Session, house: SimpleNamespace) -> None:
    for agent in (house.ana, house.bo):
        builders.activity(session, agent, outcome=Outcome.CONNECTED)
    builders.activity(session, house.bo, outcome=Outcome.NO_ANSWER)
    calls = found(session, house).conversions[0]
    assert (calls.now, calls.before) == (Ratio(2, 3), None)


def test_levels_are_read_from_changes_between_assessments(session: Session, house: SimpleNamespace) -> None:
    house.ana.joined_on = date(2026, 1, 1)
    for day, level in ((10, Level.NEW_AGENT), (20, Level.NEW_AGENT), (30, Level.DEVELOPING), (40, Level.DEVELOPING)):
        builders.assessment(session, house.ana, on=date(2026, 1, 1) + timedelta(days=day), level=level)
    every, of_new, of_developing = found(session, house).climbs
    assert (every.climbs, every.rises) == (2, 1)
    assert (of_new.level, of_new.rises, of_new.median_days, of_new.is_early) == (Level.NEW_AGENT, 1, 30, True)
    assert (of_developing.climbs, of_developing.rises) == (1, 0)


def test_skills_are_those_of_the_first_and_last_assessment(session: Session, house: SimpleNamespace) -> None:
    for days, rate in ((0, 0.1), (50, 0.9), (100, 0.3)):
        kept = {"skills": [{"skill": "closing", "rate": rate, "sample": 50}]}
        builders.assessment(session, house.ana, on=YEAR.start + timedelta(days=days), inputs=kept)
    closing = next(each for each in found(session, house, YEAR, date(2026, 6, 1)).skills if each.skill is Skill.CLOSING)
    assert (closing.agents, closing.then, closing.now, closing.is_early) == (1, Ratio(5, 50), Ratio(15, 50), True)
    assert all(each.agents == 0 for each in found(session, house, MARCH).skills)


def test_what_followed_training_is_held_against_a_colleague(session: Session, house: SimpleNamespace) -> None:
    builders.training_completion(session, house.ana)
    gone = builders.person(session, on=house.team, active=False, deactivated_at=NOON)
    for agent, before, after in ((house.ana, 1, 3), (house.bo, 1, 2), (gone, 1, 0)):
        for count, days in ((before, -5), (after, 5)):
            for _ in range(count):
                builders.activity(session, agent, at=NOON + timedelta(days=days), outcome=Outcome.CONNECTED)
    training = found(session, house, today=TUESDAY + SPAN + timedelta(days=2)).training
    talks = training.effects[0]
    assert (training.completions, training.people, training.minutes) == (1, 1, 15)
    assert (talks.key, talks.completions, talks.own, talks.peers, talks.difference, talks.is_early) == ("conversations", 1, 2, 1, 1, True)
    assert found(session, house, today=TUESDAY + SPAN).training.effects[0].completions == 0


def test_what_followed_a_talk_is_held_against_a_colleague_by_its_day_alone(session: Session, house: SimpleNamespace) -> None:
    builders.one_on_one(session, house.ana, house.mia, held_on=TUESDAY, notes="A secret")
    builders.one_on_one(session, house.bo, house.mia)
    for agent, before, after in ((house.ana, 1, 3), (house.bo, 1, 2)):
        for count, days in ((before, -5), (after, 5)):
            for _ in range(count):
                builders.activity(session, agent, at=NOON + timedelta(days=days), outcome=Outcome.CONNECTED)
    told = found(session, house, today=TUESDAY + SPAN + timedelta(days=2))
    first = told.talks.effects[0]
    assert (told.talks.held, told.talks.people, told.training.completions) == (1, 1, 0)
    assert (first.key, first.completions, first.own, first.peers, first.difference, first.is_early) == ("conversations", 1, 2, 1, 1, True)
    assert "secret" not in repr(told)
