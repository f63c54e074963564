"""Whose a chat is: shown by a code that is good once and for a quarter of an hour."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.models import AuditEntry, Channel, ChannelKind, MessageStatus, OutboxMessage, Person, TelegramBot, TelegramCode
from domain.errors import ConflictError
from services import channels
from services.access import Viewer, viewer
from services.broken_channels import mark_broken
from services.channel_input import channel_details
from services.telegram import linking
from tests import builders
from tests.builders import NOON
from tests.services import outbox
from tests.services.outbox import SEAL
from tests.services.test_channels import OURS

CHAT = "77"
QUARTER = timedelta(minutes=15)


@pytest.fixture
def ann(session: Session) -> Viewer:
    session.add(TelegramBot(number=1, name="pace_bot"))
    return viewer(session, builders.person(session).id)


def code_of(session: Session, who: Viewer) -> str:
    return linking.connect_link(session, who, NOON).split("?start=")[1]


def link(session: Session, who: Viewer, chat: str = CHAT) -> Channel:
    made = linking.redeem(session, SEAL, chat, code_of(session, who), NOON)
    assert made is not None
    return made


def test_the_link_opens_the_bot_with_a_code_of_which_only_the_hash_is_kept(session: Session, ann: Viewer) -> None:
    made = linking.connect_link(session, ann, NOON)
    assert made.startswith("https://t.me/pace_bot?start=")
    code = made.split("?start=")[1]
    assert len(code) == 43
    assert code not in repr(session.scalars(select(TelegramCode)).one())


def test_before_the_bot_told_its_name_there_is_no_link(session: Session) -> None:
    who = viewer(session, builders.person(session).id)
    with pytest.raises(ConflictError, match="jobs process asks Telegram for its name"):
        linking.connect_link(session, who, NOON)


def test_writing_the_code_makes_the_chat_a_channel_of_the_person(session: Session, ann: Viewer) -> None:
    made = link(session, ann)
    assert (made.kind, made.person_id, made.label, SEAL.open(made.sealed_address)) == (
        ChannelKind.TELEGRAM,
        ann.person_id,
        "Telegram",
        CHAT,
    )
    assert linking.is_connected(session, ann)
    assert made.chat_digest == SEAL.mark(CHAT)
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.person_id, entry.action, entry.subject) == (ann.person_id, "channel_added", f"channel:{made.id}")


def test_a_code_is_good_once(session: Session, ann: Viewer) -> None:
    code = code_of(session, ann)
    assert linking.redeem(session, SEAL, CHAT, code, NOON) is not None
    assert linking.redeem(session, SEAL, "78", code, NOON) is None


@pytest.mark.parametrize(("after", "is_good"), [(QUARTER - timedelta(seconds=1), True), (QUARTER, False)])
def test_a_code_is_good_for_a_quarter_of_an_hour(session: Session, ann: Viewer, after: timedelta, *, is_good: bool) -> None:
    code = code_of(session, ann)
    assert (linking.redeem(session, SEAL, CHAT, code, NOON + after) is not None) is is_good


def test_a_new_code_ends_the_one_before(session: Session, ann: Viewer) -> None:
    first = code_of(session, ann)
    code_of(session, ann)
    assert linking.redeem(session, SEAL, CHAT, first, NOON) is None


def test_a_code_of_somebody_who_left_is_no_good(session: Session, ann: Viewer) -> None:
    code = code_of(session, ann)
    person = session.get_one(Person, ann.person_id)
    person.active, person.deactivated_at = False, NOON
    assert linking.redeem(session, SEAL, CHAT, code, NOON) is None


def test_a_chat_is_one_persons_and_goes_to_whoever_shows_a_code_last(session: Session, ann: Viewer) -> None:
    link(session, ann)
    bea = viewer(session, builders.person(session).id)
    made = link(session, bea)
    assert [(each.id, each.person_id) for each in session.scalars(select(Channel))] == [(made.id, bea.person_id)]


def test_connecting_the_same_chat_again_keeps_its_channel_and_switches_it_on(session: Session, ann: Viewer) -> None:
    first = link(session, ann)
    channels.change(session, ann, first.id or 0, channel_details(label="Mine", active=False), NOON)
    again = link(session, ann)
    assert (again.id, again.active, again.label) == (first.id, True, "Mine")


def test_a_chat_that_blocked_the_bot_is_nobodys_and_what_waited_goes_out_once_it_is_connected_again(session: Session, ann: Viewer) -> None:
    first = link(session, ann)
    waiting = outbox.message(session, first, try_at=NOON + timedelta(hours=1), attempts=3)
    mark_broken(session, first, "blocked", NOON)
    assert not linking.is_connected(session, ann)
    again = link(session, ann, "78")
    assert (again.id, again.broken_at, SEAL.open(again.sealed_address)) == (first.id, None, "78")
    session.expire_all()
    found = session.get_one(OutboxMessage, waiting.id)
    assert (found.status, found.try_at, found.attempts) == (MessageStatus.WAITING, NOON, 0)


def test_another_address_typed_in_disconnects_the_chat(session: Session, ann: Viewer) -> None:
    made = link(session, ann)
    channels.mend(session, ann, OURS, made.id or 0, address="99", now=NOON)
    assert not linking.is_connected(session, ann)


def test_disconnecting_takes_the_channel_away_with_what_waits(session: Session, ann: Viewer) -> None:
    made = link(session, ann)
    outbox.message(session, made)
    linking.disconnect(session, made, NOON)
    assert session.scalars(select(Channel)).all() == []
    assert session.scalars(select(OutboxMessage)).all() == []


def test_whoever_has_as_many_channels_as_one_may_have_is_told_so(session: Session, ann: Viewer) -> None:
    for _ in range(channels.MOST):
        outbox.channel(session, person_id=ann.person_id)
    with pytest.raises(ConflictError, match="There are 10 channels already"):
        linking.redeem(session, SEAL, CHAT, code_of(session, ann), NOON)
