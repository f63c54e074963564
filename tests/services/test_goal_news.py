"""Telling that a goal is reached, once and while it is news, and that one is at risk while something can still be done."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.models import Goal, Lead, Notification, OutboxMessage, Person
from domain.records import DealStatus, GoalState
from services.goal_news import tell_news
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def agent(session: Session) -> Person:
    builders.organisation(session, currency="EUR")
    return builders.person(session, on=builders.team(session))


def told(session: Session) -> list[str]:
    return [row.title for row in session.scalars(select(Notification).order_by(Notification.id))]


def test_a_reached_goal_is_told_once_to_the_agent_and_their_channels(session: Session, agent: Person) -> None:
    builders.channel(session, person_id=agent.id)
    builders.goal(session, agent, metric_key="calls", target=2)
    builders.activity(session, agent)
    assert tell_news(session, NOON) == {"agents": 1, "reached": 0, "at_risk": 0}
    builders.activity(session, agent)
    tell_news(session, NOON)
    tell_news(session, NOON + timedelta(minutes=10))
    builders.activity(session, agent)
    tell_news(session, NOON + timedelta(days=1))
    (notice,) = session.scalars(select(Notification))
    assert (notice.person_id, notice.title, notice.link) == (
        agent.id,
        "Goal reached: Calls, 2 in March 2026",
        f"/goals?agent={agent.id}",
    )
    assert notice.body == "You reached your goal for March 2026 on 10 Mar 2026. It stands at 2."
    assert len(session.scalars(select(OutboxMessage)).all()) == 1


def test_a_goal_that_is_raised_and_reached_again_is_news_again(session: Session, agent: Person) -> None:
    goal = builders.goal(session, agent, metric_key="revenue", target=50)
    builders.deal(session, agent, status=DealStatus.WON, amount_minor=6000, closed_on=TUESDAY)
    tell_news(session, NOON)
    session.execute(update(Goal).where(Goal.id == goal.id).values(target=60))
    tell_news(session, NOON)
    assert told(session) == ["Goal reached: Revenue, €50 in March 2026", "Goal reached: Revenue, €60 in March 2026"]


def test_a_reached_goal_that_is_lowered_is_no_news(session: Session, agent: Person) -> None:
    goal = builders.goal(session, agent, metric_key="revenue", target=60)
    builders.deal(session, agent, status=DealStatus.WON, amount_minor=6000, closed_on=TUESDAY)
    tell_news(session, NOON)
    session.execute(update(Goal).where(Goal.id == goal.id).values(target=50))
    tell_news(session, NOON)
    assert told(session) == ["Goal reached: Revenue, €60 in March 2026"]


def test_an_average_is_reached_when_its_days_are_over(session: Session, agent: Person) -> None:
    builders.goal(session, agent, metric_key="median_response_time", target=2)
    for _ in range(10):
        lead = builders.lead(session, agent)
        session.execute(update(Lead).where(Lead.id == lead.id).values(contacted_on=TUESDAY, response_seconds=3600))
    tell_news(session, NOON)
    assert told(session) == []
    tell_news(session, NOON.replace(month=4, day=1))
    assert told(session) == ["Goal reached: Response time, 2.0 h in March 2026"]


def test_history_congratulates_nobody(session: Session, agent: Person) -> None:
    builders.goal(session, agent, metric_key="calls", target=1)
    builders.activity(session, agent)
    tell_news(session, NOON + timedelta(days=8))
    builders.goal(session, agent, metric_key="calls", target=1, starts_on=date(2025, 3, 1), ends_on=date(2025, 4, 1))
    builders.activity(session, agent, at=NOON.replace(year=2025))
    tell_news(session, NOON + timedelta(days=8))
    assert told(session) == []


def test_somebody_who_left_is_not_told(session: Session, agent: Person) -> None:
    builders.goal(session, agent, metric_key="calls", target=1)
    builders.activity(session, agent)
    agent.active, agent.deactivated_at = False, NOON
    session.flush()
    assert tell_news(session, NOON) == {"agents": 0, "reached": 0, "at_risk": 0}


def test_the_day_is_that_of_the_agents_clock(session: Session) -> None:
    agent = builders.person(session, on=builders.team(session), time_zone="Pacific/Auckland")
    builders.goal(session, agent, metric_key="satisfaction", target=3)
    for _ in range(10):
        builders.lead(session, agent, satisfaction=5, rated_on=TUESDAY)
    tell_news(session, NOON.replace(day=31, hour=10))
    assert told(session) == []
    tell_news(session, NOON.replace(day=31, hour=12))
    assert told(session) == ["Goal reached: Satisfaction, 3.0 ★ in March 2026"]


LATE = NOON.replace(day=19)
"""The Thursday by which 13 of the month's 22 working days are gone."""


def test_a_goal_at_risk_is_told_kindly_and_not_again_for_a_week(session: Session, agent: Person) -> None:
    builders.channel(session, person_id=agent.id)
    goal = builders.goal(session, agent, metric_key="calls", target=44, name="Warm-up")
    for _ in range(8):
        builders.activity(session, agent)
    counts = [tell_news(session, moment)["at_risk"] for moment in (LATE, LATE + timedelta(minutes=10), LATE + timedelta(days=6))]
    assert counts == [1, 0, 0]
    (notice,) = session.scalars(select(Notification))
    assert (notice.person_id, notice.title, notice.urgency, notice.link) == (
        agent.id,
        "Still time for a goal: Warm-up (Calls) in March 2026",
        "info",
        f"/goals?agent={agent.id}",
    )
    assert notice.body == (
        "It stands at 8; the goal is 44. About 4 calls each working day would still make it. If it no longer fits, change it or pause it."
    )
    assert len(session.scalars(select(OutboxMessage)).all()) == 1
    assert tell_news(session, LATE + timedelta(days=7))["at_risk"] == 1
    assert [row.dedupe_key for row in session.scalars(select(Notification).order_by(Notification.id))] == [
        f"goal_at_risk:{goal.id}:2026-03-{day}:person:{agent.id}" for day in (19, 26)
    ]


@pytest.mark.parametrize("moment", [LATE.replace(hour=6), LATE.replace(hour=21), LATE.replace(day=21)], ids=["dawn", "night", "Saturday"])
def test_nobody_is_worried_outside_their_working_hours(session: Session, agent: Person, moment: datetime) -> None:
    builders.goal(session, agent, metric_key="calls", target=44)
    assert tell_news(session, moment)["at_risk"] == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"state": GoalState.PAUSED, "paused_on": TUESDAY},
        {"state": GoalState.CANCELLED},
        {"target": 1},
        {"metric_key": "satisfaction", "target": 4},
    ],
    ids=["paused", "taken back", "too little to go by", "not measured"],
)
def test_what_is_not_at_risk_is_left_alone(session: Session, agent: Person, fields: dict[str, object]) -> None:
    builders.goal(session, agent, **{"metric_key": "calls", "target": 44} | fields)
    assert tell_news(session, LATE)["at_risk"] == 0
