"""migrate, rebuild, check, and how any command fails."""

from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.orm import Session

from data import migrate
from data.engine import Database
from domain.records import DealStatus, Role
from tests import builders
from tests.commands.conftest import Manage


def run(database: Database, *statements: str) -> None:
    database.write(lambda session: [session.execute(text(statement)) for statement in statements])


def scalar(database: Database, query: str) -> object:
    with database.reading() as session:
        return session.scalar(text(query))


@pytest.fixture
def company(fresh_database: Database) -> Database:
    """An organisation with an admin, an agent and some work."""

    def work(session: Session) -> None:
        builders.organisation(session)
        builders.person(session, role=Role.ADMIN, password_hash="x")
        agent = builders.person(session, on=builders.team(session))
        builders.activity(session, agent)
        builders.deal(session, agent, status=DealStatus.WON, closed_on=date(2026, 3, 10), amount_minor=500_00)

    fresh_database.write(work)
    return fresh_database


def test_migrating_twice_changes_nothing(manage: Manage, fresh_database: Database) -> None:
    assert manage("migrate").exit_code == 0
    assert manage("migrate").stdout == "The database has the newest schema.\n"
    assert scalar(fresh_database, "SELECT count(*) FROM alembic_version") == 1


def test_migrating_an_older_company_fills_in_what_its_moves_meant(manage: Manage, company: Database) -> None:
    move = "INSERT INTO stage_change (deal_id, to_stage, changed_at, changed_on) SELECT id, 'CALL_BOOKED', now(), current_date FROM deal"
    run(company, move)
    with company.writer.begin() as connection:
        command.downgrade(migrate.config(connection), "0022")

    answer = manage("migrate")

    assert (answer.exit_code, answer.stdout) == (0, "The database has the newest schema.\n")
    assert scalar(company, "SELECT meaning FROM stage_change") == "call_booked"


def test_a_command_on_an_old_schema_says_what_to_run(manage: Manage, fresh_database: Database) -> None:
    run(fresh_database, "DELETE FROM alembic_version")

    refused = manage("check")

    assert refused.exit_code == 1
    assert refused.stderr.strip() == "The database does not have the newest schema yet. Run: python manage.py migrate"
    assert refused.stdout == ""


def test_a_sound_database_passes_every_check(manage: Manage, company: Database) -> None:
    del company

    answer = manage("check")

    assert answer.exit_code == 0
    assert {line[:4] for line in answer.stdout.splitlines()} == {"ok  "}


def test_a_manager_who_left_keeps_their_teams_and_breaks_no_promise(manage: Manage, company: Database) -> None:
    company.write(lambda session: builders.manager(session, of=builders.team(session), active=False, deactivated_at=builders.NOON))
    assert manage("check").exit_code == 0


def test_an_empty_database_is_sound(manage: Manage) -> None:
    assert manage("check").exit_code == 0


@pytest.mark.parametrize(
    ("damage", "promise", "finding"),
    [
        ("UPDATE daily_metrics SET calls = 9", "daily numbers equal a recount", "category “”"),
        ("ALTER TABLE lead DISABLE TRIGGER roll_up_update", "counts what is written", "lead: roll_up_update"),
        ("UPDATE person SET password_hash = NULL", "An active admin can sign in", "create-admin"),
        ("DELETE FROM organisation", "have an organisation", "organisation is missing"),
        ("UPDATE organisation SET time_zone = 'Mars/Olympus'", "time zone is one we know", "organisation: Mars/Olympus"),
        ("UPDATE activity SET local_on = '2026-03-13'", "local day is at most a day from its moment", "activity "),
        (
            "INSERT INTO team_manager (team_id, person_id) SELECT team.id, max(person.id) FROM team, person GROUP BY team.id",
            "managed by managers",
            "Team ",
        ),
        (
            (
                "INSERT INTO team_membership (person_id, team_id, from_on, until_on) "
                "SELECT person_id, team_id, '2026-01-01', '2026-02-01' FROM team_membership"
            ),
            "two teams on the same day",
            "person ",
        ),
        (
            (
                "INSERT INTO import_batch (file_name, file_sha256, kind, origin, rows, accepted_rows, rejected_rows, inserted_rows, "
                "updated_rows, unchanged_rows, status) VALUES ('a.csv', '', 'deals', 'csv', 2, 0, 2, 0, 0, 0, 'done')"
            ),
            "rejected row of an import has its reason",
            "2 rejected, 0 explained",
        ),
    ],
)
def test_every_broken_promise_is_found_and_named(manage: Manage, company: Database, damage: str, promise: str, finding: str) -> None:
    run(company, damage)

    answer = manage("check")

    assert answer.exit_code == 1
    lines = answer.stdout.splitlines()
    broken = next(number for number, line in enumerate(lines) if line.startswith("FAIL"))
    assert promise in lines[broken]
    assert finding in lines[broken + 1]


def test_many_findings_are_counted_not_listed(manage: Manage, company: Database) -> None:
    def work(session: Session) -> None:
        agent = builders.person(session)
        for day in range(1, 15):
            builders.activity(session, agent, at=datetime(2026, 4, day, 9, tzinfo=UTC))

    company.write(work)
    run(company, "UPDATE daily_metrics SET calls = 9")

    assert "        and 5 more" in manage("check").stdout.splitlines()


def test_a_rebuild_repairs_the_daily_numbers(manage: Manage, company: Database) -> None:
    before = scalar(company, "SELECT sum(calls) FROM daily_metrics")
    run(company, "UPDATE daily_metrics SET calls = 9")

    answer = manage("rebuild")

    assert answer.exit_code == 0
    assert answer.stdout == "Rebuilt: 1 rows of daily numbers.\n"
    assert scalar(company, "SELECT sum(calls) FROM daily_metrics") == before == 1


def test_a_database_that_does_not_answer_is_a_sentence_without_its_password(manage: Manage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:hunter2@127.0.0.1:1/none")

    refused = manage("migrate")

    assert refused.exit_code == 1
    assert "Check DATABASE_URL" in refused.stderr
    assert "hunter2" not in refused.output
    assert "Traceback" not in refused.output


def test_an_impossible_setting_is_named(manage: Manage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")

    refused = manage("check")

    assert refused.exit_code == 1
    assert refused.stderr.startswith("This cannot be used: PORT:")


@pytest.mark.parametrize("command", ["migrate", "create-admin", "demo load", "demo remove", "import", "rebuild", "check", "reset-password"])
def test_every_command_explains_itself(manage: Manage, command: str) -> None:
    answer = manage(*command.split(), "--help")

    assert answer.exit_code == 0
    assert f"{command} [OPTIONS]" in answer.stdout


def test_generated_documents_are_in_step(manage: Manage) -> None:
    assert manage("docs", "--check").exit_code == 0
