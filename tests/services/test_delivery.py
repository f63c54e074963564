"""Sending what waits: order, pace, pauses, ends, and workers that die."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import chain, repeat

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import Channel, ChannelKind, DeliveryResult, MessageStatus, Notification, OutboxMessage
from data.writes import deliveries
from domain.records import Role
from integrations.sender import Message, Refused, Retry, Sent
from services import delivery
from services.delivery import Delivered, deliver_due
from services.delivery_rules import LEASE, LEAST_TRIES, LONGEST_PAUSE, PACE, pause_after
from services.sealing import Seal
from tests import builders
from tests.builders import NOON
from tests.services.outbox import NO_PACE, SEAL, Clock, Receiver, channel, let_leases_end, message, states, tries, ways_out

WAITING, SENDING, SENT, EXPIRED, REFUSED = MessageStatus


def put(database: Database, *, messages: int = 1, **fields: object) -> Channel:
    """A channel with messages waiting."""

    def work(session: Session) -> Channel:
        made = channel(session)
        for _ in range(messages):
            message(session, made, **fields)
        return made

    return database.write(work)


def deliver(database: Database, receiver: Receiver, clock: Clock, **fields: object) -> Delivered:
    return deliver_due(database, ways_out(receiver, **fields), worker="a", now=clock)


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
