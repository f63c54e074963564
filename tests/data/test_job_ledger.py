"""The ledger: a slot is put down once, taken by one, fenced against a late owner, and given up after five tries."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import JobRun, JobStatus, Notification, WorkerHeartbeat
from data.queries import jobs as queries
from data.writes import job_runs, workers
from data.writes import jobs as ledger
from data.writes.jobs import Claim
from domain.records import Role
from services import job_ledger
from services.job_ledger import LeaseLostError
from tests import builders

DUE = datetime(2026, 3, 10, 2, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LEASES = {"count": MINUTE}


def put_down(session: Session, slot: str = "2026-03-10 UTC", job: str = "count", due_at: datetime = DUE) -> bool:
    return ledger.enqueue(session, job=job, slot=slot, due_at=due_at)


def taken(session: Session, owner: str = "one") -> Claim:
    claim = job_ledger.claim(session, owner, LEASES)
    assert claim is not None
    return claim


def run_of(session: Session, slot: str = "2026-03-10 UTC") -> JobRun:
    run = queries.run_of(session, "count", slot)
    assert run is not None
    return run


def let_lease_end(session: Session) -> None:
    session.execute(text("UPDATE job_run SET lease_until = clock_timestamp() - interval '1 second' WHERE status = 'running'"))


def let_pause_end(session: Session) -> None:
    session.execute(text("UPDATE job_run SET try_at = clock_timestamp() - interval '1 second'"))


def pause_of(session: Session) -> float:
    return float(session.execute(text("SELECT extract(epoch FROM try_at - clock_timestamp()) FROM job_run")).scalar_one())


def test_a_slot_is_put_down_once(session: Session) -> None:
    assert [put_down(session), put_down(session)] == [True, False]
    assert run_of(session).status is JobStatus.WAITING


def test_the_slot_that_was_due_first_is_taken_first_and_by_one_alone(session: Session) -> None:
    put_down(session, "2026-03-11 UTC", due_at=DUE + timedelta(days=1))
    put_down(session)
    assert [taken(session).slot, taken(session, "two").slot] == ["2026-03-10 UTC", "2026-03-11 UTC"]
    assert job_ledger.claim(session, "three", LEASES) is None


def test_a_job_this_process_does_not_know_is_left_to_others(session: Session) -> None:
    put_down(session, job="newer")
    assert job_ledger.claim(session, "one", LEASES) is None


def test_what_is_done_says_so_and_is_not_taken_again(session: Session) -> None:
    put_down(session)
    job_ledger.finish(session, taken(session), {"rows": 3})
    run = run_of(session)
    assert (run.status, run.attempts, run.owner, run.result) == (JobStatus.OK, 1, None, {"rows": 3})
    assert run.finished_at is not None
    assert job_ledger.claim(session, "two", LEASES) is None


def test_a_lease_that_ended_is_taken_over_and_a_renewed_one_is_not(session: Session) -> None:
    put_down(session)
    first = taken(session)
    let_lease_end(session)
    assert ledger.renew(session, first, MINUTE)
    assert job_ledger.claim(session, "two", LEASES) is None
    let_lease_end(session)
    second = taken(session, "two")
    assert (second.slot, second.attempt) == (first.slot, 2)
    assert not ledger.renew(session, first, MINUTE)


def test_a_late_owner_can_neither_finish_nor_fail_what_another_took_over(session: Session) -> None:
    """J7: fencing; the error rolls back whatever the late owner did in its transaction."""
    put_down(session)
    late = taken(session)
    let_lease_end(session)
    taken(session, "two")
    with pytest.raises(LeaseLostError, match="taken back"):
        job_ledger.finish(session, late, {})
    job_ledger.fail(session, late, "ValueError", first_pause=MINUTE, now=DUE)
    assert (run_of(session).status, run_of(session).owner) == (JobStatus.RUNNING, "two")


def test_the_same_worker_is_fenced_off_from_its_own_earlier_attempt(session: Session) -> None:
    put_down(session)
    late = taken(session)
    let_lease_end(session)
    taken(session)
    assert not ledger.finish(session, late, {})


def test_an_attempt_from_before_a_revival_is_fenced_off_although_its_number_comes_again(session: Session) -> None:
    put_down(session)
    late = taken(session)
    session.execute(text("UPDATE job_run SET status = 'waiting', attempts = 0, owner = NULL, lease_until = NULL"))
    assert taken(session).attempt == late.attempt
    assert not ledger.finish(session, late, {})


def test_pauses_double_and_end_at_five_minutes(session: Session) -> None:
    put_down(session)
    pauses = []
    for _ in range(job_ledger.MOST_ATTEMPTS - 1):
        job_ledger.fail(session, taken(session), "ValueError at jobs/x.py:1", first_pause=timedelta(seconds=30), now=DUE)
        pauses.append(pause_of(session))
        assert job_ledger.claim(session, "two", LEASES) is None
        let_pause_end(session)
    bounds = [(30, 60), (60, 120), (120, 240), (150, 300)]
    assert [low - 5 <= pause <= high for pause, (low, high) in zip(pauses, bounds, strict=True)] == [True] * 4


def test_after_five_failures_a_slot_is_dead_and_says_why(session: Session) -> None:
    """J7: a poison job is given up."""
    put_down(session)
    given_up = []
    for _ in range(job_ledger.MOST_ATTEMPTS):
        given_up.append(job_ledger.fail(session, taken(session), "ValueError", first_pause=timedelta(seconds=1), now=DUE))
        let_pause_end(session)
    assert given_up == [False, False, False, False, True]
    assert (run_of(session).status, run_of(session).error) == (JobStatus.DEAD, "ValueError")
    assert job_ledger.claim(session, "two", LEASES) is None


def test_the_administrators_are_told_in_the_transaction_that_gives_up(session: Session) -> None:
    """J7: the alert."""
    builders.person(session, role=Role.ADMIN)
    put_down(session)
    claim = taken(session)
    with session.begin_nested() as undone:
        for _ in range(2):
            job_ledger.fail(session, replace(claim, attempt=5), "ValueError", first_pause=MINUTE, now=DUE)
        told = session.scalars(select(Notification)).all()
        undone.rollback()
    assert [(each.title, each.link, each.dedupe_key[:33]) for each in told] == [
        ("The job count was given up", "/status", "job_given_up:count:2026-03-10 UTC")
    ]
    assert "ValueError" in told[0].body
    assert session.scalars(select(Notification)).all() == []


def test_a_slot_that_ends_its_worker_in_every_attempt_is_given_up_too(session: Session) -> None:
    put_down(session)
    for attempt in range(job_ledger.MOST_ATTEMPTS):
        assert job_ledger.bury_lost(session, ["count"], DUE) == [], attempt
        taken(session)
        let_lease_end(session)
    assert job_ledger.claim(session, "two", LEASES) is None, "five attempts are all"
    assert [(lost.job, lost.slot) for lost in job_ledger.bury_lost(session, ["count"], DUE)] == [("count", "2026-03-10 UTC")]
    assert run_of(session).status is JobStatus.DEAD


def test_what_is_given_up_once_more_after_it_was_tried_again_is_told_once_more(session: Session) -> None:
    builders.person(session, role=Role.ADMIN)
    put_down(session)
    for hour in (1, 2):
        claim = replace(taken(session), attempt=5)
        began_at = claim.started_at + timedelta(hours=hour)
        session.execute(text("UPDATE job_run SET started_at = :began_at"), {"began_at": began_at})
        job_ledger.fail(session, replace(claim, started_at=began_at), "ValueError", first_pause=MINUTE, now=DUE)
        assert job_runs.revive(session, job="count", slot=claim.slot)
    assert len(session.scalars(select(Notification)).all()) == 2


def test_what_is_given_back_waits_as_if_it_had_never_been_taken(session: Session) -> None:
    put_down(session)
    claim = taken(session)
    assert ledger.release(session, [claim]) == 1
    assert (run_of(session).status, run_of(session).attempts) == (JobStatus.WAITING, 0)
    assert not ledger.finish(session, claim, {})
    assert taken(session, "two").attempt == 1


def test_what_waited_too_long_is_skipped_in_sight(session: Session) -> None:
    put_down(session)
    put_down(session, "2026-03-11 UTC", due_at=DUE + timedelta(days=1))
    assert ledger.skip_waiting(session, "count", DUE + MINUTE) == 1
    assert [run_of(session, f"2026-03-{day} UTC").status for day in (10, 11)] == [JobStatus.SKIPPED, JobStatus.WAITING]
    ledger.enqueue(session, job="count", slot="2026-03-09 UTC", due_at=DUE - timedelta(days=1), skipped=True)
    assert run_of(session, "2026-03-09 UTC").status is JobStatus.SKIPPED
    assert taken(session).slot == "2026-03-11 UTC"


def test_one_slot_can_be_asked_for_unless_it_is_done_or_somebody_is_at_it(session: Session) -> None:
    put_down(session)

    def asked() -> Claim | None:
        return ledger.claim_slot(session, "hand", "count", "2026-03-10 UTC", MINUTE)

    claim = asked()
    assert claim is not None
    assert asked() is None
    ledger.give_up(session, claim, "ValueError")
    again = asked()
    assert again is not None
    assert again.attempt == 2
    ledger.finish(session, again, {})
    assert asked() is None


def test_slots_of_the_future_left_by_a_wrong_clock_do_not_count_as_last(session: Session) -> None:
    put_down(session)
    put_down(session, "2027-03-10 UTC", due_at=DUE + timedelta(days=365))
    assert queries.last_due(session, ["count", "other"], DUE + MINUTE) == {"count": DUE}


def test_a_worker_beats_and_signs_off(session: Session) -> None:
    """J9: the row health looks at."""
    workers.beat(session, "one")
    first = session.get_one(WorkerHeartbeat, "one", populate_existing=True).beat_at
    workers.beat(session, "one")
    workers.sign_off(session, "one")
    row = session.get_one(WorkerHeartbeat, "one", populate_existing=True)
    assert row.beat_at > first >= row.started_at
    assert row.stopped_at is not None


@pytest.fixture
def many_slots(fresh_database: Database) -> Database:
    def build(session: Session) -> None:
        for number in range(60):
            put_down(session, f"slot {number:02d}", due_at=DUE + number * MINUTE)

    fresh_database.write(build)
    return fresh_database


def test_workers_at_once_take_every_slot_once(many_slots: Database) -> None:
    """J2: more workers than needed, no slot twice."""

    def work(owner: str) -> list[str]:
        done: list[str] = []
        while (claim := many_slots.write(lambda session: job_ledger.claim(session, owner, LEASES))) is not None:
            done.append(claim.slot)
            many_slots.write(lambda session, claim=claim: ledger.finish(session, claim, {}))
        return done

    with ThreadPoolExecutor(4) as pool:
        done: list[Any] = list(pool.map(work, ["one", "two", "three", "four"]))
    assert sorted(slot for each in done for slot in each) == [f"slot {number:02d}" for number in range(60)]
