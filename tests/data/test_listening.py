"""The listener hears what commits, survives a lost connection, and says when it may have missed something."""

import asyncio
from collections.abc import Callable, Iterator
from queue import Queue
from threading import Thread
from time import sleep
from typing import Any

import pytest

from data.changes import ANYTHING, CHANNEL, Change
from data.engine import Database
from data.listening import listen
from tests import builders

PATIENCE = 10
GAP = Change(table="nothing is heard", agent_ids=frozenset())
SOMEBODY_NEW = Change(table="person", agent_ids=None)
OURS = "application_name = 'pacesetter live' AND datname = current_database()"


@pytest.fixture
def heard(fresh_database: Database) -> Iterator["Queue[Change]"]:
    """What a listener in a loop of its own tells; `GAP` where it hears nothing any more."""
    told: Queue[Change] = Queue()
    loop = asyncio.new_event_loop()
    url = fresh_database.writer.url.render_as_string(hide_password=False)
    task = loop.create_task(listen(url, told.put, lambda: told.put(GAP)))
    thread = Thread(target=lambda: loop.run_until_complete(_ended(task)))
    thread.start()
    yield told
    loop.call_soon_threadsafe(task.cancel)
    thread.join(PATIENCE)
    loop.close()


async def _ended(task: "asyncio.Task[None]") -> None:
    await asyncio.gather(task, return_exceptions=True)


def run(database: Database, statement: str) -> Any:
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.exec_driver_sql(statement)


def test_a_listener_begins_with_anything_and_hears_what_is_written(fresh_database: Database, heard: "Queue[Change]") -> None:
    assert heard.get(timeout=PATIENCE) == ANYTHING
    agent = fresh_database.write(builders.person)
    assert heard.get(timeout=PATIENCE) == SOMEBODY_NEW
    fresh_database.write(lambda session: builders.activity(session, agent))
    assert heard.get(timeout=PATIENCE) == Change(table="activity", agent_ids=frozenset({agent.id}))


def test_a_lost_connection_comes_back_and_what_was_missed_is_said(fresh_database: Database, heard: "Queue[Change]") -> None:
    assert heard.get(timeout=PATIENCE) == ANYTHING
    run(fresh_database, f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}")
    assert [heard.get(timeout=PATIENCE) for _ in range(2)] == [GAP, ANYTHING]
    agent = fresh_database.write(builders.person)
    assert heard.get(timeout=PATIENCE) == SOMEBODY_NEW
    fresh_database.write(lambda session: builders.lead(session, agent))
    assert heard.get(timeout=PATIENCE) == Change(table="lead", agent_ids=frozenset({agent.id}))


@pytest.mark.parametrize("words", ["", "{}", "[1]", "nonsense", '{"table": "activity", "agents": 5}'])
def test_words_of_another_version_mean_anything(fresh_database: Database, heard: "Queue[Change]", words: str) -> None:
    assert heard.get(timeout=PATIENCE) == ANYTHING
    run(fresh_database, f"NOTIFY {CHANNEL}, '{words}'")
    assert heard.get(timeout=PATIENCE) == ANYTHING


def test_a_listener_that_stops_leaves_no_connection_behind(fresh_database: Database) -> None:
    url = fresh_database.writer.url.render_as_string(hide_password=False)

    async def hear_for_a_moment() -> None:
        heard = asyncio.Event()
        task = asyncio.create_task(listen(url, lambda _: heard.set()))
        await heard.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    thread = Thread(target=lambda: asyncio.run(hear_for_a_moment()))
    thread.start()
    thread.join(PATIENCE)
    assert _soon(lambda: run(fresh_database, f"SELECT count(*) FROM pg_stat_activity WHERE {OURS}").scalar_one() == 0)


def _soon(is_so: Callable[[], bool]) -> bool:
    """Whether it becomes true: the server needs a moment to notice."""
    return any(is_so() or sleep(0.05) for _ in range(100))
