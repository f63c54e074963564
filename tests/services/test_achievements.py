"""Achievements of real facts: granted once, kept with their evidence, under review when corrected, one holder for a record."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from data.models import AchievementGrant, Deal, Notification, Person, Team
from domain.coaching.achievements import GrantState
from domain.errors import NotFoundError
from domain.records import DealStatus, GoalPeriod, Outcome, Profile, Role
from services.access import viewer
from services.achievements import Badge, gallery, grant_everything
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session, profile=Profile.REAL_ESTATE)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


def won(session: Session, agent: Person, many: int, *, back: int = 0) -> list[int]:
    builders.activity(session, agent)
    closed = TUESDAY - timedelta(days=back)
    return [builders.deal(session, agent, status=DealStatus.WON, closed_on=closed).id for _ in range(many)]


def held(session: Session, agent: Person) -> dict[str, tuple[str, GrantState]]:
    rows = session.scalars(select(AchievementGrant).where(AchievementGrant.agent_id == agent.id))
    return {row.achievement: (row.period, row.state) for row in rows}


def badge(session: Session, agent: Person, key: str, by: Person | None = None) -> Badge:
    return next(each for each in gallery(session, viewer(session, (by or agent).id), agent.id, TUESDAY) if each.achievement.key == key)


def test_what_is_earned_is_granted_once_told_once_and_kept_with_its_evidence(session: Session, agent: Person) -> None:
    (sale,) = won(session, agent, 1)
    assert grant_everything(session, NOON) == {"agents": 1, "granted": 1}
    assert grant_everything(session, NOON + timedelta(minutes=30)) == {"agents": 1, "granted": 0}
    row = session.scalars(select(AchievementGrant)).one()
    assert (row.achievement, row.period, row.value) == ("first_sale", "ever", 1)
    assert row.evidence == {"from": "1900-01-01", "to": "2026-03-10", "kind": "deal", "ids": [sale]}
    assert [told.title for told in session.scalars(select(Notification))] == ["Earned: First sale"]


def test_history_is_granted_in_silence(session: Session, agent: Person) -> None:
    won(session, agent, 12, back=400)
    grant_everything(session, NOON)
    assert set(held(session, agent)) == {"first_sale", "ten_sales", "month_record"}
    assert session.scalars(select(Notification)).all() == []
    assert set(session.scalars(select(AchievementGrant.earned_on))) == {TUESDAY - timedelta(days=400)}


def test_an_imported_best_day_has_its_own_day_and_congratulates_nobody_late(session: Session, agent: Person) -> None:
    for _ in range(10):
        builders.activity(session, agent, at=NOON - timedelta(days=8), outcome=Outcome.CONNECTED)
    grant_everything(session, NOON)
    row = session.scalars(select(AchievementGrant)).one()
    assert (row.achievement, row.earned_on, row.granted_at) == ("ten_conversations", TUESDAY - timedelta(days=8), NOON)
    assert session.scalars(select(Notification)).all() == []


def test_a_club_is_joined_once_a_month_and_a_busy_day_has_its_calls_as_evidence(session: Session, agent: Person) -> None:
    won(session, agent, 2)
    calls = [builders.activity(session, agent, outcome=Outcome.CONNECTED).id for _ in range(10)]
    grant_everything(session, NOON)
    assert held(session, agent)["sales_club_real_estate"] == ("2026-03", GrantState.HELD)
    row = session.scalars(select(AchievementGrant).where(AchievementGrant.achievement == "ten_conversations")).one()
    assert (row.evidence["from"], sorted(row.evidence["ids"])) == ("2026-03-10", sorted(calls))


def test_corrected_facts_put_a_grant_under_review_and_bring_it_back(session: Session, agent: Person) -> None:
    (sale,) = won(session, agent, 1)
    grant_everything(session, NOON)
    session.execute(update(Deal).where(Deal.id == sale).values(status=DealStatus.LOST))
    grant_everything(session, NOON)
    assert held(session, agent)["first_sale"] == ("ever", GrantState.UNDER_REVIEW)
    session.execute(update(Deal).where(Deal.id == sale).values(status=DealStatus.WON))
    grant_everything(session, NOON)
    assert held(session, agent)["first_sale"] == ("ever", GrantState.HELD)


def test_a_record_has_one_holder(session: Session, agent: Person, team: Team) -> None:
    rival = builders.person(session, on=team)
    won(session, agent, 2)
    grant_everything(session, NOON)
    won(session, rival, 3)
    grant_everything(session, NOON)
    assert held(session, agent)["month_record"] == ("2026-03", GrantState.PASSED_ON)
    assert held(session, rival)["month_record"] == ("2026-03", GrantState.HELD)
    assert (badge(session, agent, "month_record").is_held_by_other, badge(session, rival, "month_record").is_held_by_other) == (True, False)


def test_a_record_whose_sales_were_corrected_away_is_held_by_nobody(session: Session, agent: Person, team: Team) -> None:
    rival = builders.person(session, on=team)
    sales = won(session, agent, 3)
    grant_everything(session, NOON)
    session.execute(update(Deal).where(Deal.id == sales[0]).values(status=DealStatus.LOST))
    grant_everything(session, NOON)
    best = session.scalars(select(AchievementGrant.value).where(AchievementGrant.achievement == "month_record")).one()
    assert (held(session, agent)["month_record"], best) == (("2026-03", GrantState.HELD), 2)
    session.execute(update(Deal).where(Deal.id.in_(sales)).values(status=DealStatus.LOST))
    grant_everything(session, NOON)
    assert held(session, agent)["month_record"] == ("2026-03", GrantState.UNDER_REVIEW)
    assert not badge(session, rival, "month_record").is_held_by_other


def test_a_goal_that_is_reached_counts_and_one_that_is_not_shows_how_far_it_is(session: Session, agent: Person) -> None:
    builders.goal(session, agent, metric_key="calls", target=4, period=GoalPeriod.MONTHLY)
    for _ in range(3):
        builders.activity(session, agent)
    assert badge(session, agent, "goal_reached").standing.share == 0.75
    builders.activity(session, agent)
    grant_everything(session, NOON)
    assert held(session, agent)["goal_reached"] == ("2026-03", GrantState.HELD)


def test_the_gallery_is_the_viewers_own_peoples(session: Session, agent: Person, team: Team) -> None:
    won(session, agent, 1)
    grant_everything(session, NOON)
    assert badge(session, agent, "first_sale", by=builders.manager(session, of=team)).is_earned
    for other in (builders.person(session, on=team), builders.manager(session, of=builders.team(session))):
        with pytest.raises(NotFoundError):
            badge(session, agent, "first_sale", by=other)
    assert badge(session, agent, "first_sale", by=builders.person(session, role=Role.ADMIN)).is_earned


def test_a_new_manager_does_not_see_what_was_earned_before_their_time(session: Session, agent: Person) -> None:
    won(session, agent, 1)
    grant_everything(session, NOON - timedelta(days=30))
    later = builders.team(session)
    moved = builders.person(session, on=later, since=TUESDAY)
    builders.achievement_grant(session, moved, granted_at=NOON - timedelta(days=30))
    boss = builders.manager(session, of=later)
    assert not badge(session, moved, "first_sale", by=boss).is_earned
    assert badge(session, moved, "first_sale").is_earned
