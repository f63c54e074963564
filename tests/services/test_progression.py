"""Progression from stored facts: who sees what, what an assessment keeps, and a promotion told once."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Assessment, Notification, Person, Team
from domain.errors import NotFoundError
from domain.progression.requirements import Kind
from domain.progression.skills import Verdict
from domain.records import ActivityType, DealStatus, Level, Outcome
from services import assessments, progression, retention
from services.access import viewer
from tests import builders

NOW = builders.NOON
TODAY = builders.TUESDAY
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def north(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session, name="North")


@pytest.fixture
def ada(session: Session, north: Team) -> Person:
    return builders.person(session, name="Ada", on=north)


def sold(session: Session, agent: Person, times: int, on: date = YESTERDAY) -> None:
    for _ in range(times):
        builders.deal(session, agent, status=DealStatus.WON, closed_on=on, amount_minor=100)


def worked(session: Session, agent: Person, month: date) -> None:
    """A month of a developing agent: 200 calls, 30 appointments, 20 showings."""
    at = datetime(month.year, month.month, 14, 12, tzinfo=NOW.tzinfo)
    for kind, times in ((ActivityType.CALL, 200), (ActivityType.APPOINTMENT, 30), (ActivityType.SHOWING, 20)):
        for _ in range(times):
            builders.activity(session, agent, at=at, type=kind)


def stored(session: Session, agent: Person, day: date, level: Level) -> None:
    session.add(Assessment(agent_id=agent.id, day=day, level=level, inputs={}, computed_at=NOW))
    session.flush()


def told(session: Session, person: Person) -> list[str]:
    return list(session.scalars(select(Notification.title).where(Notification.person_id == person.id)))


def test_sales_of_more_than_twelve_months_ago_count_for_all_time_only(session: Session, ada: Person) -> None:
    sold(session, ada, 3, date(2025, 3, 10))
    sold(session, ada, 6, date(2025, 3, 11))
    found = progression.progression_of(session, viewer(session, ada.id), ada.id, TODAY)
    assert found.assessed is not None
    assert (found.assessed.facts.ladder.sales_12_months, found.assessed.facts.lifetime_sales) == (6, 9)
    assert found.assessed.found.level is Level.DEVELOPING


def test_an_assessment_is_kept_with_its_inputs_and_again_the_same_day_in_its_place(session: Session, ada: Person) -> None:
    assert assessments.assess_everybody(session, NOW)["promoted"] == 0
    assert session.scalars(select(Assessment)).all() == []
    builders.activity(session, ada)
    assessments.assess_everybody(session, NOW)
    sold(session, ada, 6)
    progression.reassess(session, viewer(session, ada.id), ada.id, TODAY, NOW)
    (row,) = session.scalars(select(Assessment).where(Assessment.agent_id == ada.id))
    session.refresh(row)
    assert (row.level, row.day, row.inputs["sales_12_months"], row.inputs["lifetime_sales"]) == (Level.DEVELOPING, TODAY, 6, 6)
    assert {each["kind"] for each in row.inputs["requirements"]} == {kind.value for kind in Kind}
    assert [len(row.inputs[name]) for name in ("skills", "strengths", "gaps")] == [6, 0, 0]
    assert row.inputs["plan"][0] == {"for": "week", "text": row.inputs["plan"][0]["text"], "evidence": row.inputs["plan"][0]["evidence"]}


def test_a_promotion_is_told_once(session: Session, ada: Person) -> None:
    stored(session, ada, YESTERDAY, Level.NEW_AGENT)
    for month in (date(2026, 1, 1), date(2026, 2, 1)):
        worked(session, ada, month)
        sold(session, ada, 3, month)
    assert assessments.assess_everybody(session, NOW) == {"agents": 1, "promoted": 1}
    assert assessments.assess_everybody(session, NOW) == {"agents": 1, "promoted": 0}
    assessments.assess_everybody(session, NOW + timedelta(days=1))
    assert told(session, ada) == ["You have reached a new level: Developing"]


def test_a_level_at_risk_is_said_once_a_quarter_and_to_the_agent_alone(session: Session, north: Team, ada: Person) -> None:
    boss = builders.manager(session, of=north)
    sold(session, ada, 18)
    stored(session, ada, YESTERDAY, Level.CONSISTENT)
    for later in (0, 1, 30):
        assessments.assess_everybody(session, NOW + timedelta(days=later))
    assert told(session, ada) == ["Consistent performer needs 20 sales in twelve months, and yours are 18"] * 2
    assert told(session, boss) == []


def test_the_first_assessment_is_no_promotion(session: Session, ada: Person) -> None:
    sold(session, ada, 60)
    assessments.assess_everybody(session, NOW)
    assert told(session, ada) == []


def test_history_that_is_imported_later_places_anew(session: Session, ada: Person) -> None:
    builders.activity(session, ada)
    assessments.assess_everybody(session, NOW)
    sold(session, ada, 22, date(2025, 10, 1))
    assessments.assess_everybody(session, NOW + timedelta(days=1))
    found = progression.progression_of(session, viewer(session, ada.id), ada.id, TODAY + timedelta(days=2))
    assert (found.found.level if found.found else None, told(session, ada)) == (Level.CONSISTENT, [])


def test_since_when_the_level_is_held_counts_back_to_the_last_other_one(session: Session, ada: Person) -> None:
    for day, level in ((1, Level.DEVELOPING), (2, Level.NEW_AGENT), (3, Level.DEVELOPING), (9, Level.DEVELOPING)):
        stored(session, ada, date(2026, 3, day), level)
    sold(session, ada, 6)
    found = progression.progression_of(session, viewer(session, ada.id), ada.id, TODAY)
    assert found.since == date(2026, 3, 3)
    assert [(each.day, each.level) for each in found.history] == [(date(2026, 3, 9), Level.DEVELOPING)]


def test_a_manager_is_told_only_the_level_where_they_see_only_some_of_the_days(session: Session, north: Team) -> None:
    late = builders.person(session, name="Late", on=north, since=date(2026, 2, 1))
    boss = builders.manager(session, of=north)
    sold(session, late, 25, date(2025, 12, 1))
    before = progression.progression_of(session, viewer(session, boss.id), late.id, TODAY)
    assert (before.is_partly_seen, before.assessed) == (True, None)
    assessments.assess_everybody(session, NOW - timedelta(days=1))
    seen = progression.progression_of(session, viewer(session, boss.id), late.id, TODAY)
    assert seen.found is not None
    assert (seen.found.level, seen.found.progress_share, seen.outlook, seen.history) == (Level.CONSISTENT, None, None, ())
    assert {each.kind: each.value for each in seen.found.requirements}[Kind.SALES] is None
    (rung,) = [each for each in progression.ladder(session, viewer(session, boss.id), TODAY) if each.agent_id == late.id]
    assert (rung.stored.level if rung.stored else None, rung.progress_share, rung.sales_12_months, rung.outlook) == (
        Level.CONSISTENT,
        None,
        None,
        None,
    )


def test_old_assessments_leave_the_last_of_each_month_and_the_days_a_level_changed(session: Session, ada: Person) -> None:
    for day in range(1, 31):
        stored(session, ada, date(2025, 9, day), Level.NEW_AGENT if day < 10 else Level.DEVELOPING)
    stored(session, ada, YESTERDAY, Level.DEVELOPING)
    assert retention.prune(session, NOW)["assessment"] == 26
    left = session.scalars(select(Assessment.day).where(Assessment.day < YESTERDAY).order_by(Assessment.day)).all()
    assert [day.day for day in left] == [1, 9, 10, 30]


def test_nobody_else_learns_anything(session: Session, ada: Person) -> None:
    sven = builders.person(session, name="Sven", on=builders.team(session))
    other = builders.manager(session, of=builders.team(session))
    for who in (sven, other):
        with pytest.raises(NotFoundError):
            progression.progression_of(session, viewer(session, who.id), ada.id, TODAY)
        with pytest.raises(NotFoundError):
            progression.reassess(session, viewer(session, who.id), ada.id, TODAY, NOW)
    assessments.assess_everybody(session, NOW)
    assert ada.id not in {each.agent_id for each in progression.ladder(session, viewer(session, other.id), TODAY)}


def test_a_manager_reads_the_history_back_to_the_days_they_may_not_see(session: Session, north: Team) -> None:
    """They came to the team in January 2025: what was found at the end of that year came from days before it too."""
    moved = builders.person(session, name="Moved", on=north, since=date(2025, 1, 10))
    boss = builders.manager(session, of=north)
    sold(session, moved, 25, date(2025, 1, 5))
    for day in (date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)):
        stored(session, moved, day, Level.CONSISTENT)
    seen = progression.progression_of(session, viewer(session, boss.id), moved.id, TODAY)
    assert (seen.is_partly_seen, [each.day for each in seen.history]) == (False, [date(2026, 2, 28), date(2026, 1, 31)])
    own = progression.progression_of(session, viewer(session, moved.id), moved.id, TODAY)
    assert len(own.history) == 3


def test_a_skill_is_held_against_others_of_the_same_level(session: Session, north: Team, ada: Person) -> None:
    """Six others reach half of their calls in the three whole months before; Ada reaches none of forty."""
    at = datetime(2026, 1, 14, 12, tzinfo=NOW.tzinfo)
    for number in range(6):
        mate = builders.person(session, name=f"Mate {number}", on=north)
        for outcome in (Outcome.CONNECTED, Outcome.NO_ANSWER) * 10:
            builders.activity(session, mate, at=at, outcome=outcome)
    for _ in range(40):
        builders.activity(session, ada, outcome=Outcome.NO_ANSWER)
    assessments.assess_everybody(session, NOW)
    found = progression.progression_of(session, viewer(session, ada.id), ada.id, TODAY)
    assert (found.skills[0].verdict, found.skills[0].peers.value if found.skills[0].peers else None) == (Verdict.GAP, 0.5)
    (row,) = session.scalars(select(Assessment).where(Assessment.agent_id == ada.id))
    assert row.inputs["gaps"] == ["prospecting"]
