"""Telling people, in the transaction of the cause."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Channel, Notification, OutboxMessage, Person, Urgency
from domain.records import Role
from services.notifications import Notice, notify_admins, notify_person, notify_team, put_in_inbox
from tests import builders
from tests.builders import NOON
from tests.services import outbox

NOTICE = Notice(kind="test", title="Calls are low", body="18 of 25", link="/overview?team=3", dedupe_key="alert:low_calls:team3:2026-W11")


def inbox(session: Session) -> list[tuple[int, str]]:
    rows = session.scalars(select(Notification).order_by(col(Notification.person_id), col(Notification.id)))
    return [(row.person_id, row.title) for row in rows]


def addressed(session: Session) -> list[int]:
    return list(session.scalars(select(col(OutboxMessage.channel_id)).order_by(col(OutboxMessage.channel_id))))


def test_a_person_is_told_in_the_inbox_and_by_every_channel_switched_on(session: Session) -> None:
    ada = builders.person(session)
    slack, mail = outbox.channel(session, person_id=ada.id), outbox.channel(session, person_id=ada.id)
    outbox.channel(session, person_id=ada.id, active=False)
    outbox.channel(session, person_id=builders.person(session).id)
    outbox.channel(session)
    notify_person(session, ada.id, NOTICE, NOON)

    assert inbox(session) == [(ada.id, "Calls are low")]
    assert addressed(session) == [slack.id, mail.id]
    message = session.scalars(select(OutboxMessage)).first()
    assert message is not None
    assert (message.title, message.body, message.link, message.try_at) == ("Calls are low", "18 of 25", "/overview?team=3", NOON)


def test_the_same_cause_is_told_once(session: Session) -> None:
    ada = builders.person(session)
    outbox.channel(session, person_id=ada.id)
    notify_person(session, ada.id, NOTICE, NOON)
    outbox.channel(session, person_id=ada.id)
    notify_person(session, ada.id, NOTICE, NOON + timedelta(hours=1))

    assert len(inbox(session)) == 1
    assert len(addressed(session)) == 1


def test_a_team_is_told_through_its_managers_and_its_own_channels(session: Session) -> None:
    north, south = builders.team(session), builders.team(session)
    boss, gone = builders.manager(session, of=north), builders.manager(session, of=north, active=False, deactivated_at=NOON)
    builders.manager(session, of=south)
    builders.person(session, on=north)
    own, shared = outbox.channel(session, person_id=boss.id), outbox.channel(session, team_id=north.id)
    outbox.channel(session, team_id=south.id)
    outbox.channel(session, person_id=gone.id)
    notify_team(session, north.id, NOTICE, NOON)
    notify_team(session, north.id, NOTICE, NOON)

    assert inbox(session) == [(boss.id, "Calls are low")]
    assert addressed(session) == [own.id, shared.id]


def test_administrators_are_told_as_people_and_by_their_shared_channels(session: Session) -> None:
    admin = builders.person(session, role=Role.ADMIN)
    builders.person(session)
    shared = outbox.channel(session)
    notify_admins(session, NOTICE, NOON)

    assert inbox(session) == [(admin.id, "Calls are low")]
    assert addressed(session) == [shared.id]


def test_somebody_who_left_is_not_told(session: Session) -> None:
    gone = builders.person(session, active=False, deactivated_at=NOON)
    outbox.channel(session, person_id=gone.id)
    notify_person(session, gone.id, NOTICE, NOON)

    assert (inbox(session), addressed(session)) == ([], [])


def test_what_stays_inside_is_not_sent(session: Session) -> None:
    ada = builders.person(session)
    outbox.channel(session, person_id=ada.id)
    put_in_inbox(session, [ada.id], NOTICE, NOON)

    assert (len(inbox(session)), addressed(session)) == (1, [])


def test_a_message_without_an_end_is_not_sent_after_a_week(session: Session) -> None:
    ada = builders.person(session)
    outbox.channel(session, person_id=ada.id)
    notify_person(session, ada.id, NOTICE, NOON)

    assert session.scalars(select(col(OutboxMessage.expires_at))).one() == NOON + timedelta(days=7)


def test_what_rolls_back_was_never_told(fresh_database: Database) -> None:
    ada = fresh_database.write(_reachable)

    def fail(session: Session) -> None:
        notify_person(session, ada.id, NOTICE, NOON)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fresh_database.write(fail)
    with fresh_database.reading() as session:
        assert (inbox(session), addressed(session)) == ([], [])


def test_two_transactions_that_tell_the_same_at_once_tell_it_once(fresh_database: Database) -> None:
    ada = fresh_database.write(_reachable)
    together, troubles = Barrier(2), []

    def tell() -> None:
        def work(session: Session) -> None:
            together.wait(timeout=30)
            notify_person(session, ada.id, NOTICE, NOON)

        try:
            fresh_database.write(work)
        except Exception as error:  # noqa: BLE001 - the test asserts that there is none
            troubles.append(error)

    threads = [Thread(target=tell) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with fresh_database.reading() as session:
        assert (troubles, len(inbox(session)), len(addressed(session))) == ([], 1, 1)


def test_a_channel_removed_at_the_same_moment_does_not_undo_the_cause(fresh_database: Database) -> None:
    ada = fresh_database.write(_reachable)
    with Session(fresh_database.writer) as removing:
        removing.execute(delete(Channel))
        teller = Thread(target=lambda: fresh_database.write(lambda session: notify_person(session, ada.id, NOTICE, NOON)))
        teller.start()
        teller.join(timeout=0.5)
        removing.commit()
    teller.join(timeout=30)
    with fresh_database.reading() as session:
        assert (len(inbox(session)), addressed(session)) == (1, [])


def test_words_the_database_cannot_keep_are_made_storable(session: Session) -> None:
    ada = builders.person(session)
    notify_person(session, ada.id, Notice(kind="test", title="a\x00b\ud800" + "x" * 300, body="y" * 5000, dedupe_key="k"), NOON)
    kept = session.scalars(select(Notification)).one()

    assert kept.title == "ab?" + "x" * 196 + "…"
    assert len(kept.body) == 4000


@pytest.mark.parametrize("link", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/" + "x" * 300])
def test_a_link_out_of_the_product_is_refused(link: str) -> None:
    with pytest.raises(ValueError, match="inside the product"):
        Notice(kind="test", title="x", link=link, dedupe_key="k")


@pytest.mark.parametrize("key", ["", "k" * 161])
def test_a_cause_has_a_key_that_leaves_room_for_its_recipient(key: str) -> None:
    with pytest.raises(ValueError, match="dedupe key"):
        Notice(kind="test", title="x", dedupe_key=key)


def test_urgency_is_kept(session: Session) -> None:
    ada = builders.person(session)
    outbox.channel(session, person_id=ada.id)
    notify_person(session, ada.id, Notice(kind="test", title="x", urgency=Urgency.URGENT, dedupe_key="k"), NOON)

    assert session.scalars(select(col(OutboxMessage.urgency))).one() is Urgency.URGENT
    assert session.scalar(select(func.count()).where(col(Notification.urgency) == Urgency.URGENT)) == 1


def _reachable(session: Session) -> Person:
    ada = builders.person(session)
    outbox.channel(session, person_id=ada.id)
    return ada
