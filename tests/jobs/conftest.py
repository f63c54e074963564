"""What tests of jobs share: a database of the test's own, a job made of any function, a process that runs until the test ends."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.engine import Database
from jobs.definition import Job, Loop, Timetable, Work
from jobs.slots import Daily, Slot
from jobs.worker import Worker

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def nothing(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
    del session, slot, now
    return {}


def job(work: Work = nothing, **fields: Any) -> Job:
    """A daily job at 02:30 UTC that is tried again at once."""
    plain = {"name": "count", "does": "Counts.", "schedule": Daily(at=time(2, 30)), "first_pause": timedelta(milliseconds=1)}
    return Job(**plain | {"work": work} | fields)


@pytest.fixture
def start(fresh_database: Database) -> Iterator[Callable[..., Worker]]:
    """A function that starts a worker in a thread; all are stopped at the end."""
    running: list[tuple[Worker, threading.Thread]] = []

    def begin(
        *jobs: Job,
        name: str = "one",
        now: Callable[[], datetime] = lambda: NOW,
        database: Database = fresh_database,
        loops: tuple[Loop, ...] = (),
    ) -> Worker:
        worker = Worker(database, Timetable(jobs=jobs, loops=loops), name, now)
        thread = threading.Thread(target=worker.run, daemon=True)
        thread.start()
        running.append((worker, thread))
        return worker

    yield begin
    for worker, _ in running:
        worker.stop()
    for _, thread in running:
        thread.join(20)
        assert not thread.is_alive()
