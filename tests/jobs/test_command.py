"""`python -m jobs`: the timetable on paper, one slot by hand, and plain sentences."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import JobRun, JobStatus, WorkerHeartbeat
from data.writes import jobs as ledger
from domain.errors import ConflictError, InputError, NotFoundError
from jobs.definition import Timetable
from jobs.enqueueing import slots_of
from jobs.listing import listing
from jobs.once import once
from jobs.slots import Slot
from jobs.timetable import TIMETABLE
from services import job_ledger
from settings import PROJECT, child_environment
from tests import builders
from tests.jobs.conftest import NOW, job, nothing

Command = Callable[..., "subprocess.CompletedProcess[str]"]


def by_hand(database: Database, *jobs: Any, name: str = "count", slot: str | None = None) -> str:
    return once(database, Timetable(jobs=jobs or (job(),)), name, slot, "hand", lambda: NOW)


@pytest.fixture
def command(make_database: Callable[[str], str]) -> Command:
    """A function that runs `python -m jobs` on a database of the test's own."""
    url = make_database("fresh")

    def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-m", "jobs", *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=PROJECT,
            timeout=60,
            env=child_environment(**{"DATABASE_URL": url} | environment),
        )

    return run


def test_one_slot_is_done_by_hand_and_told(fresh_database: Database) -> None:
    done = job(lambda _session, slot, _now: {"day": slot.day.day, "drifted_on": []})
    assert by_hand(fresh_database, done) == "count 2026-03-10 UTC is done: day 10, drifted on none."


def test_a_slot_that_is_done_is_said_so_and_not_done_again(fresh_database: Database) -> None:
    tracks: list[str] = []

    def leave_track(session: Session, slot: Slot, now: Any) -> dict[str, Any]:
        del session, now
        tracks.append(slot.name)
        return {"rows": 3}

    by_hand(fresh_database, job(leave_track), slot="2026-03-09")
    assert by_hand(fresh_database, job(leave_track), slot="2026-03-09").startswith("count 2026-03-09 UTC is done already, since ")
    assert tracks == ["2026-03-09 UTC"]


def test_a_failure_by_hand_is_a_sentence_and_can_be_repeated(fresh_database: Database) -> None:
    def fail(session: Session, slot: Slot, now: Any) -> dict[str, Any]:
        del session, now
        raise ValueError(slot.name)

    with pytest.raises(ConflictError, match=r"count 2026-03-10 UTC failed in attempt 1: ValueError at tests/jobs/test_command\.py:"):
        by_hand(fresh_database, job(fail))
    assert by_hand(fresh_database, job(nothing)) == "count 2026-03-10 UTC is done: nothing to report."


def test_a_slot_somebody_is_at_is_left_to_them(fresh_database: Database) -> None:
    fresh_database.write(lambda session: ledger.enqueue(session, job="count", slot="2026-03-10 UTC", due_at=NOW))
    fresh_database.write(lambda session: job_ledger.claim(session, "night shift", {"count": job().lease}))
    with pytest.raises(ConflictError, match="is being done by night shift just now"):
        by_hand(fresh_database)


def test_what_is_not_due_or_does_not_exist_is_refused(fresh_database: Database) -> None:
    with pytest.raises(InputError, match="is not due before 2026-03-11 02:30 UTC"):
        by_hand(fresh_database, slot="2026-03-11")
    with pytest.raises(NotFoundError, match="The jobs are count"):
        by_hand(fresh_database, name="counts")


def test_the_timetable_says_what_ran_and_what_comes(fresh_database: Database) -> None:
    fresh_database.write(lambda session: builders.organisation(session, time_zone="Europe/Berlin").id)
    by_hand(fresh_database, slot="2026-03-09")
    lines = listing(fresh_database, Timetable(jobs=(job(), job(name="never_yet"))), NOW).splitlines()
    assert lines[0].split("  ")[0] == "job"
    assert lines[1].startswith("count      daily at 02:30  2026-03-09 Europe/Berlin  ok at ")
    assert lines[1].endswith("2026-03-11 01:30 UTC")
    assert lines[2].split() == ["never_yet", "daily", "at", "02:30", "never", "–", "2026-03-11", "01:30", "UTC"]


def test_a_job_that_fails_just_now_is_said_so_and_not_hidden_behind_yesterdays_success(fresh_database: Database) -> None:
    def fail(session: Session, slot: Slot, now: Any) -> dict[str, Any]:
        del session, now
        raise ValueError(slot.name)

    by_hand(fresh_database, slot="2026-03-09")
    with pytest.raises(ConflictError):
        by_hand(fresh_database, job(fail))
    line = listing(fresh_database, Timetable(jobs=(job(),)), NOW).splitlines()[1]
    assert "2026-03-10 UTC  waits for attempt 2: ValueError at tests/jobs/test_command.py:" in line


def test_the_command_lists_and_does_and_fails_with_a_sentence(command: Command) -> None:
    listed = command("--list")
    assert listed.returncode == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == ["job", *TIMETABLE.names]
    assert command("--once", "prune").stdout.startswith("prune ")
    unknown = command("--once", "snapshot_deals", "--slot", "yesterday")
    assert (unknown.returncode, "Traceback" in unknown.stderr) == (1, False)
    assert "Name a local date, such as 2026-03-10" in unknown.stderr
    lost = command("--list", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert (lost.returncode, "Traceback" in lost.stderr, "Check DATABASE_URL" in lost.stderr) == (1, False, True)


def test_a_database_with_another_schema_is_refused_with_the_command_that_helps(command: Command, fresh_database: Database) -> None:
    fresh_database.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '0001'")))
    refused = command()
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == "The database does not have the newest schema yet. Run: python manage.py migrate"


@pytest.mark.slow
def test_sigterm_ends_the_process_in_order(make_database: Callable[[str], str]) -> None:
    """J8: with the product's own timetable; first slots are done, each with a line of its own; it signs off and exits with 0."""
    url, worth_doing = make_database("fresh"), due_and_still_of_use(clock.now())
    process = subprocess.Popen(
        [sys.executable, "-m", "jobs"],
        cwd=PROJECT,
        env=child_environment(DATABASE_URL=url, PACESETTER_LOG_FORMAT="json"),
        stderr=subprocess.PIPE,
        text=True,
    )
    database = Database(url)
    try:
        deadline = time.monotonic() + 60
        while missing := worth_doing - set(done_jobs(database)):
            assert time.monotonic() < deadline, missing
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=15)
        with database.reading() as session:
            assert [beat.stopped_at is not None for beat in session.scalars(select(WorkerHeartbeat))] == [True]
    finally:
        process.kill()
        process.wait()
        database.close()
    assert process.returncode == 0
    lines = [json.loads(line) for line in said.splitlines()]
    assert "0 unfinished slots were given back" in lines[-1]["event"]
    runs = {line["job"]: (line["slot"][:2], line["attempt"]) for line in lines if "job" in line}
    assert {"prune": ("20", 1), "rank": ("20", 1), "aggregate": ("20", 1)}.items() <= runs.items()


def due_and_still_of_use(now: datetime) -> set[str]:
    """What a first start has to do: in the evening the morning's snapshot is too late, and nothing it could have missed."""
    due = [(each, slot) for each in TIMETABLE.jobs for slot in slots_of(each, "UTC", now, None)]
    return {each.name for each, slot in due if each.useful_for is None or slot.due_at >= now - each.useful_for}


def done_jobs(database: Database) -> list[str]:
    """Done or skipped: in the evening the morning's snapshot is too late."""
    with database.reading() as session:
        ended = session.scalars(select(JobRun).where(text("status IN ('ok', 'skipped')")))
        return sorted(run.job for run in ended if run.status in {JobStatus.OK, JobStatus.SKIPPED})
