"""The Status screen says in one sentence whether all is well, and the banner leads to it from everywhere."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col
from streamlit.testing.v1 import AppTest

import clock
from data.engine import Database
from data.models import AuditEntry, ChannelKind, JobRun, JobStatus, MessageStatus, Person, TelegramBot
from domain.records import Role
from integrations.telegram_updates import TWO_READERS
from services import backups
from settings import settings
from tests import builders
from tests.ui.visits import Open, visit
from ui.status.banner import FOR_MANAGERS, FRESH_FOR, Recent, recent

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEVER = "The jobs process has not been started"
DEAD_SLOT = "2026-03-09T02:30"


@pytest.fixture
def admin(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.person(session, name="Boss", role=Role.ADMIN, password_hash="x"))


@pytest.fixture
def manager(live_database: Database) -> Person:
    live_database.write(builders.organisation)
    return live_database.write(lambda session: builders.manager(session, of=builders.team(session), password_hash="x"))


def at_work(session: Session, now: datetime) -> None:
    """A living process, a job that ran and one that comes, a message that left."""
    builders.heartbeat(session, worker="host:1")
    due_at = now - 10 * MINUTE
    builders.job_run(
        session, due_at=due_at, status=JobStatus.OK, started_at=due_at, finished_at=due_at + timedelta(seconds=2.5), result={"teams": 4}
    )
    builders.job_run(session, due_at=now + 5 * MINUTE)
    builders.message(session, builders.channel(session), at=now, status=MessageStatus.SENT, sent_at=now)


def dead(session: Session) -> None:
    builders.job_run(
        session,
        job="daily_count",
        slot=DEAD_SLOT,
        due_at=clock.now() - HOUR,
        status=JobStatus.DEAD,
        attempts=5,
        error="OperationalError",
    )


def tables(at: AppTest) -> dict[str, str]:
    """The facts of the small tables by their names."""
    return {row["What"]: row["Now"] for table in at.table for row in table.value.to_dict("records")}


def banners(at: AppTest) -> list[str]:
    return [box.value for box in at.warning]


def frame(at: AppTest, alt: str) -> list[dict[str, Any]]:
    return next(each.value for each in at.dataframe if alt in each.proto.alt).to_dict("records")


def test_all_is_well_in_one_sentence(app: Open, live_database: Database, admin: Person) -> None:
    live_database.write(lambda session: at_work(session, clock.now()))

    at = visit(app, admin, "status")

    assert [box.value for box in at.success] == ["Everything is well: jobs run in time, messages leave, the database is up to date."]
    assert (list(at.error), banners(at)) == ([], [])
    (job,) = frame(at, "Every job")
    assert (job["Job"], job["Result"], job["Took"], job["Reported"]) == ("Rankings", "✓ Done", "2.5 s", "teams: 4")
    assert [worker["State"] for worker in frame(at, "processes")] == ["✓ Working"]
    facts = tables(at)
    assert (facts["Waiting"], facts["Sent today"], facts["Schema"], facts["Last backup"]) == ("0", "1", "newest", "none from here")
    assert facts["Server"].startswith("PostgreSQL ")
    assert facts["At work now"] == "1 browser"


def test_a_run_reports_what_happened_and_a_job_without_a_next_try_claims_none(app: Open, live_database: Database, admin: Person) -> None:
    def finished(session: Session) -> None:
        counts = {"aggregate": {"days": 11, "drifted_on": ["2026-03-08", "2026-03-09"], "corrected_rows": 0}, "prune": {"job_run": 0}}
        for job, result in counts.items():
            builders.job_run(session, job=job, due_at=clock.now() - HOUR, status=JobStatus.OK, finished_at=clock.now(), result=result)

    live_database.write(finished)

    jobs = frame(visit(app, admin, "status"), "Every job")

    assert [job["Reported"] for job in jobs] == ["days: 11, drifted on: 2026-03-08, 2026-03-09", "nothing to do"]
    assert "Next try" not in jobs[0]


def test_an_installation_without_jobs_is_told_how_to_start_them(app: Open, admin: Person) -> None:
    at = visit(app, admin, "status")

    assert [box.value.startswith(NEVER) for box in at.error] == [True]
    assert "No job has run yet." in " ".join(text.value for text in at.markdown)
    assert "python -m jobs" in " ".join(text.value for text in at.markdown)


def test_everything_that_is_not_well_is_named(app: Open, live_database: Database, admin: Person) -> None:
    def trouble(session: Session) -> None:
        now = clock.now()
        builders.heartbeat(session, ago=5 * MINUTE)
        builders.job_run(session, due_at=now - HOUR)
        dead(session)
        builders.message(session, builders.channel(session), at=now - 20 * MINUTE)
        broken = {"label": "*Sales* room", "kind": ChannelKind.SLACK, "broken_at": now - 2 * HOUR, "broken_reason": "404 no_service"}
        builders.channel(session, **broken)

    live_database.write(trouble)

    at = visit(app, admin, "status")

    said = [box.value for box in at.error]
    expected = ("silent for 5 min", "1 run", "waited for 20 min", "1 run", "1 channel")
    assert [words in sentence for words, sentence in zip(expected, said, strict=True)] == [True] * len(expected)
    assert any("\\*Sales\\* room" in box.value and "404 no\\_service" in box.value for box in at.warning)
    assert [worker["State"] for worker in frame(at, "processes")] == ["⚠ Silent"]


def test_a_failing_job_shows_its_next_try_and_why(app: Open, live_database: Database, admin: Person) -> None:
    live_database.write(
        lambda session: builders.job_run(session, due_at=clock.now() - MINUTE, attempts=2, error="TimeoutError in jobs/rankings.py")
    )
    at = visit(app, admin, "status")
    assert frame(at, "Every job")[0]["Next try"].endswith(", failed 2×: TimeoutError in jobs/rankings.py")


def test_a_run_that_was_given_up_is_tried_again_on_request_and_that_is_recorded(app: Open, live_database: Database, admin: Person) -> None:
    live_database.write(lambda session: at_work(session, clock.now()))
    live_database.write(dead)
    at = visit(app, admin, "status")

    at.button(key=f"run-again-daily_count-{DEAD_SLOT}").click().run()

    assert not at.exception
    with live_database.reading() as session:
        run = session.get_one(JobRun, ("daily_count", DEAD_SLOT))
        noted = session.scalars(select(AuditEntry).where(col(AuditEntry.action) == "job_run_asked")).one()
    assert (run.status, run.attempts, run.error) == (JobStatus.WAITING, 0, "")
    assert (noted.person_id, noted.subject, noted.details) == (admin.id, "job:daily_count", {"slot": DEAD_SLOT})
    assert "Daily count is tried again within a minute" in at.success[0].value


def test_the_last_backup_is_shown_with_its_age_and_size(app: Open, live_database: Database, admin: Person) -> None:
    live_database.write(lambda session: backups.note_backup(session, size=4_200_000, rows=12, at=clock.now() - 3 * HOUR))
    assert tables(visit(app, admin, "status"))["Last backup"] == "3 h ago, 4.2 MB"


def test_an_administrator_is_told_on_every_screen_and_led_to_status(app: Open, admin: Person) -> None:
    assert [text.startswith(NEVER) for text in banners(visit(app, admin, "people"))] == [True]
    assert banners(visit(app, admin, "status")) == []


def test_managers_learn_what_it_means_for_them_and_agents_nothing(app: Open, live_database: Database, manager: Person) -> None:
    agent = live_database.write(lambda session: builders.person(session, password_hash="x"))
    assert banners(visit(app, manager, "imports")) == []

    live_database.write(lambda session: builders.heartbeat(session, ago=HOUR))
    recent.cache_clear()

    assert banners(visit(app, manager, "imports")) == [FOR_MANAGERS]
    assert FOR_MANAGERS not in banners(visit(app, agent, "account"))


def test_the_banner_looks_at_the_database_once_in_a_few_seconds(live_database: Database) -> None:
    look = Recent()
    now = clock.now()
    first = look.health(now)
    live_database.write(builders.heartbeat)

    assert look.health(now + FRESH_FOR - timedelta(milliseconds=1)) is first
    assert look.health(now + FRESH_FOR).is_well


def bot(session: Session, now: datetime, **fields: Any) -> None:
    at_work(session, now)
    session.add(TelegramBot(number=1, name="pace_bot", **{"heard_at": now} | fields))


@pytest.mark.parametrize(("ago", "is_told"), [(2 * MINUTE, True), (timedelta(0), False)])
def test_a_bot_that_two_programs_read_is_said_once_it_lasts(
    app: Open, live_database: Database, admin: Person, monkeypatch: pytest.MonkeyPatch, ago: timedelta, *, is_told: bool
) -> None:
    monkeypatch.setenv("PACESETTER_TELEGRAM_TOKEN", "1:token")
    settings.cache_clear()
    now = clock.now()
    live_database.write(lambda session: bot(session, now, trouble=TWO_READERS, trouble_since=now - ago))
    at = visit(app, admin, "status")
    assert any("Nobody is answered in Telegram: Another program reads" in said.value for said in at.error) is is_told
    assert "@pace" in str([table.value for table in at.table])


def test_an_installation_without_a_bot_says_nothing_of_one(app: Open, live_database: Database, admin: Person) -> None:
    live_database.write(lambda session: bot(session, clock.now(), trouble=TWO_READERS, trouble_since=clock.now() - HOUR))
    at = visit(app, admin, "status")
    assert "Telegram" not in str([*(said.value for said in at.error), *(table.value for table in at.table)])
