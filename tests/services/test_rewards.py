"""Rewards: promised by admins, claimed once the milestone is there, decided by who looks after the agent, and written down."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AuditEntry, Notification, Person, PointEntry, Team
from domain.coaching.achievements import GrantState
from domain.coaching.rewards import ClaimState
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import Role
from services import rewards
from services.access import Viewer, viewer
from tests import builders
from tests.builders import NOON, TUESDAY


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


@pytest.fixture
def boss(session: Session, team: Team) -> Viewer:
    return viewer(session, builders.manager(session, of=team).id)


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer(session, builders.person(session, role=Role.ADMIN).id)


def rich(session: Session, agent: Person, points: int = 1_000) -> None:
    day = TUESDAY - timedelta(days=1)
    session.add(PointEntry(agent_id=agent.id, day=day, reason="calls", points=points, created_at=NOON))
    session.flush()


def states(session: Session, agent: Person) -> list[ClaimState | None]:
    return [line.claim.state if line.claim else None for line in rewards.own_rewards(session, viewer(session, agent.id), NOON)]


def test_a_reward_is_promised_reached_claimed_and_approved(session: Session, agent: Person, boss: Viewer, admin: Viewer) -> None:
    lunch = rewards.promise(session, admin, rewards.reward_details(name="Lunch", play_level=2), NOON)
    own = viewer(session, agent.id)
    with pytest.raises(InputError, match="not reached yet"):
        rewards.claim(session, own, lunch, NOON)
    rich(session, agent)
    rewards.claim(session, own, lunch, NOON)
    with pytest.raises(ConflictError):
        rewards.claim(session, own, lunch, NOON)
    (claim,) = rewards.waiting(session, boss, TUESDAY)
    rewards.decide(session, boss, claim.id, rewards.decision(is_approved=True, word="Enjoy"), NOON)
    assert states(session, agent) == [ClaimState.APPROVED]
    titles = [row.title for row in session.scalars(select(Notification).order_by(Notification.id))]
    assert titles == [f"{agent.name} claims a reward: Lunch", "Lunch: approved"]
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["reward_added", "reward_claimed", "reward_decided"]


def test_declining_takes_a_word_and_it_can_be_claimed_again(session: Session, agent: Person, boss: Viewer) -> None:
    lunch, own = builders.reward(session).id, viewer(session, agent.id)
    rich(session, agent)
    rewards.claim(session, own, lunch, NOON)
    with pytest.raises(InputError, match="why not"):
        rewards.decision(is_approved=False)
    (claim,) = rewards.waiting(session, boss, TUESDAY)
    rewards.decide(session, boss, claim.id, rewards.decision(is_approved=False, word="Budget is spent"), NOON)
    assert states(session, agent) == [ClaimState.DECLINED]
    rewards.claim(session, own, lunch, NOON)
    assert states(session, agent) == [ClaimState.CLAIMED]


def test_what_is_under_review_claims_nothing(session: Session, agent: Person) -> None:
    builders.reward(session, achievement="first_sale")
    grant = builders.achievement_grant(session, agent, state=GrantState.UNDER_REVIEW)
    own = viewer(session, agent.id)
    assert [line.is_reached for line in rewards.own_rewards(session, own, NOON)] == [False]
    grant.state = GrantState.HELD
    session.flush()
    assert [line.can_be_claimed for line in rewards.own_rewards(session, own, NOON)] == [True]


def test_nobody_decides_their_own_or_a_strangers(session: Session, agent: Person, boss: Viewer, admin: Viewer) -> None:
    claim = builders.reward_claim(session, agent).id
    stranger = viewer(session, builders.manager(session, of=builders.team(session)).id)
    yes = rewards.decision(is_approved=True)
    assert (rewards.waiting(session, stranger, TUESDAY), rewards.waiting(session, viewer(session, agent.id), TUESDAY)) == ([], [])
    with pytest.raises(NotFoundError):
        rewards.decide(session, stranger, claim, yes, NOON)
    with pytest.raises(AccessError):
        rewards.decide(session, viewer(session, agent.id), claim, yes, NOON)
    own_claim = builders.reward_claim(session, session.get_one(Person, boss.person_id)).id
    with pytest.raises(NotFoundError):
        rewards.decide(session, boss, own_claim, yes, NOON)
    rewards.decide(session, admin, own_claim, yes, NOON)


def test_only_admins_promise_and_end_and_an_ended_one_cannot_be_claimed(
    session: Session, agent: Person, boss: Viewer, admin: Viewer
) -> None:
    for other in (boss, viewer(session, agent.id)):
        with pytest.raises(AccessError):
            rewards.promise(session, other, rewards.reward_details(name="Lunch", play_level=2), NOON)
    with pytest.raises(InputError, match="level of play, or one of the achievements"):
        rewards.reward_details(name="Lunch", play_level=2, achievement="first_sale")
    lunch = builders.reward(session).id
    rich(session, agent)
    rewards.end(session, admin, lunch, NOON)
    assert rewards.promised(session, admin) == []
    with pytest.raises(NotFoundError):
        rewards.claim(session, viewer(session, agent.id), lunch, NOON)
