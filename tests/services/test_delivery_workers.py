"""Sending by workers that die, stand still, meet each other, or have not what it takes."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Channel, DeliveryResult
from data.writes import deliveries
from integrations.sender import Message, Refused
from services import delivery
from services.delivery import Delivered, deliver_due
from services.delivery_rules import LEASE
from services.sealing import Seal
from tests.builders import NOON
from tests.services.outbox import NO_PACE, Clock, Receiver, let_leases_end, states, tries, ways_out
from tests.services.sending import SENDING, SENT, WAITING, deliver, put


def test_a_worker_that_died_while_sending_is_logged_and_its_message_goes_out_again_under_the_same_key(fresh_database: Database) -> None:
    put(fresh_database, dedupe_key="alert:1")
    fresh_database.write(lambda session: deliveries.claim_next(session, worker="dead", now=NOON, lease=LEASE, pace=NO_PACE))
    clock, receiver = Clock(), Receiver()
    assert deliver(fresh_database, receiver, clock) == Delivered()

    let_leases_end(fresh_database)
    assert deliver(fresh_database, receiver, clock) == Delivered(sent=1, lost=1)
    assert (receiver.keys, states(fresh_database)) == (["alert:1"], [SENT])
    assert [result for result, _ in tries(fresh_database)] == [DeliveryResult.LOST, DeliveryResult.SENT]


def test_a_host_whose_clock_is_hours_ahead_takes_nothing_from_a_living_worker(fresh_database: Database) -> None:
    """J6: what one is sending would arrive twice."""
    put(fresh_database)
    fresh_database.write(lambda session: deliveries.claim_next(session, worker="slow", now=NOON, lease=LEASE, pace=NO_PACE))
    ahead = Receiver()

    assert deliver(fresh_database, ahead, Clock(NOON + timedelta(hours=2))) == Delivered()
    assert (ahead.taken, states(fresh_database)) == ([], [SENDING])


def test_a_message_that_expired_while_its_worker_was_dead_says_both(fresh_database: Database) -> None:
    put(fresh_database, expires_at=NOON + LEASE)
    fresh_database.write(lambda session: deliveries.claim_next(session, worker="dead", now=NOON, lease=LEASE, pace=NO_PACE))

    let_leases_end(fresh_database)
    assert deliver(fresh_database, Receiver(), Clock(NOON + LEASE)) == Delivered(expired=1)
    assert [result for result, _ in tries(fresh_database)] == [DeliveryResult.LOST, DeliveryResult.EXPIRED]


def test_a_late_worker_does_not_overwrite_what_another_learned(fresh_database: Database) -> None:
    put(fresh_database)
    clock = Clock()

    def slow(_address: str, _message: Message) -> None:
        let_leases_end(fresh_database)
        assert deliver_due(fresh_database, ways_out(Receiver()), worker="b", now=clock) == Delivered(sent=1, lost=1)

    late = Receiver(iter([Refused(reason="Gone.")]), before=slow)
    assert deliver_due(fresh_database, ways_out(late), worker="a", now=clock, limit=1) == Delivered()
    assert (states(fresh_database), [result for result, _ in tries(fresh_database)]) == (
        [SENT],
        [DeliveryResult.LOST, DeliveryResult.SENT],
    )
    with fresh_database.reading() as session:
        assert session.scalars(select(col(Channel.broken_at))).one() is None


def test_an_answer_is_written_down_once_the_database_is_back_and_nothing_goes_out_twice(
    fresh_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """J3, J5: the database restarts between a sending and its record."""
    put(fresh_database)
    write, refused = fresh_database.write, []

    def away_twice(work: Callable[[Session], object]) -> object:
        if receiver.taken and len(refused) < 2:
            refused.append(1)
            raise OperationalError("COMMIT", {}, ConnectionError())
        return write(work)

    receiver = Receiver()
    monkeypatch.setattr(delivery, "RECORD_PAUSE_SECONDS", 0.01)
    monkeypatch.setattr(fresh_database, "write", away_twice)

    assert deliver_due(fresh_database, ways_out(receiver), worker="a", now=Clock(), limit=1) == Delivered(sent=1)
    assert (len(receiver.taken), len(refused), tries(fresh_database)) == (1, 2, [(DeliveryResult.SENT, "")])


def test_two_workers_at_once_send_each_message_once_and_in_order(fresh_database: Database) -> None:
    for _ in range(10):
        put(fresh_database, messages=15)
    receiver, clock, done = Receiver(), Clock(), []

    def work(name: str) -> None:
        done.append(deliver_due(fresh_database, ways_out(receiver), worker=name, now=clock))

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)

    assert sum(done, Delivered()) == Delivered(sent=150)
    assert Counter(receiver.keys).most_common(1)[0][1] == 1
    by_channel: dict[str, list[int]] = {}
    for address, said in receiver.taken:
        by_channel.setdefault(address, []).append(int(said.dedupe_key.removeprefix("key ")))
    assert len(by_channel) == 10
    assert all(keys == sorted(keys) for keys in by_channel.values())


def test_trouble_inside_a_sender_is_that_messages_trouble_alone(fresh_database: Database) -> None:
    put(fresh_database)
    put(fresh_database)

    def fail_once(_address: str, _message: Message) -> None:
        if len(receiver.taken) == 1:
            raise RuntimeError("https://hooks.example/secret")

    receiver = Receiver(before=fail_once)
    assert deliver(fresh_database, receiver, Clock()) == Delivered(sent=1, retry=1)
    assert (DeliveryResult.RETRY, "RuntimeError") in tries(fresh_database)


def test_an_address_sealed_with_another_secret_waits_and_says_so(fresh_database: Database) -> None:
    put(fresh_database)
    deliver(fresh_database, Receiver(), Clock(), seal=Seal("another secret of the tests, as long"))

    assert (states(fresh_database), tries(fresh_database)) == ([WAITING], [(DeliveryResult.RETRY, "sealed_elsewhere")])


def test_a_kind_this_installation_cannot_send_by_waits_and_says_so(fresh_database: Database) -> None:
    put(fresh_database)
    deliver(fresh_database, Receiver(), Clock(), by_kind={})

    assert states(fresh_database) == [WAITING]
    assert "cannot send" in tries(fresh_database)[0][1]
