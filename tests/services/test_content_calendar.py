"""The content calendar: from a suggestion to a post that is logged, and what is told of its results."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from data.models import Activity, Person
from domain.coaching.content_kinds import PostChannel, PostIdea
from domain.errors import AccessError, ConflictError, NotFoundError
from domain.periods import Grain, containing
from domain.records import ActivityType, DealStatus, Role
from services.access import Viewer, viewer
from services.content_calendar import (
    ContentWeek,
    change_post,
    content_week,
    dismiss_suggestion,
    mark_posted,
    note_results,
    plan_post,
    remove_post,
    take_suggestion,
)
from services.content_input import PostDetails, post_details, post_results
from tests import builders
from tests.builders import NOON, TUESDAY

WEEK = containing(TUESDAY, Grain.WEEK)
POST = post_details(topic="Spring news", channel=PostChannel.LINKEDIN, planned_on=TUESDAY)


@pytest.fixture
def agent(session: Session) -> Person:
    made = builders.person(session, on=builders.team(session))
    for _ in range(3):
        builders.deal(session, made, stage="Offer")
    return made


@pytest.fixture
def who(session: Session, agent: Person) -> Viewer:
    return viewer(session, agent.id)


def week(session: Session, who: Viewer, agent_id: int | None = None) -> ContentWeek:
    session.expire_all()
    return content_week(session, who, agent_id or who.person_id, WEEK, TUESDAY)


def details(planned_on: object = TUESDAY) -> PostDetails:
    return post_details(topic="My words", channel=PostChannel.VIDEO, planned_on=planned_on)


def test_a_suggestion_is_planned_in_ones_own_words_and_not_offered_again(session: Session, who: Viewer) -> None:
    (offered,) = week(session, who).suggested
    assert (offered.idea, offered.why, offered.day) == (PostIdea.STAGE, "3 of your 3 open deals stand at “Offer” now.", TUESDAY)
    take_suggestion(session, who, who.person_id, offered.key, details(WEEK.end), TUESDAY)
    assert week(session, who).suggested == ()
    (post,) = content_week(session, who, who.person_id, containing(WEEK.end, Grain.WEEK), TUESDAY).posts
    assert (post.topic, post.idea, post.why) == ("My words", PostIdea.STAGE, offered.why)
    with pytest.raises(ConflictError):
        take_suggestion(session, who, who.person_id, offered.key, details(), TUESDAY)


def test_what_was_put_aside_does_not_come_back_that_week(session: Session, who: Viewer) -> None:
    dismiss_suggestion(session, who, who.person_id, week(session, who).suggested[0].key, TUESDAY)
    shown = week(session, who)
    assert (shown.suggested, shown.posts) == ((), ())


@pytest.mark.parametrize("key", ["2026-03-09:stage:Nothing like it", "nonsense", ""])
def test_what_is_not_suggested_cannot_be_taken(session: Session, who: Viewer, key: str) -> None:
    with pytest.raises(ConflictError, match="not suggested"):
        take_suggestion(session, who, who.person_id, key, details(), TUESDAY)


def test_marking_as_posted_logs_one_activity(session: Session, who: Viewer) -> None:
    post_id = plan_post(session, who, who.person_id, POST, TUESDAY)
    mark_posted(session, who, who.person_id, post_id, 1, TUESDAY, NOON)
    mark_posted(session, who, who.person_id, post_id, 2, TUESDAY, NOON)
    logged = session.query(Activity).filter_by(agent_id=who.person_id).all()
    assert [(each.type, each.subject) for each in logged] == [(ActivityType.POST, "Spring news")]
    assert [post.posted_on for post in week(session, who).posts] == [TUESDAY]


def test_leads_after_a_post_are_those_of_two_weeks_whose_source_names_its_channel(session: Session, who: Viewer, agent: Person) -> None:
    post_id = plan_post(session, who, who.person_id, POST, TUESDAY)
    mark_posted(session, who, who.person_id, post_id, 1, TUESDAY, NOON)
    for source, days in (("LinkedIn ad", 0), ("linkedin", 13), ("linkedin", 14), ("linkedin", -1), ("Referral", 1)):
        builders.lead(session, agent, source=source, on=TUESDAY + timedelta(days=days))
    note_results(session, who, who.person_id, post_id, 2, post_results(views=120, replies=4), TUESDAY)
    (post,) = week(session, who).posts
    assert (post.leads_after, post.views, post.replies, post.leads) == (2, 120, 4, None)


def test_a_change_of_what_somebody_changed_meanwhile_is_refused(session: Session, who: Viewer) -> None:
    post_id = plan_post(session, who, who.person_id, POST, TUESDAY)
    change_post(session, who, who.person_id, post_id, 1, details(), TUESDAY)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        change_post(session, who, who.person_id, post_id, 1, POST, TUESDAY)


def test_who_looks_after_an_agent_reads_the_posts_and_plans_none(session: Session, who: Viewer, agent: Person) -> None:
    post_id = plan_post(session, who, who.person_id, POST, TUESDAY)
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id)
    shown = week(session, admin, agent.id)
    assert ([post.topic for post in shown.posts], shown.may_change) == (["Spring news"], False)
    with pytest.raises(AccessError):
        remove_post(session, admin, agent.id, post_id, TUESDAY)


def test_a_colleagues_posts_are_not_there(session: Session, who: Viewer, agent: Person) -> None:
    post_id = plan_post(session, who, who.person_id, POST, TUESDAY)
    other = viewer(session, builders.person(session, on=builders.team(session)).id)
    with pytest.raises(NotFoundError):
        week(session, other, agent.id)
    for owner in (agent.id, other.person_id):
        with pytest.raises(NotFoundError):
            remove_post(session, other, owner, post_id, TUESDAY)


def test_the_pipeline_counts_only_the_agents_own_and_recent(session: Session, who: Viewer) -> None:
    other = builders.person(session)
    builders.deal(session, other, stage="Visit")
    builders.deal(session, other, status=DealStatus.WON, closed_on=TUESDAY)
    assert [each.why for each in week(session, who).suggested] == ["3 of your 3 open deals stand at “Offer” now."]


def test_weeks_that_are_over_or_far_off_get_no_suggestions(session: Session, who: Viewer) -> None:
    starts = [WEEK.start + timedelta(days=7 * weeks) for weeks in (-1, 0, 1, 2)]
    weeks = [content_week(session, who, who.person_id, containing(start, Grain.WEEK), TUESDAY) for start in starts]
    assert [len(each.suggested) for each in weeks] == [0, 1, 1, 0]
