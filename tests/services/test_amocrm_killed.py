"""Processes killed in the middle of reading amoCRM, again and again: what is here in the end equals the source."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from random import Random
from textwrap import dedent

import pytest
from sqlalchemy import func, select, text

from data.engine import Database
from data.models import Activity, CrmCursor
from settings import PROJECT
from tests.fakes import amocrm as fake
from tests.fakes.amocrm import Amo, fill
from tests.fakes.http import running
from tests.services import amocrm_world as world
from tests.services.amocrm_world import SECRET

DEALS, PAGE = 60, 10
LIVES_SECONDS = (0.0, 0.03, 0.1, 0.3)
"""How long each process goes on after its first page."""
PATIENCE_SECONDS = 240
READER = """
    import sys
    import clock
    from data.engine import Database
    from integrations.amocrm.client import Pace
    from services.amocrm.link import Link
    from services.amocrm.sync import sync_due
    url, base, secret, name = sys.argv[1:]
    link = Link(secret=secret, product_address="https://sales.example", only_base=base, pace=Pace(wait=lambda _: None))
    print("reading", flush=True)
    sync_due(Database(url), link, name, clock.now, lambda: False)
    print("ended", flush=True)
"""


def reader(database: Database, amo: Amo, name: str) -> "subprocess.Popen[str]":
    url = database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    started = subprocess.Popen(  # noqa: S603 - our own code
        [sys.executable, "-c", dedent(READER), url, amo.url, SECRET, name], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    )
    assert started.stdout is not None
    started.stdout.readline()
    return started


def stored(database: Database) -> int:
    """Records of all pages that are stored."""
    with database.reading() as session:
        return session.scalar(select(func.coalesce(func.sum(CrmCursor.records), 0))) or 0


def wait(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not happened():
        assert time.monotonic() < until
        time.sleep(0.005)


def kill(process: "subprocess.Popen[str]") -> bool:
    """Whether it was still reading."""
    was_reading = process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.stdout is not None
    process.stdout.close()
    return was_reading


@pytest.mark.slow
def test_a_killed_process_loses_and_doubles_nothing(fresh_database: Database) -> None:
    amo, dice, kills = Amo(most=PAGE), Random(8), 0  # noqa: S311 - dice, not secrets
    fill(amo, DEALS)
    with running(amo):
        way = world.connect(fresh_database, amo, world.people(fresh_database))
        for life in LIVES_SECONDS:
            before = stored(fresh_database)
            process = reader(fresh_database, amo, f"reader-{kills}")
            wait(lambda before=before: stored(fresh_database) > before)  # type: ignore[misc]
            time.sleep(life)
            kills += kill(process)
            amo.move(1 + dice.randrange(DEALS), fake.TALKS, 1_780_000_000 + kills)
            ended = text("UPDATE crm_connection SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL")
            fresh_database.write(lambda session, ended=ended: session.execute(ended))
        assert kills > 1
        assert 0 < stored(fresh_database) < DEALS * 7
        world.read(fresh_database, way, world.LATER.replace(year=2030), most_turns=2)
        assert world.here(fresh_database) == world.there(amo)
    with fresh_database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Activity))
