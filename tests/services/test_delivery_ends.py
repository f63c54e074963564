"""Where sending ends: what is refused for good, given up, or kept for somebody who is away."""

from datetime import timedelta
from itertools import repeat

from sqlalchemy import select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Channel, DeliveryResult, Notification
from domain.records import Role
from integrations.sender import Refused, Retry
from services.delivery import Delivered
from services.delivery_rules import LEAST_TRIES
from tests import builders
from tests.builders import NOON
from tests.services.outbox import Clock, Receiver, channel, message, states, tries
from tests.services.sending import EXPIRED, REFUSED, SENT, WAITING, deliver, put


def test_a_refusal_for_good_breaks_the_channel_and_its_owner_is_told_once(fresh_database: Database) -> None:
    def arrange(session: Session) -> Channel:
        made = channel(session, person_id=builders.person(session).id, label="My Slack")
        for _ in range(2):
            message(session, made)
        return made

    owned = fresh_database.write(arrange)
    clock = Clock()
    for _ in range(3):
        deliver(fresh_database, Receiver(repeat(Refused(reason="The webhook is gone.", detail="404 no_service"))), clock)
        clock.forward(hours=1)

    assert states(fresh_database) == [REFUSED, WAITING]
    assert tries(fresh_database) == [(DeliveryResult.REFUSED, "404 no_service")]
    with fresh_database.reading() as session:
        told = session.scalars(select(Notification)).one()
        broken = session.get_one(Channel, owned.id)
    assert (told.person_id, told.title, told.link) == (owned.person_id, "Messages do not reach “My Slack”", "/account")
    assert (broken.broken_at, broken.broken_reason) == (NOON, "The webhook is gone.")


def test_a_teams_broken_channel_is_told_to_its_managers_and_the_administrators(fresh_database: Database) -> None:
    def arrange(session: Session) -> set[int]:
        team = builders.team(session)
        message(session, channel(session, team_id=team.id))
        builders.person(session, on=team)
        return {builders.manager(session, of=team).id, builders.person(session, role=Role.ADMIN).id}

    menders = fresh_database.write(arrange)
    deliver(fresh_database, Receiver(repeat(Refused(reason="Gone."))), Clock())
    with fresh_database.reading() as session:
        assert set(session.scalars(select(col(Notification.person_id)))) == menders


def test_a_message_at_fault_itself_does_not_break_its_channel(fresh_database: Database) -> None:
    put(fresh_database, messages=2)
    deliver(fresh_database, Receiver(iter([Refused(reason="Not readable.", breaks_channel=False)])), Clock())

    assert states(fresh_database) == [REFUSED, SENT]


def test_a_receiver_that_never_answers_is_given_up_after_days_not_after_tries(fresh_database: Database) -> None:
    broken = put(fresh_database, expires_at=NOON + timedelta(days=7))
    clock, dead = Clock(), Receiver(repeat(Retry(detail="no answer")))
    for _ in range(LEAST_TRIES + 5):
        deliver(fresh_database, dead, clock)
        clock.forward(minutes=6)
    assert states(fresh_database) == [WAITING]

    clock.forward(days=3)
    deliver(fresh_database, dead, clock)
    assert states(fresh_database) == [REFUSED]
    with fresh_database.reading() as session:
        assert "three days" in session.get_one(Channel, broken.id).broken_reason


def test_a_channel_switched_off_keeps_its_messages_until_they_expire(fresh_database: Database) -> None:
    put(fresh_database, expires_at=NOON + timedelta(days=1))
    fresh_database.write(lambda session: session.execute(update(Channel).values(active=False)))
    receiver, clock = Receiver(), Clock()
    deliver(fresh_database, receiver, clock)
    assert states(fresh_database) == [WAITING]

    clock.forward(days=1)
    deliver(fresh_database, receiver, clock)
    assert (receiver.taken, states(fresh_database)) == ([], [EXPIRED])


def test_nothing_is_sent_to_somebody_who_left(fresh_database: Database) -> None:
    def arrange(session: Session) -> None:
        message(session, channel(session, person_id=builders.person(session, active=False, deactivated_at=NOON).id))

    fresh_database.write(arrange)
    assert deliver(fresh_database, Receiver(), Clock()) == Delivered()
