"""Nudges: told to who is behind their own usual, three a day at most, not where they are unwanted, and measured."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import DayPlan, Notification, Nudge, Person, Team
from data.queries import nudges as queries
from domain.coaching.nudge_experiment import Arm
from domain.errors import AccessError, NotFoundError
from domain.notices import NoticeKind
from domain.records import Role
from services import nudges, wishes
from services.access import viewer
from tests import builders
from tests.builders import NOON, TUESDAY

ELEVEN = NOON.replace(hour=11)


@pytest.fixture
def team(session: Session) -> Team:
    builders.organisation(session)
    return builders.team(session)


@pytest.fixture
def ann(session: Session, team: Team) -> Person:
    """Three calls by eleven on each of the last ten Tuesdays, and a plan of today."""
    person = builders.person(session, on=team, password_hash="x")
    for weeks in range(1, 11):
        for hour in (9, 10, 10):
            builders.activity(session, person, at=NOON.replace(hour=hour) - timedelta(weeks=weeks))
    session.add(DayPlan(agent_id=person.id, day=TUESDAY, made_at=NOON.replace(hour=6)))
    session.flush()
    return person


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chance has no part in these tests."""
    monkeypatch.setattr(nudges, "arm_of", lambda *_: Arm.PLAIN)


def told(session: Session) -> list[str]:
    return list(session.scalars(select(Notification.title)))


def nudge(session: Session, at: datetime = ELEVEN) -> int:
    return nudges.nudge_everybody(session, at)["nudged"]


def test_who_is_behind_is_told_once_an_hour(session: Session, ann: Person) -> None:
    assert [nudge(session), nudge(session, ELEVEN + timedelta(minutes=15))] == [1, 0]
    assert told(session) == ["On Tuesdays you usually have 3 calls by 11:00; today 0."]
    kept = session.scalars(select(Nudge)).one()
    assert (kept.agent_id, kept.arm, kept.usual, kept.done, kept.days) == (ann.id, Arm.PLAIN, 3.0, 0, 10)


def test_a_day_held_out_is_kept_and_told_nothing(session: Session, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudges, "arm_of", lambda *_: Arm.HELD_OUT)
    assert nudge(session) == 1
    assert told(session) == []
    assert nudges.hourly_nudge(session, viewer(session, ann.id), ann.id, ELEVEN).told is None


@pytest.mark.parametrize("why", ["on pace", "another hour", "day off", "unwanted", "three today", "nine days"])
def test_nobody_is_nudged_without_need(session: Session, ann: Person, why: str) -> None:
    at = ELEVEN
    match why:
        case "on pace":
            for _ in range(3):
                builders.activity(session, ann, at=NOON.replace(hour=9))
        case "another hour":
            at = NOON.replace(hour=12)
        case "day off":
            session.scalars(select(DayPlan)).one().is_day_off = True
        case "unwanted":
            wishes.want(session, viewer(session, ann.id), NoticeKind.NUDGES, NOON, is_wanted=False)
        case "three today":
            for hour in (8, 9, 10):
                builders.nudge(session, ann, at=NOON.replace(hour=hour))
        case "nine days":
            for each in session.scalars(select(builders.Activity).where(builders.Activity.local_on == TUESDAY - timedelta(weeks=3))):
                session.delete(each)
    session.flush()
    assert nudge(session, at) == 0


def test_the_next_step_comes_from_the_plan(session: Session, ann: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nudges, "arm_of", lambda *_: Arm.NEXT_STEP)
    builders.must_do(session, ann, title="Call Lena back")
    nudge(session)
    assert told(session) == ["On Tuesdays you usually have 3 calls by 11:00; today 0. Next: Call Lena back."]


def test_a_nudge_of_the_last_two_hours_says_nothing_of_its_hour_yet(session: Session, ann: Person) -> None:
    for days in (1, 0):
        builders.nudge(session, ann, at=ELEVEN - timedelta(days=days))
    builders.activity(session, ann, at=ELEVEN + timedelta(minutes=30) - timedelta(days=1))
    found = queries.sent_nudges(session, ann.id, ELEVEN - timedelta(days=9), ELEVEN - queries.OUTCOME)
    assert [(each.hour, each.was_acted_on) for each in found] == [(11, True)]


def test_results_count_what_was_logged_within_two_hours(session: Session, ann: Person, team: Team) -> None:
    builders.nudge(session, ann, at=ELEVEN)
    other = builders.person(session, on=team)
    builders.nudge(session, other, at=ELEVEN, arm=Arm.HELD_OUT, sentence="", opted_out_at=None)
    for minutes in (1, 119, 120):
        builders.activity(session, ann, at=ELEVEN + timedelta(minutes=minutes))
    admin = viewer(session, builders.person(session, role=Role.ADMIN).id)
    found = {each.arm: each for each in nudges.nudge_results(session, admin, NOON + timedelta(days=1))}
    assert (found[Arm.PLAIN].days, found[Arm.PLAIN].mean) == (1, 2.0)
    assert (found[Arm.HELD_OUT].days, found[Arm.HELD_OUT].mean) == (1, 0.0)
    assert nudges.nudge_results(session, admin, ELEVEN + timedelta(minutes=119))[1].days == 0
    with pytest.raises(AccessError):
        nudges.nudge_results(session, viewer(session, ann.id), NOON)


def test_nobody_reads_a_strangers_hour(session: Session, ann: Person, team: Team) -> None:
    peer = viewer(session, builders.person(session, on=team).id)
    with pytest.raises(NotFoundError):
        nudges.hourly_nudge(session, peer, ann.id, ELEVEN)
    manager = viewer(session, builders.manager(session, of=team).id)
    builders.nudge(session, ann, at=ELEVEN)
    found = nudges.hourly_nudge(session, manager, ann.id, ELEVEN + timedelta(minutes=30))
    assert (found.pattern.usual, found.pattern.done) == (3.0, 0)
    assert found.told.sentence == "Usually 5 calls by 12; 2 today."
