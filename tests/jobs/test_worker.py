"""A jobs process does what is due, survives what fails, and ends in order."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import JobRun, JobStatus, WorkerHeartbeat
from data.writes import jobs as ledger
from data.writes import workers
from jobs.definition import Timetable
from jobs.slots import Every, Slot
from jobs.work import deliver
from jobs.worker import Worker
from tests.jobs.conftest import NOW, job, nothing
from tests.waiting import until

Start = Callable[..., Worker]
PATIENCE = 30.0


def runs(database: Database) -> list[JobRun]:
    with database.reading() as session:
        return list(session.scalars(select(JobRun).order_by(col(JobRun.job), col(JobRun.slot))))


def effects(database: Database) -> list[str]:
    """What jobs wrote, and what was not taken back."""
    with database.reading() as session:
        return list(session.scalars(select(col(WorkerHeartbeat.worker)).where(col(WorkerHeartbeat.worker).like("effect%"))))


eventually = partial(until, within=PATIENCE)


def statuses(database: Database) -> dict[str, JobStatus]:
    return {run.job: run.status for run in runs(database)}


def test_a_slot_that_is_due_is_done_and_its_counts_are_kept(start: Start, fresh_database: Database) -> None:
    def count(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session
        return {"day": slot.day.day, "hour": now.hour}

    start(job(count))
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK})
    (run,) = runs(fresh_database)
    assert (run.slot, run.attempts, run.result) == ("2026-03-10 UTC", 1, {"day": 10, "hour": 12})


def test_what_a_failed_job_wrote_is_gone_and_the_next_try_counts_once(start: Start, fresh_database: Database) -> None:
    tries: list[int] = []

    def fail_twice(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del slot, now
        tries.append(1)
        workers.beat(session, f"effect of try {len(tries)}")
        if len(tries) < 3:
            raise ValueError("Ana Lima, +49 30 1234")
        return {}

    start(job(fail_twice))
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK})
    assert runs(fresh_database)[0].attempts == 3
    assert len(tries) == 3
    assert effects(fresh_database) == ["effect of try 3"]


def test_a_poison_job_is_given_up_and_disturbs_no_other(start: Start, fresh_database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """J7."""
    caplog.set_level(logging.INFO, "pacesetter.jobs")

    def poison(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session, slot, now
        raise ValueError("Ana Lima, +49 30 1234")

    start(job(poison, name="poison"), job(nothing, name="sound"))
    eventually(lambda: statuses(fresh_database) == {"poison": JobStatus.DEAD, "sound": JobStatus.OK})
    dead = runs(fresh_database)[0]
    assert dead.attempts == 5
    assert dead.error.startswith("ValueError at tests/jobs/test_worker.py:")
    assert "Ana" not in caplog.text


def test_a_job_that_takes_three_leases_keeps_its_slot(start: Start, fresh_database: Database) -> None:
    """J7: the lease is renewed beside the work; two processes, one run."""
    done: list[str] = []

    def slow(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session, now
        time.sleep(2.4)
        done.append(slot.name)
        return {}

    for name in ("one", "two"):
        start(job(slow, lease=timedelta(seconds=0.8)), name=name)
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK})
    assert done == ["2026-03-10 UTC"]
    assert runs(fresh_database)[0].attempts == 1


def test_a_job_that_hangs_longer_than_it_may_is_taken_over_and_takes_nothing_back(start: Start, fresh_database: Database) -> None:
    """J7: no double commit; the first attempt ends after the second has won."""
    entered, let_go = [], threading.Event()

    def hang_at_first(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del slot, now
        entered.append(1)
        attempt = len(entered)
        if attempt == 1:
            let_go.wait(PATIENCE)
        workers.beat(session, f"effect of attempt {attempt}")
        return {"attempt": attempt}

    hanging = job(hang_at_first, lease=timedelta(seconds=0.6), longest=timedelta(seconds=0.5))
    start(hanging)
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK})
    let_go.set()
    time.sleep(0.5)
    (run,) = runs(fresh_database)
    assert (run.attempts, run.result) == (2, {"attempt": 2})
    assert effects(fresh_database) == ["effect of attempt 2"]


def test_two_processes_do_every_slot_once(start: Start, fresh_database: Database) -> None:
    """J2."""
    done: list[str] = []

    def count(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session, now
        done.append(slot.name)
        return {}

    begun = time.monotonic()
    now = lambda: NOW + timedelta(seconds=20 * (time.monotonic() - begun))  # noqa: E731 - a clock that runs twenty times as fast
    for name in ("one", "two"):
        start(job(count, schedule=Every(step=timedelta(seconds=10)), catch_up=10), name=name, now=now)
    eventually(lambda: len(done) >= 8)
    eventually(lambda: all(run.status is JobStatus.OK for run in runs(fresh_database)))
    assert sorted(set(done)) == sorted(done)
    assert {run.attempts for run in runs(fresh_database) if run.status is JobStatus.OK} == {1}


def test_stale_slots_are_skipped_in_sight_and_the_newest_is_done(start: Start, fresh_database: Database) -> None:
    """J6: five days asleep; what is of no use any more is not done, and it shows."""
    last_week = NOW - timedelta(days=5)
    fresh_database.write(lambda session: ledger.enqueue(session, job="count", slot="2026-03-05 UTC", due_at=last_week))
    start(job(nothing, useful_for=timedelta(hours=20)))
    eventually(lambda: len(runs(fresh_database)) == 4 and runs(fresh_database)[-1].status is JobStatus.OK)
    assert [(run.slot[:10], run.status) for run in runs(fresh_database)] == [
        ("2026-03-05", JobStatus.SKIPPED),
        ("2026-03-08", JobStatus.SKIPPED),
        ("2026-03-09", JobStatus.SKIPPED),
        ("2026-03-10", JobStatus.OK),
    ]


def test_a_job_on_its_first_day_has_missed_nothing(start: Start, fresh_database: Database) -> None:
    start(job(nothing), job(nothing, name="evening", useful_for=timedelta(minutes=1)))
    eventually(lambda: [(run.job, run.status) for run in runs(fresh_database)] == [("count", JobStatus.OK)])


def test_a_stop_waits_for_running_work(start: Start, fresh_database: Database) -> None:
    """J8: finished."""
    entered = threading.Event()

    def short(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session, slot, now
        entered.set()
        time.sleep(0.5)
        return {}

    worker = start(job(short))
    assert entered.wait(PATIENCE)
    worker.stop()
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK}, within=10)


def test_a_stop_gives_back_what_takes_too_long(start: Start, fresh_database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """J8: released; whoever comes next may begin at once."""
    monkeypatch.setattr("jobs.worker.FINISH_SECONDS", 0.3)
    entered, let_go = threading.Event(), threading.Event()

    def endless(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session, slot, now
        entered.set()
        let_go.wait(PATIENCE)
        return {}

    worker = start(job(endless))
    assert entered.wait(PATIENCE)
    worker.stop()
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.WAITING}, within=10)
    let_go.set()
    time.sleep(0.3)
    (run,) = runs(fresh_database)
    assert (run.status, run.attempts, run.owner) == (JobStatus.WAITING, 0, None)


def test_a_process_shows_that_it_lives_and_that_it_ended(start: Start, fresh_database: Database) -> None:
    """J9: the heartbeat."""

    def beats() -> list[WorkerHeartbeat]:
        with fresh_database.reading() as session:
            return list(session.scalars(select(WorkerHeartbeat)))

    worker = start(job())
    eventually(beats)
    assert beats()[0].stopped_at is None
    worker.stop()
    eventually(lambda: beats()[0].stopped_at is not None)


def test_it_outlives_lost_connections_and_goes_on(start: Start, fresh_database: Database, caplog: pytest.LogCaptureFixture) -> None:
    """J3 in small: every connection of the process is cut, twice; the chaos test restarts the whole server."""
    caplog.set_level(logging.INFO, "pacesetter.jobs")
    begun = time.monotonic()
    now = lambda: NOW + timedelta(seconds=10 * (time.monotonic() - begun))  # noqa: E731 - a clock that runs ten times as fast
    start(job(nothing, schedule=Every(step=timedelta(seconds=5))), now=now)
    for _ in range(2):
        done = len(runs(fresh_database))
        fresh_database.write(
            lambda session: session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        )
        eventually(lambda done=done: sum(run.status is JobStatus.OK for run in runs(fresh_database)) > done + 1)


class Outage(Database):
    """A database that can be sent away and back."""

    is_away = False

    def write(self, work: Callable[[Session], Any]) -> Any:
        if self.is_away:
            raise OperationalError("BEGIN", {}, ConnectionError())
        return super().write(work)


@pytest.fixture
def outage(fresh_database: Database) -> Iterator[Outage]:
    database = Outage(fresh_database.writer.url.render_as_string(hide_password=False))
    yield database
    database.close()


def test_a_slot_that_met_an_outage_is_taken_up_when_the_database_is_back_not_when_its_lease_ends(
    outage: Outage, start: Start, fresh_database: Database
) -> None:
    """J3: within ten seconds, with a lease of a minute; the outage is not one of its five tries."""
    begun: list[str] = []

    def lose_the_database(session: Session, slot: Slot, now: datetime) -> dict[str, Any]:
        del session, now
        begun.append(slot.name)
        outage.is_away = len(begun) == 1
        if outage.is_away:
            raise OperationalError(slot.name, {}, ConnectionError())
        return {}

    start(job(lose_the_database), database=outage)
    eventually(lambda: outage.is_away)
    time.sleep(1.5)
    outage.is_away = False
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK}, within=10)
    assert (len(begun), runs(fresh_database)[0].attempts) == (2, 1)


def test_a_signal_that_comes_while_a_lock_is_held_stops_all_the_same(fresh_database: Database) -> None:
    """J8: a handler runs in the middle of whatever its thread does, waiting for an event included."""
    worker = Worker(fresh_database, Timetable(jobs=()), "one", lambda: NOW)
    asking = threading.Thread(target=worker.stop, daemon=True)
    with worker._stop._cond, worker._something_waits._cond:  # type: ignore[attr-defined]
        asking.start()
        asking.join(5)
        assert not asking.is_alive()


def test_an_idle_process_asks_the_database_three_times_a_second_at_most(start: Start, fresh_database: Database) -> None:
    asked: list[str] = []
    event.listen(fresh_database.writer, "begin", lambda _connection: asked.append(threading.current_thread().name))
    start(job(), loops=(deliver.LOOP,))
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK})
    time.sleep(1)
    asked.clear()
    time.sleep(5)
    assert len(asked) <= 15, Counter(asked)


@pytest.fixture
def away(fresh_database: Database, tmp_path: Path) -> Iterator[tuple[Database, Path]]:
    """The database behind a socket folder that does not exist yet, and the folder."""
    here = tmp_path / "s"
    database = Database(fresh_database.writer.url.set(query={"host": str(here)}).render_as_string(hide_password=False))
    yield database, here
    database.close()


def test_a_database_that_is_away_at_the_start_is_waited_for(
    away: tuple[Database, Path], start: Start, fresh_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """J3: what does not work is said once, not every second."""
    caplog.set_level(logging.INFO, "pacesetter.jobs")
    database, here = away
    start(job(), database=database)
    eventually(lambda: "The database does not work: OperationalError" in caplog.text)
    time.sleep(1.2)
    here.symlink_to(str(fresh_database.writer.url.query["host"]))
    eventually(lambda: statuses(fresh_database) == {"count": JobStatus.OK})
    assert caplog.text.count("The database does not work") == 1
    assert "The database works again." in caplog.text
