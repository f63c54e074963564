"""The end of the day: told once when work is over, to who worked or had a plan."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Absence, DayPlan, Notification, OutboxMessage, Person, Team
from domain.errors import NotFoundError
from domain.records import DealStatus, EventKind, Role
from services import daily_plan, streaks
from services.access import viewer
from services.day_end import summary_of, tell_evenings
from tests import builders
from tests.builders import NOON, TUESDAY

EVENING = NOON.replace(hour=17, minute=30)


@pytest.fixture
def ann(session: Session) -> Person:
    """Two must-dos, one of them ticked, a sale of today and an appointment tomorrow."""
    builders.organisation(session, currency="EUR")
    person = builders.person(session, on=builders.team(session), password_hash="x")
    builders.must_do(session, person, title="Call Omar back")
    key = builders.must_do(session, person, position=2).key
    daily_plan.tick(session, viewer(session, person.id), person.id, key, NOON, is_done=True)
    builders.activity(session, person)
    builders.deal(session, person, status=DealStatus.WON, amount_minor=900_000, closed_on=TUESDAY)
    builders.event(session, person, kind=EventKind.CALL, title="Call Petra", at=NOON + timedelta(days=1))
    return person


def test_it_is_told_once_with_the_words_of_the_screen(session: Session, ann: Person) -> None:
    builders.channel(session, person_id=ann.id)
    assert tell_evenings(session, EVENING - timedelta(minutes=1)) == {"evenings": 0, "told": 0}
    assert tell_evenings(session, EVENING) == {"evenings": 1, "told": 1}
    assert tell_evenings(session, EVENING + timedelta(minutes=30)) == {"evenings": 0, "told": 0}
    message = session.scalars(select(OutboxMessage)).one()
    shown = summary_of(session, viewer(session, ann.id), ann.id, TUESDAY, EVENING)
    assert (message.title, message.body) == (shown.title, "\n".join(shown.lines))
    assert shown.title == "Your day: 1 of 2 must-dos done (50 %), 1 logged"
    assert (shown.best_moment, shown.first_step) == ("a sale worth €9,000.", "12:00 Call Petra")
    assert message.expires_at == EVENING + timedelta(hours=3)


def test_points_and_streak_are_told_to_the_agent_alone_and_a_pause_is_silent(session: Session, ann: Person) -> None:
    own = viewer(session, ann.id)
    streaks.choose(session, own, minimum=1, is_shared=True)
    shown = summary_of(session, own, ann.id, TUESDAY, EVENING)
    assert (shown.points, shown.streak) == (102, "1 day in a row; today is kept.")
    for role in (Role.MANAGER, Role.ADMIN):
        team = session.scalars(select(Team)).one()
        other = builders.manager(session, of=team) if role is Role.MANAGER else builders.person(session, role=role)
        found = summary_of(session, viewer(session, other.id), ann.id, TUESDAY, EVENING)
        assert (found.points, found.streak) == (None, None)
    streaks.pause(session, own, NOON)
    assert summary_of(session, own, ann.id, TUESDAY, EVENING).streak is None


FRIDAY = NOON.replace(day=13)


def test_before_days_off_the_next_working_day_is_named(session: Session, ann: Person) -> None:
    session.add(Absence(person_id=ann.id, from_on=date(2026, 3, 16), until_on=date(2026, 3, 17)))
    builders.event(session, ann, title="Call Rosa", at=FRIDAY + timedelta(days=4))
    shown = summary_of(session, viewer(session, ann.id), ann.id, FRIDAY.date(), FRIDAY.replace(hour=18))
    assert shown.lines[-1] == "Tuesday first: 12:00 Call Rosa"


def test_what_is_planned_for_a_weekend_comes_before_the_next_working_day(session: Session, ann: Person) -> None:
    for days in (1, 3):
        builders.event(session, ann, title=f"In {days}", at=FRIDAY + timedelta(days=days))
    shown = summary_of(session, viewer(session, ann.id), ann.id, FRIDAY.date(), FRIDAY.replace(hour=18))
    assert shown.lines[-1] == "Tomorrow first: 12:00 In 1"


def test_a_day_off_is_not_summed_up(session: Session, ann: Person) -> None:
    session.get(DayPlan, (ann.id, TUESDAY)).is_day_off = True
    session.flush()
    tell_evenings(session, EVENING)
    assert session.scalars(select(Notification)).all() == []


def test_nobody_reads_a_strangers_evening(session: Session, ann: Person) -> None:
    stranger = viewer(session, builders.manager(session, of=builders.team(session)).id)
    with pytest.raises(NotFoundError):
        summary_of(session, stranger, ann.id, TUESDAY, EVENING)
