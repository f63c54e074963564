"""Sending what waits: order, pace and pauses."""

import threading
from collections import Counter
from datetime import timedelta
from itertools import chain, repeat

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from data.engine import Database
from data.models import Channel, ChannelKind, DeliveryResult, OutboxMessage
from data.writes import deliveries
from integrations.sender import Message, Refused, Retry, Sent
from services.delivery import Delivered, deliver_due
from services.delivery_rules import LEASE, LONGEST_PAUSE, PACE, pause_after
from tests.builders import NOON
from tests.services.outbox import NO_PACE, SEAL, Clock, Receiver, message, states, tries, ways_out
from tests.services.sending import EXPIRED, REFUSED, SENDING, SENT, WAITING, deliver, put


def test_what_waits_is_sent_and_logged(fresh_database: Database) -> None:
    put(fresh_database, title="Calls are low", body="18 of 25", link="/overview?team=3", dedupe_key="k")
    receiver = Receiver(iter([Sent(detail="200 ok")]))

    assert deliver(fresh_database, receiver, Clock()) == Delivered(sent=1)
    ((address, said),) = receiver.taken
    assert address.startswith("address ")
    assert said == Message(title="Calls are low", body="18 of 25", link="https://sales.example/overview?team=3", dedupe_key="k")
    assert (states(fresh_database), tries(fresh_database)) == ([SENT], [(DeliveryResult.SENT, "200 ok")])
    assert deliver(fresh_database, receiver, Clock()) == Delivered()


def test_what_is_held_back_for_quiet_hours_lets_a_warning_pass_and_goes_out_after_them(fresh_database: Database) -> None:
    made = put(fresh_database, dedupe_key="held", try_at=NOON + timedelta(hours=8))
    fresh_database.write(lambda session: message(session, made, dedupe_key="warning"))
    receiver, clock = Receiver(), Clock()

    assert deliver(fresh_database, receiver, clock) == Delivered(sent=1)
    clock.forward(hours=7, minutes=59)
    assert deliver(fresh_database, receiver, clock) == Delivered()
    clock.forward(minutes=1)
    assert deliver(fresh_database, receiver, clock) == Delivered(sent=1)
    assert receiver.keys == ["warning", "held"]


def test_no_connection_is_held_while_the_other_side_takes_its_time(fresh_database: Database) -> None:
    put(fresh_database)
    held: list[int] = []
    receiver = Receiver(before=lambda _address, _message: held.append(fresh_database.writer.pool.checkedout()))  # type: ignore[attr-defined]
    deliver_due(fresh_database, ways_out(receiver), worker="a", now=Clock(), limit=1)

    assert held == [0]


def test_the_order_of_a_channel_is_kept_while_its_first_message_waits(fresh_database: Database) -> None:
    put(fresh_database, messages=3)
    clock, receiver = Clock(), Receiver(iter([Retry(detail="500")]))
    deliver(fresh_database, receiver, clock)
    assert len(set(receiver.keys)) == 1

    clock.forward(minutes=5)
    deliver(fresh_database, receiver, clock)
    assert receiver.keys == [receiver.keys[0], *sorted(set(receiver.keys), key=receiver.keys.index)]
    with fresh_database.reading() as session:
        in_order = list(session.scalars(select(col(OutboxMessage.dedupe_key)).order_by(col(OutboxMessage.id))))
    assert receiver.keys[1:] == in_order


def test_a_broken_channel_does_not_hold_up_another(fresh_database: Database) -> None:
    put(fresh_database, messages=2)
    put(fresh_database, messages=2)
    first = fresh_database.write(lambda session: session.scalars(select(Channel).order_by(col(Channel.id))).first())
    assert first is not None

    class OneGone(Receiver):
        def send(self, address: str, message: Message) -> Sent | Refused:  # type: ignore[override]
            super().send(address, message)
            return Refused(reason="Gone.") if address == SEAL.open(first.sealed_address) else Sent()

    deliver(fresh_database, OneGone(), Clock())
    assert states(fresh_database) == [REFUSED, WAITING, SENT, SENT]


def test_what_becomes_due_while_a_receiver_hangs_does_not_wait_for_it(fresh_database: Database) -> None:
    slow = put(fresh_database)
    late_one_arrived = threading.Event()

    def hang(address: str, _message: Message) -> None:
        if address == SEAL.open(slow.sealed_address):
            put(fresh_database, dedupe_key="late")
            assert late_one_arrived.wait(30)
        else:
            late_one_arrived.set()

    receiver = Receiver(before=hang)
    assert deliver(fresh_database, receiver, Clock()) == Delivered(sent=2)
    assert receiver.keys[1] == "late"


def test_a_pause_the_other_side_asks_for_is_kept_to_the_second(fresh_database: Database) -> None:
    put(fresh_database, messages=2)
    clock, receiver = Clock(), Receiver(iter([Retry(after=timedelta(seconds=30), detail="429")]))
    deliver(fresh_database, receiver, clock)
    clock.forward(seconds=29.9)
    deliver(fresh_database, receiver, clock)
    assert len(receiver.taken) == 1

    clock.forward(seconds=0.1)
    deliver(fresh_database, receiver, clock)
    assert states(fresh_database) == [SENT, SENT]
    assert [result for result, _ in tries(fresh_database)] == [DeliveryResult.RETRY, DeliveryResult.SENT, DeliveryResult.SENT]


@pytest.mark.parametrize(("asked", "kept"), [(timedelta(days=400), timedelta(hours=1)), (timedelta(0), timedelta(seconds=1))])
def test_a_pause_nobody_can_mean_is_bounded(asked: timedelta, kept: timedelta) -> None:
    assert pause_after(Retry(after=asked), claim()) == kept


def test_pauses_grow_to_five_minutes_and_are_not_in_step() -> None:
    pauses = [pause_after(Retry(), claim(attempt=attempt)) for attempt in range(1, 20)]
    assert timedelta(seconds=2) <= pauses[0] <= timedelta(seconds=4)
    assert all(LONGEST_PAUSE / 2 <= each <= LONGEST_PAUSE for each in pauses[8:])
    assert len({pause_after(Retry(), claim(message_id=number)) for number in range(50)}) == 50


def test_a_channel_is_sent_to_at_its_pace_whoever_sends(fresh_database: Database) -> None:
    put(fresh_database, messages=3)
    clock, receiver = Clock(), Receiver()
    for _ in range(4):
        deliver(fresh_database, receiver, clock, pace=PACE)
        deliver_due(fresh_database, ways_out(receiver, pace=PACE), worker="b", now=clock)
        clock.forward(seconds=0.5)

    assert len(receiver.taken) == 2


def test_a_nudge_whose_time_has_passed_is_dropped_visibly(fresh_database: Database) -> None:
    put(fresh_database, expires_at=NOON + timedelta(hours=1))
    receiver = Receiver()

    assert deliver(fresh_database, receiver, Clock(NOON + timedelta(hours=1))) == Delivered(expired=1)
    assert (receiver.taken, states(fresh_database), tries(fresh_database)) == ([], [EXPIRED], [(DeliveryResult.EXPIRED, "")])


def test_what_grew_too_old_since_the_last_look_is_not_sent_and_holds_up_nothing(fresh_database: Database) -> None:
    aging = put(fresh_database, expires_at=NOON + timedelta(minutes=1))
    fresh_database.write(lambda session: message(session, aging, dedupe_key="behind it").id)
    later = NOON + timedelta(minutes=1)
    claim = lambda session: deliveries.claim_next(session, worker="a", now=later, lease=LEASE, pace=NO_PACE)  # noqa: E731 - asked twice
    taken = fresh_database.write(claim)

    assert taken is not None
    assert (taken.dedupe_key, fresh_database.write(claim)) == ("behind it", None)
    assert deliver(fresh_database, Receiver(), Clock(later)) == Delivered(expired=1)
    assert states(fresh_database) == [EXPIRED, SENDING]


def test_a_receiver_that_was_away_for_an_hour_gets_everything_in_order(fresh_database: Database) -> None:
    one, two = put(fresh_database, messages=5), put(fresh_database, messages=5)
    put(fresh_database, expires_at=NOON + timedelta(minutes=30))
    clock, away = Clock(), Receiver(repeat(Retry(detail="connection refused")))
    for _ in range(60):
        deliver(fresh_database, away, clock)
        clock.forward(minutes=1)
    back = Receiver(chain([Retry(after=timedelta(seconds=30), detail="429")], repeat(Sent())))
    for _ in range(10):
        deliver(fresh_database, back, clock)
        clock.forward(minutes=1)

    assert Counter(states(fresh_database)) == {SENT: 10, EXPIRED: 1}
    accepted = [said.dedupe_key for _, said in back.taken]
    with fresh_database.reading() as session:
        for each in (one, two):
            wanted = list(
                session.scalars(
                    select(col(OutboxMessage.dedupe_key)).where(col(OutboxMessage.channel_id) == each.id).order_by(col(OutboxMessage.id))
                )
            )
            assert list(dict.fromkeys(key for key in accepted if key in wanted)) == wanted
    assert max(Counter(accepted).values()) == 2


def test_no_more_is_sent_than_asked_for_and_nothing_when_stopping(fresh_database: Database) -> None:
    for _ in range(5):
        put(fresh_database)
    receiver = Receiver()
    deliver_due(fresh_database, ways_out(receiver), worker="a", now=Clock(), limit=2)
    assert len(receiver.taken) == 2

    deliver_due(fresh_database, ways_out(receiver), worker="a", now=Clock(), stopping=lambda: True)
    assert len(receiver.taken) == 2


def test_what_presses_goes_first_among_channels(fresh_database: Database) -> None:
    put(fresh_database, messages=2)
    put(fresh_database, urgency="urgent", dedupe_key="urgent")
    receiver = Receiver()
    deliver_due(fresh_database, ways_out(receiver), worker="a", now=Clock(), limit=1)

    assert receiver.keys == ["urgent"]


@pytest.mark.slow
def test_a_thousand_messages_at_one_a_second_and_channel_drain_within_five_minutes(fresh_database: Database) -> None:
    """Scaled: the clock moves a second at a time, and each second brings each of twenty channels one message."""
    for _ in range(20):
        put(fresh_database, messages=50)
    clock, receiver = Clock(), Receiver()
    while WAITING in states(fresh_database) and clock.at < NOON + timedelta(minutes=5):
        deliver(fresh_database, receiver, clock, pace=PACE)
        clock.forward(seconds=1)

    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).where(col(OutboxMessage.status) == SENT)) == 1_000
    assert len(set(receiver.keys)) == len(receiver.keys) == 1_000
    assert clock.at <= NOON + timedelta(minutes=1)


def claim(**fields: object) -> deliveries.Claim:
    defaults = {"message_id": 1, "channel_id": 1, "kind": ChannelKind.SLACK, "sealed_address": "", "attempt": 1, "dedupe_key": "k"}
    words = {"title": "x", "body": "", "link": "", "is_urgent": False, "content": {}, "created_at": NOON, "expires_at": None}
    return deliveries.Claim(**defaults | words | {"took_over": False} | fields)  # type: ignore[arg-type]
