"""Readers killed in the middle, again and again: everything somebody wrote is done once and answered once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from textwrap import dedent

import pytest
from sqlalchemy import func, select, text

from data.models import Activity, Person
from settings import PROJECT
from tests.fakes.telegram import TOKEN
from tests.services.telegram.conftest import World

SECRET = "a secret of the tests, long enough"
MESSAGES = 30
PATIENCE_SECONDS = 240
LIVES_SECONDS = (0.0, 0.1, 0.02, 0.4, 60.0)
"""How long each reader goes on after the first message it did."""
READER = """
    import sys
    import clock
    from data.engine import Database
    from integrations.telegram_updates import TelegramUpdates
    from services.senders import senders
    from services.telegram.reading import read_bot
    url, base, token, secret, name = sys.argv[1:]
    ways = senders(secret=secret, product_address="https://sales.example", slack_base="", telegram_base=base, telegram_token=token)
    print("reading", flush=True)
    while True:
        read_bot(Database(url), TelegramUpdates(base, token), ways, worker=name, now=clock.now, wait_seconds=1)
"""


def reader(world: World, name: str) -> "subprocess.Popen[str]":
    url = world.database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    started = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", dedent(READER), url, world.telegram.url, TOKEN, SECRET, name], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    started.stdout.readline()
    return started


def done(world: World) -> int:
    with world.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Activity)) or 0


def _wait(happened: Callable[[], bool], until: float) -> None:
    while not happened() and time.monotonic() < until:
        time.sleep(0.01)


@pytest.mark.slow
def test_what_was_written_is_done_once_whoever_is_killed(world: World, ann: Person) -> None:
    del ann
    for number in range(MESSAGES):
        world.telegram.write(f"/log call: number {number}")
    ends_at, kills = time.monotonic() + PATIENCE_SECONDS, 0
    while done(world) < MESSAGES:
        assert time.monotonic() < ends_at
        running = reader(world, f"reader-{kills}")
        begun = done(world)
        _wait(lambda begun=begun: done(world) > begun, ends_at)  # type: ignore[misc]
        _wait(lambda: done(world) == MESSAGES, time.monotonic() + LIVES_SECONDS[min(kills, len(LIVES_SECONDS) - 1)])
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        assert running.stdout is not None
        running.stdout.close()
        kills += 1
        ended = text("UPDATE telegram_bot SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL")
        world.database.write(lambda session, ended=ended: session.execute(ended))
    with world.database.reading() as session:
        notes = list(session.scalars(select(Activity.notes).order_by(Activity.id)))
    answers = [each for each in world.waiting() if each.title.startswith("Logged")]
    assert notes == [f"number {number}" for number in range(MESSAGES)]
    assert len(answers) == MESSAGES
    assert kills > 1
