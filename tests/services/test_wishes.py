"""What somebody does not want goes out by no channel, and the inbox has it all the same."""

from datetime import time, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data.models import Notification, Nudge, OutboxMessage, Person
from domain.errors import InputError
from domain.notices import NoticeKind
from services import wishes
from services.access import Viewer, viewer
from services.notifications import OVER_BEFORE, Notice, notify_person
from tests import builders
from tests.builders import NOON


@pytest.fixture
def ann(session: Session) -> Person:
    person = builders.person(session, time_zone="America/New_York")
    builders.channel(session, person_id=person.id)
    builders.channel(session, person_id=person.id)
    return person


@pytest.fixture
def seen(session: Session, ann: Person) -> Viewer:
    return viewer(session, ann.id)


def tell(session: Session, person: Person, kind: str = "goal_reached", *, at: object = NOON) -> tuple[int, int]:
    """How many notifications and messages one notice more makes in all."""
    number = next(builders.NUMBER)
    notify_person(session, person.id, Notice(kind=kind, title="Hello", dedupe_key=f"told:{number}"), at)
    return tuple(session.scalar(select(func.count()).select_from(table)) for table in (Notification, OutboxMessage))


def test_who_never_chose_is_told_by_every_channel(session: Session, ann: Person) -> None:
    assert tell(session, ann) == (1, 2)


def test_a_kind_that_is_switched_off_stays_in_the_inbox(session: Session, ann: Person, seen: Viewer) -> None:
    wishes.want(session, seen, NoticeKind.GOALS, NOON, is_wanted=False)
    assert tell(session, ann) == (1, 0)
    assert tell(session, ann, "level_reached") == (2, 2)
    wishes.want(session, seen, NoticeKind.GOALS, NOON, is_wanted=True)
    assert tell(session, ann) == (3, 4)


@pytest.mark.parametrize(("hour", "minute", "is_held"), [(1, 59, False), (2, 0, True), (10, 59, True), (11, 0, False)])
def test_what_comes_in_the_quiet_hours_of_the_persons_clock_goes_out_after_them(
    session: Session, ann: Person, hour: int, minute: int, *, is_held: bool
) -> None:
    in_january = NOON.replace(month=1, hour=hour, minute=minute)
    assert tell(session, ann, at=in_january)[1] == 2
    goes_at = in_january.replace(hour=11, minute=0) if is_held else in_january
    assert session.scalars(select(OutboxMessage.try_at)).all() == [goes_at, goes_at]


def test_quiet_hours_that_end_late_hold_the_evening_until_the_next_morning(session: Session, ann: Person, seen: Viewer) -> None:
    wishes.keep_times(session, seen, quiet_from=time(18), quiet_until=time(7), daily_cap=5, now=NOON)
    evening = NOON.replace(hour=23)
    tell(session, ann, at=evening)
    assert session.scalars(select(OutboxMessage.try_at)).first() == NOON.replace(day=11, hour=11)


def test_what_would_be_over_by_then_is_not_sent_and_the_inbox_says_so(session: Session, ann: Person, seen: Viewer) -> None:
    wishes.keep_times(session, seen, quiet_from=time(21), quiet_until=time(10), daily_cap=5, now=NOON)
    at = NOON.replace(hour=11)
    for kind, ends in (("morning_plan", at + timedelta(hours=3)), ("goal_reached", at + timedelta(hours=3, seconds=1))):
        notify_person(session, ann.id, Notice(kind=kind, title="Hello", body="1. Call", dedupe_key=kind, expires_at=ends), at)
    assert session.scalars(select(OutboxMessage.kind)).all() == ["goal_reached", "goal_reached"]
    session.expire_all()
    assert session.scalars(select(Notification.body).order_by(Notification.id)).all() == [f"1. Call\n{OVER_BEFORE}", "1. Call"]


def test_no_quiet_hours_and_what_keeps_the_product_running_goes_at_once(session: Session, ann: Person, seen: Viewer) -> None:
    at_night = NOON.replace(hour=5)
    assert tell(session, ann, "jobs_stopped", at=at_night) == (1, 2)
    wishes.keep_times(session, seen, quiet_from=time(0), quiet_until=time(0), daily_cap=5, now=NOON)
    assert tell(session, ann, at=at_night) == (2, 4)
    assert set(session.scalars(select(OutboxMessage.try_at))) == {at_night}


def test_the_limit_counts_notices_of_the_persons_day_not_messages(session: Session, ann: Person, seen: Viewer) -> None:
    wishes.keep_times(session, seen, quiet_from=time(21), quiet_until=time(6), daily_cap=2, now=NOON)
    assert [tell(session, ann)[1] for _ in range(3)] == [2, 4, 4]
    assert tell(session, ann, at=NOON + timedelta(days=1))[1] == 6


def test_a_limit_out_of_range_is_refused(session: Session, seen: Viewer) -> None:
    with pytest.raises(InputError):
        wishes.keep_times(session, seen, quiet_from=time(21), quiet_until=time(6), daily_cap=0, now=NOON)


def test_switching_nudges_off_is_counted_for_the_last_one_of_the_day(session: Session, ann: Person, seen: Viewer) -> None:
    older, last = (builders.nudge(session, ann, at=NOON - timedelta(hours=hours)) for hours in (3, 1))
    wishes.want(session, seen, NoticeKind.NUDGES, NOON, is_wanted=False)
    session.expire_all()
    assert session.scalars(select(Nudge.opted_out_at).order_by(Nudge.id)).all() == [None, NOON]
    assert older.id < last.id
