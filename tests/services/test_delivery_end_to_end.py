"""The outbox against real HTTP: a receiver that fails for a while, and a worker killed in the middle of a sending."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from textwrap import dedent

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from data.engine import Database
from data.models import ChannelKind, DeliveryResult, MessageStatus, OutboxMessage
from services.delivery import Delivered, deliver_due
from services.senders import Senders, senders
from settings import PROJECT
from tests.fakes.http import HANG, OutsideWorld, Response
from tests.fakes.slack import PATH, Slack, error, slow_down
from tests.services.outbox import SEAL, Clock, channel, let_leases_end, message, states, tries

SECRET = "a secret of the tests, long enough"
PATIENCE_SECONDS = 60
WORKER = """
    import sys
    import clock
    from data.engine import Database
    from services.delivery import deliver_due
    from services.senders import senders
    ways = senders(secret=sys.argv[2], product_address="https://sales.example", slack_base="", telegram_base="", telegram_token=None)
    deliver_due(Database(sys.argv[1]), ways, worker="to be killed", now=clock.now)
"""


def ways_out(slack_base: str = "https://hooks.slack.com") -> Senders:
    return senders(secret=SECRET, product_address="https://sales.example", slack_base=slack_base, telegram_base="", telegram_token=None)


def test_a_slack_that_was_down_and_then_asked_for_patience_has_everything_once_and_in_order(fresh_database: Database, slack: Slack) -> None:
    def arrange(session: Session) -> None:
        made = channel(session, sealed_address=SEAL.close(slack.webhook))
        for number in range(20):
            message(session, made, title=f"Message {number}")

    fresh_database.write(arrange)
    slack.say(*[error(500)] * 5, slow_down(30), Response(503, "", {"Retry-After": "5"}))
    time_of_day, rounds = Clock(), 0
    while MessageStatus.WAITING in states(fresh_database) and rounds < 200:
        deliver_due(fresh_database, ways_out(slack.url), worker="a", now=time_of_day)
        time_of_day.forward(seconds=5)
        rounds += 1

    accepted = [request.json["text"] for request in slack.requests if request.path == PATH][7:]
    assert accepted == [f"Message {number}" for number in range(20)]
    assert Counter(result for result, _ in tries(fresh_database)) == {DeliveryResult.RETRY: 7, DeliveryResult.SENT: 20}


def test_a_worker_killed_in_the_middle_of_a_sending_loses_nothing_and_the_receiver_can_tell_the_double(
    fresh_database: Database, webhook: OutsideWorld
) -> None:
    def arrange(session: Session) -> None:
        made = channel(session, kind=ChannelKind.APPRISE, sealed_address=SEAL.close(f"json://127.0.0.1:{webhook.port}/hook"))
        for number in range(3):
            message(session, made, dedupe_key=f"alert:{number}", created_at=clock.now(), try_at=clock.now())

    fresh_database.write(arrange)
    webhook.say(Response(manner=HANG))
    _start_and_kill(fresh_database, webhook)
    assert states(fresh_database) == [MessageStatus.SENDING, MessageStatus.WAITING, MessageStatus.WAITING]

    let_leases_end(fresh_database)
    time_of_day = Clock(clock.now() + timedelta(seconds=1))
    done = Delivered()
    while done.sent < 3:
        done += deliver_due(fresh_database, ways_out(), worker="b", now=time_of_day)
        time_of_day.forward(seconds=1)

    keys = [request.headers["Idempotency-Key"] for request in webhook.requests]
    assert keys == ["alert:0", "alert:0", "alert:1", "alert:2"]
    assert done == Delivered(sent=3, lost=1)
    with fresh_database.reading() as session:
        assert list(session.scalars(select(col(OutboxMessage.attempts)).order_by(col(OutboxMessage.id)))) == [2, 1, 1]


def _start_and_kill(database: Database, webhook: OutsideWorld) -> None:
    """Run a worker of its own process until it is sending; then end it as a power cut would."""
    url = database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    process = subprocess.Popen([sys.executable, "-c", dedent(WORKER), url, SECRET], cwd=PROJECT, env=os.environ)  # noqa: S603 - our own code
    try:
        for _ in range(PATIENCE_SECONDS * 20):
            if webhook.requests:
                break
            assert process.poll() is None, "the worker ended by itself"
            time.sleep(0.05)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=PATIENCE_SECONDS)
    assert len(webhook.requests) == 1
