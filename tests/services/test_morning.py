"""The morning plan: told at six on the agent's clock, once, in the words of the screen, and not on a day off."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import Absence, MustDo, Notification, OutboxMessage, Person
from services import wishes
from services.access import viewer
from services.morning import tell_mornings
from tests import builders
from tests.builders import NOON, TUESDAY

SIX = NOON.replace(hour=10)
"""In New York, which is on summer time since the Sunday before."""


@pytest.fixture
def ann(session: Session) -> Person:
    builders.organisation(session)
    person = builders.person(session, on=builders.team(session), time_zone="America/New_York", password_hash="x")
    builders.channel(session, person_id=person.id)
    builders.lead(session, person, name="Lena", assigned_at=SIX - timedelta(hours=5))
    return person


def told(session: Session) -> list[str]:
    return list(session.scalars(select(Notification.title)))


def test_it_is_told_once_from_six_on_by_the_agents_clock(session: Session, ann: Person) -> None:
    assert tell_mornings(session, SIX - timedelta(minutes=1)) == {"mornings": 0, "told": 0}
    assert tell_mornings(session, SIX) == {"mornings": 1, "told": 1}
    assert tell_mornings(session, SIX + timedelta(minutes=15)) == {"mornings": 0, "told": 0}
    message, must_do = session.scalars(select(OutboxMessage)).one(), session.scalars(select(MustDo)).one()
    assert message.title == "Today first: Contact Lena"
    assert message.body == f"1. Contact Lena (5 min). {must_do.reason}"
    assert message.link == f"/daily?agent={ann.id}"
    assert message.expires_at == SIX + timedelta(hours=4)
    assert tell_mornings(session, SIX + timedelta(days=1, hours=4)) == {"mornings": 0, "told": 0}


def test_quiet_hours_past_six_hold_the_plan_until_they_end(session: Session, ann: Person) -> None:
    own = viewer(session, ann.id)
    wishes.keep_times(session, own, quiet_from=time(22), quiet_until=time(7), daily_cap=10, now=SIX)
    tell_mornings(session, SIX)
    assert session.scalars(select(OutboxMessage.try_at)).all() == [SIX + timedelta(hours=1)]


def test_a_plan_made_by_an_early_look_is_told_as_it_is(session: Session, ann: Person) -> None:
    builders.must_do(session, ann, title="Call Omar back", reason="You agreed to.")
    tell_mornings(session, SIX)
    assert told(session) == ["Today first: Call Omar back"]


@pytest.mark.parametrize("why", ["weekend", "absence", "nothing waits", "cannot sign in"])
def test_nothing_is_told(session: Session, ann: Person, why: str) -> None:
    now = SIX - timedelta(days=2) if why == "weekend" else SIX
    if why == "absence":
        session.add(Absence(person_id=ann.id, from_on=TUESDAY, until_on=date(2026, 3, 12)))
    if why == "nothing waits":
        builders.activity(session, ann, at=SIX, lead_id=session.scalars(select(builders.Lead)).one().id)
    if why == "cannot sign in":
        ann.password_hash = None
    session.flush()
    assert tell_mornings(session, now)["told"] == 0
    assert told(session) == []
