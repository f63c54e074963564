"""A company's own achievements: defined by admins alone, earned like every other, kept by whoever holds one when it is retired."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AchievementGrant, AuditEntry, Person, Team
from domain.coaching.achievements import GrantState
from domain.errors import AccessError, InputError, NotFoundError
from domain.periods import Period
from domain.records import DealStatus, Role
from services import own_achievements, rewards
from services.access import Viewer, viewer
from services.achievements import Badge, gallery, grant_everything
from services.own_achievements import Preview, definition, wording
from services.play_day import play_day, points_in
from services.points import total_before
from services.streaks import close_days
from tests import builders
from tests.builders import NOON, TUESDAY

ASKED = {"name": "Coffee machine", "metric": "calls", "least": 3, "span": "week"}


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def agent(session: Session, team: Team) -> Person:
    return builders.person(session, on=team)


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer(session, builders.person(session, role=Role.ADMIN).id)


def calls(session: Session, agent: Person, many: int, *, back: int = 0) -> None:
    for _ in range(many):
        builders.activity(session, agent, at=NOON - timedelta(days=back))


def own(session: Session, agent: Person) -> list[Badge]:
    found = gallery(session, viewer(session, agent.id), agent.id, TUESDAY)
    return [each for each in found if each.achievement.key.startswith("own-")]


def test_it_is_shown_with_what_is_missing_and_granted_when_it_is_done(session: Session, agent: Person, admin: Viewer) -> None:
    own_achievements.define(session, admin, definition(**ASKED), NOON)
    calls(session, agent, 2)
    (shown,) = own(session, agent)
    assert (shown.achievement.name, shown.achievement.about) == ("Coffee machine", "3 calls made in a week.")
    assert (shown.standing.value, shown.standing.needed, shown.is_earned) == (2, 3, False)
    calls(session, agent, 1)
    grant_everything(session, NOON)
    (held,) = own(session, agent)[0].grants
    assert (held.period, held.state, held.earned_on, len(held.evidence["ids"])) == ("2026-W11", GrantState.HELD, TUESDAY, 3)


@pytest.mark.parametrize(("span", "period"), [("day", "2026-03-10"), ("month", "2026-03"), ("ever", "ever")])
def test_it_is_earned_within_a_day_a_month_or_once_in_all(session: Session, agent: Person, admin: Viewer, span: str, period: str) -> None:
    own_achievements.define(session, admin, definition(**ASKED | {"span": span}), NOON)
    calls(session, agent, 3)
    grant_everything(session, NOON)
    assert [each.period for each in own(session, agent)[0].grants] == [period]


def test_a_retired_one_is_kept_by_whoever_holds_it_and_earned_by_nobody_else(
    session: Session, agent: Person, admin: Viewer, team: Team
) -> None:
    made = own_achievements.define(session, admin, definition(**ASKED, reward="Dinner"), NOON)
    calls(session, agent, 3)
    grant_everything(session, NOON)
    own_achievements.retire(session, admin, made, NOON)
    late = builders.person(session, on=team)
    calls(session, late, 3)
    grant_everything(session, NOON)
    assert [each.agent_id for each in session.scalars(select(AchievementGrant))] == [agent.id]
    assert [(each.is_earned, each.achievement.is_offered) for each in own(session, agent)] == [(True, False)]
    assert own(session, late) == []
    (line,) = rewards.own_rewards(session, viewer(session, agent.id), NOON)
    assert (line.reward.name, line.can_be_claimed) == ("Dinner", True)
    with pytest.raises(NotFoundError):
        own_achievements.retire(session, admin, made, NOON)


def test_its_reward_is_claimed_once_it_is_held(session: Session, agent: Person, admin: Viewer, team: Team) -> None:
    own_achievements.define(session, admin, definition(**ASKED, reward="Dinner"), NOON)
    mine = viewer(session, agent.id)
    (line,) = rewards.own_rewards(session, mine, NOON)
    with pytest.raises(InputError, match="not reached yet"):
        rewards.claim(session, mine, line.reward.id, NOON)
    calls(session, agent, 3)
    grant_everything(session, NOON)
    rewards.claim(session, mine, line.reward.id, NOON)
    boss = viewer(session, builders.manager(session, of=team).id)
    assert [each.reward for each in rewards.waiting(session, boss, TUESDAY)] == ["Dinner"]


def test_new_words_change_no_grant(session: Session, agent: Person, admin: Viewer) -> None:
    made = own_achievements.define(session, admin, definition(**ASKED), NOON)
    calls(session, agent, 3)
    grant_everything(session, NOON)
    own_achievements.reword(session, admin, made, wording(name="Espresso", about="For the early ones."), NOON)
    (shown,) = own(session, agent)
    assert (shown.achievement.name, shown.achievement.about, shown.is_earned) == ("Espresso", "For the early ones.", True)


def test_a_preview_is_a_count_of_active_people_and_nobodys_name(session: Session, agent: Person, admin: Viewer, team: Team) -> None:
    calls(session, agent, 3)
    calls(session, builders.person(session, on=team), 3, back=7)
    calls(session, builders.person(session, on=team, active=False, deactivated_at=NOON), 3)
    said = definition(**ASKED)
    assert own_achievements.preview(session, admin, said, TUESDAY) == Preview(now=1, before=1)
    ever = definition(**ASKED | {"span": "ever"})
    assert own_achievements.preview(session, admin, ever, TUESDAY) == Preview(now=2, before=None)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"metric": "win_rate"}, "Metric: is not something that can be asked for; choose one of activities, calls"),
        ({"metric": "deals_lost"}, "Metric: is not something that can be asked for"),
        ({"least": 0}, "Least: "),
        ({"points": 1001}, "Points: "),
        ({"span": "fortnight"}, "Span: "),
        ({"name": " "}, "Name: is missing"),
        ({"about": "x" * 201}, "About: "),
    ],
)
def test_what_is_not_usable_is_named(wrong: dict[str, object], says: str) -> None:
    with pytest.raises(InputError) as refused:
        definition(**ASKED | wrong)
    assert str(refused.value).startswith(says)


def test_only_admins_define_preview_reword_and_retire(session: Session, agent: Person, admin: Viewer, team: Team) -> None:
    made = own_achievements.define(session, admin, definition(**ASKED), NOON)
    for person in (agent, builders.manager(session, of=team)):
        who = viewer(session, person.id)
        for act in (
            lambda who: own_achievements.on_offer(session, who),
            lambda who: own_achievements.define(session, who, definition(**ASKED), NOON),
            lambda who: own_achievements.preview(session, who, definition(**ASKED), TUESDAY),
            lambda who: own_achievements.reword(session, who, made, wording(name="Mine"), NOON),
            lambda who: own_achievements.retire(session, who, made, NOON),
        ):
            with pytest.raises(AccessError):
                act(who)
    assert [each.action for each in session.scalars(select(AuditEntry))] == ["achievement_added"]


def test_thirty_are_enough(session: Session, admin: Viewer) -> None:
    for _ in range(own_achievements.MOST):
        own_achievements.define(session, admin, definition(**ASKED), NOON)
    with pytest.raises(InputError, match="Retire one first"):
        own_achievements.define(session, admin, definition(**ASKED), NOON)


def test_a_reward_for_one_that_is_not_on_offer_is_refused(session: Session, admin: Viewer, agent: Person) -> None:
    builders.deal(session, agent, status=DealStatus.WON, closed_on=TUESDAY)
    with pytest.raises(InputError, match="not on offer"):
        rewards.promise(session, admin, rewards.reward_details(name="Lunch", achievement="own-999"), NOON)


def test_it_brings_its_points_on_the_day_it_is_earned_and_takes_them_back_under_review(
    session: Session, agent: Person, admin: Viewer
) -> None:
    made = own_achievements.define(session, admin, definition(**ASKED, points=50), NOON)
    calls(session, agent, 3)
    mine, today = viewer(session, agent.id), Period(TUESDAY, TUESDAY + timedelta(days=1))
    assert points_in(session, mine, agent.id, today) == 6
    grant_everything(session, NOON)
    assert points_in(session, mine, agent.id, today) == 56
    assert [(line.name, line.points) for line in play_day(session, mine, agent.id, NOON).lines] == [("Call", 6), ("Coffee machine", 50)]
    assert own(session, agent)[0].achievement.points == 50
    own_achievements.retire(session, admin, made, NOON)
    night = NOON + timedelta(days=1)
    close_days(session, night)
    assert total_before(session, agent.id, TUESDAY + timedelta(days=1)) == 56
    grant = session.scalars(select(AchievementGrant)).one()
    grant.state = GrantState.UNDER_REVIEW
    close_days(session, night + timedelta(days=1))
    assert total_before(session, agent.id, TUESDAY + timedelta(days=1)) == 6
