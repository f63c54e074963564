"""When the jobs process counts as well: boundaries of silence, of late slots and of messages that wait."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.models import JobRun, JobStatus, MessageStatus
from services.job_health import LATE_AT_LEAST, LATE_AT_MOST, JobHealth, Trouble, job_health, may_take
from services.job_rhythms import RHYTHMS
from tests import builders
from tests.builders import NOON
from ui.status.words import sentence

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def troubles(session: Session, now: datetime = NOON) -> tuple[Trouble, ...]:
    return job_health(session, now).troubles


@pytest.fixture
def alive(session: Session) -> Session:
    builders.heartbeat(session)
    return session


def test_without_any_beat_the_process_was_never_started(session: Session) -> None:
    assert troubles(session) == (Trouble.NEVER_STARTED,)


def test_ninety_seconds_of_silence_are_the_limit() -> None:
    """J9."""
    seen = JobHealth(at=NOON, silent_for=90 * SECOND, late=(), dead=(), waiting_since=None)
    assert (seen.troubles, replace(seen, silent_for=90.001 * SECOND).troubles) == ((), (Trouble.SILENT,))


@pytest.mark.parametrize(("ago", "expected"), [(80 * SECOND, ()), (100 * SECOND, (Trouble.SILENT,))])
@pytest.mark.parametrize("ahead", [-HOUR, HOUR])
def test_silence_is_told_by_the_databases_clock_whatever_this_hosts_says(
    session: Session, ago: timedelta, expected: tuple[Trouble, ...], ahead: timedelta
) -> None:
    builders.heartbeat(session, ago=ago)
    assert troubles(session, session.execute(select(func.statement_timestamp())).scalar_one() + ahead) == expected


def test_one_living_process_is_enough(alive: Session) -> None:
    builders.heartbeat(alive, ago=DAY)
    assert job_health(alive, NOON).is_well


def test_a_process_that_ended_in_order_leaves_silence_too(session: Session) -> None:
    builders.heartbeat(session, ago=HOUR, stopped_at=NOON)
    assert troubles(session) == (Trouble.SILENT,)


@pytest.mark.parametrize(
    ("every", "allowed"),
    [(None, LATE_AT_LEAST), (MINUTE, LATE_AT_LEAST), (15 * MINUTE, 30 * MINUTE), (HOUR, 2 * HOUR), (DAY, LATE_AT_MOST)],
)
def test_a_slot_may_take_two_periods_within_limits(every: timedelta | None, allowed: timedelta) -> None:
    assert may_take(every) == allowed


@pytest.mark.parametrize("status", [JobStatus.WAITING, JobStatus.RUNNING])
def test_a_slot_is_late_after_two_periods_of_its_own_job(alive: Session, status: JobStatus) -> None:
    held = {"owner": "w", "lease_until": NOON} if status is JobStatus.RUNNING else {}
    due_at = NOON - 30 * MINUTE
    builders.job_run(alive, due_at=due_at - 15 * MINUTE, status=JobStatus.OK)
    builders.job_run(alive, due_at=due_at - MINUTE, job="beat", status=JobStatus.OK)
    builders.job_run(alive, due_at=due_at, status=status, **held)
    assert job_health(alive, NOON).late == ()
    later = job_health(alive, NOON + SECOND)
    assert later.troubles == (Trouble.JOBS_LATE,)
    assert [(slot.job, slot.due_at, slot.every) for slot in later.late] == [("rankings", due_at, 15 * MINUTE)]


def test_what_a_new_installation_makes_up_for_is_not_late_from_the_start(alive: Session) -> None:
    builders.job_run(alive, job="learn_wins", due_at=NOON - timedelta(hours=19), created_at=NOON - MINUTE)
    assert job_health(alive, NOON).is_well
    assert [slot.job for slot in job_health(alive, NOON + 10 * MINUTE).late] == ["learn_wins"]


@pytest.mark.parametrize("status", [JobStatus.OK, JobStatus.SKIPPED, JobStatus.DEAD])
def test_a_slot_that_is_over_is_not_late(alive: Session, status: JobStatus) -> None:
    builders.job_run(alive, due_at=NOON - DAY, status=status)
    assert job_health(alive, NOON).is_well


def test_a_slot_of_the_future_is_not_late(alive: Session) -> None:
    builders.job_run(alive, due_at=NOON + HOUR)
    assert job_health(alive, NOON).is_well


def test_dead_slots_are_told_with_their_error_and_do_not_alarm(alive: Session) -> None:
    builders.job_run(alive, due_at=NOON - DAY, status=JobStatus.DEAD, attempts=5, error="ValueError in jobs/rankings.py")
    health = job_health(alive, NOON)
    assert [(slot.job, slot.attempts, slot.error) for slot in health.dead] == [("rankings", 5, "ValueError in jobs/rankings.py")]
    assert health.is_well


def test_a_message_that_could_have_gone_ten_minutes_ago_is_the_limit(alive: Session) -> None:
    builders.message(alive, builders.channel(alive), at=NOON - 10 * MINUTE)
    assert troubles(alive) == ()
    assert job_health(alive, NOON + SECOND).waiting_since == NOON - 10 * MINUTE
    assert troubles(alive, NOON + SECOND) == (Trouble.OUTBOX_LATE,)


def test_a_message_that_is_tried_again_and_again_waits_since_it_was_written(alive: Session) -> None:
    builders.message(alive, builders.channel(alive), at=NOON - HOUR, try_at=NOON + MINUTE, attempts=3)
    assert troubles(alive) == (Trouble.OUTBOX_LATE,)


def test_a_message_kept_back_for_the_morning_is_not_late(alive: Session) -> None:
    builders.message(alive, builders.channel(alive), at=NOON - 8 * HOUR, try_at=NOON + HOUR)
    assert job_health(alive, NOON).waiting_since is None


@pytest.mark.parametrize("fields", [{"broken_at": NOON, "broken_reason": "404"}, {"active": False}], ids=["broken", "switched off"])
def test_a_channel_that_cannot_send_does_not_alarm_for_the_process(alive: Session, fields: dict[str, object]) -> None:
    builders.message(alive, builders.channel(alive, **fields), at=NOON - DAY)
    assert job_health(alive, NOON).is_well


@pytest.mark.parametrize("status", [MessageStatus.SENT, MessageStatus.EXPIRED, MessageStatus.REFUSED])
def test_a_message_that_is_over_does_not_wait(alive: Session, status: MessageStatus) -> None:
    sent_at = NOON if status is MessageStatus.SENT else None
    builders.message(alive, builders.channel(alive), at=NOON - DAY, status=status, sent_at=sent_at)
    assert job_health(alive, NOON).waiting_since is None


def _at_work(session: Session, for_: timedelta, silent_for: timedelta = timedelta(0)) -> None:
    started_at = session.execute(select(func.statement_timestamp())).scalar_one() - for_
    builders.heartbeat(session, ago=silent_for, started_at=started_at)


def _all_due(session: Session, at: datetime) -> None:
    for job in RHYTHMS:
        builders.job_run(session, job=job, slot=f"{job} {at}", due_at=at, status=JobStatus.OK)


def test_a_job_that_is_not_due_any_more_is_told_with_its_name_and_since_when(session: Session) -> None:
    """Nothing of it is late, because nothing of it was put down: an old process does not know it."""
    _at_work(session, DAY)
    _all_due(session, NOON - 5 * MINUTE)
    builders.job_run(session, job="watch", slot="before", due_at=NOON - 4 * HOUR, status=JobStatus.OK)
    session.execute(delete(JobRun).where(col(JobRun.job) == "watch", col(JobRun.due_at) > NOON - HOUR))
    found = job_health(session, NOON)
    assert (found.troubles, found.late) == ((Trouble.JOBS_SILENT,), ())
    assert [(each.job, each.last_due) for each in found.silent_jobs] == [("watch", NOON - 4 * HOUR)]
    assert sentence(Trouble.JOBS_SILENT, found).startswith("The jobs process works, and 1 job of it did not: Watch (silent for 4 h).")


def test_a_job_that_never_ran_is_silent_since_the_process_is_at_work(session: Session) -> None:
    _at_work(session, 31 * HOUR)
    _all_due(session, NOON - MINUTE)
    session.execute(delete(JobRun).where(col(JobRun.job) == "rank"))
    (silent,) = job_health(session, NOON).silent_jobs
    assert (silent.job, silent.last_due) == ("rank", None)
    assert NOON - silent.since - 31 * HOUR < MINUTE


def test_a_process_that_has_just_come_back_is_given_its_time(session: Session) -> None:
    _all_due(session, NOON - 10 * DAY)
    _at_work(session, MINUTE)
    assert job_health(session, NOON).silent_jobs == ()


def test_a_silent_process_is_the_cause_and_its_jobs_are_not_told(session: Session) -> None:
    _all_due(session, NOON - 10 * DAY)
    _at_work(session, 20 * DAY, silent_for=HOUR)
    assert troubles(session) == (Trouble.SILENT,)
