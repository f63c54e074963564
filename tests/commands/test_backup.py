"""backup and restore: dump, wipe, restore, and everything is as it was; or nothing has changed."""

import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col
from typer.testing import CliRunner

import clock
import database as process_database
from commands.app import app
from data import demo, migrate
from data.backup import dumping
from data.backup.manifest import table_facts
from data.engine import Database
from data.models import AuditEntry, Person
from domain.records import Role
from recorder import recorder
from services import backups
from settings import child_environment, settings
from tests import builders
from tests.api.conftest import Ask, api_database, ask
from tests.commands.conftest import Manage
from tests.fakes import sounds

__all__ = ["api_database", "ask"]
WORDS_OF_TABLES_THE_COMMANDS_WRITE = {"audit_log", "daily_metrics", "alembic_version"}


@pytest.fixture
def company(fresh_database: Database) -> Database:
    """The small demo company."""
    fresh_database.write(lambda session: demo.load(session, today=clock.now().date(), size=demo.Size.SMALL))
    return fresh_database


@pytest.fixture
def backup(manage: Manage, company: Database, tmp_path: Path) -> Path:
    """A backup of the demo company."""
    del company
    made = manage("backup", str(tmp_path / "night.backup"))
    assert made.exit_code == 0, made.stderr
    return tmp_path / "night.backup"


@pytest.fixture
def other(make_database: Callable[[str], str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A second database, migrated and empty, that the commands now work on."""
    url = make_database("restored")
    monkeypatch.setenv("DATABASE_URL", url)
    settings.cache_clear()
    database = Database(url)
    yield database
    database.close()


def facts(database: Database) -> dict[str, str]:
    with database.writer.begin() as connection:
        return table_facts(connection)


def facts_but_what_commands_write(database: Database) -> dict[str, str]:
    return {table: fact for table, fact in facts(database).items() if table not in WORDS_OF_TABLES_THE_COMMANDS_WRITE}


def rebuilt(archive: Path, into: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with its members changed."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(into, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return into


def with_manifest(archive: Path, **fields: object) -> Path:
    """The archive with something else in its manifest."""

    def change(name: str, content: bytes) -> bytes:
        return json.dumps(json.loads(content) | fields).encode() if name == "manifest.json" else content

    return rebuilt(archive, archive.with_name("changed.backup"), change)


def test_the_drill_dump_restore_and_everything_is_as_it_was(manage: Manage, company: Database, backup: Path, other: Database) -> None:
    before, daily = facts_but_what_commands_write(company), facts(company)["daily_metrics"].split(":")[0]

    restored = manage("restore", str(backup))

    assert restored.exit_code == 0, restored.stderr
    assert "each table as the backup says" in restored.stdout
    assert facts_but_what_commands_write(other) == before
    assert facts(other)["daily_metrics"].split(":")[0] == daily
    checked = manage("check")
    assert checked.exit_code == 0
    assert {line[:4] for line in checked.stdout.splitlines()} == {"ok  "}
    with other.reading() as session:
        newest = session.scalars(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert newest is not None
    assert (newest.action, newest.person_id) == ("backup_restored", None)


def test_recordings_come_back_with_their_sound_or_not_at_all(manage: Manage, fresh_database: Database, tmp_path: Path) -> None:
    store, spoken, kept = recorder().store, sounds.wav(0.2), []
    for _ in range(2):
        with store.draft(most=10**6) as draft:
            draft.write(spoken)
            kept.append(store.keep(draft))
    fresh_database.write(builders.organisation)
    agent = fresh_database.write(lambda session: builders.person(session, role=Role.ADMIN, email="a@example.com", password_hash="x"))
    for key in (*kept, "0" * 64):
        fresh_database.write(lambda session, key=key: builders.recording(session, agent, storage_key=key))
    made = manage("backup", str(tmp_path / "night.backup"))
    assert "2 recordings" in made.stdout
    assert "The sound of 1 recordings is not in the folder" in made.stderr
    for key in kept:
        store.remove(key)
    fresh_database.writer.dispose()
    fresh_database.reader.dispose()
    damaged = rebuilt(tmp_path / "night.backup", tmp_path / "bad.backup", lambda n, c: c[:-1] + b"?" if kept[0] in n else c)
    refused = manage("restore", "--replace", str(damaged))
    assert (refused.exit_code, "the sound of a recording is not the one that was put in" in refused.stderr) == (1, True)
    assert [store.path(key) for key in kept] == [None, None]

    restored = manage("restore", "--replace", str(tmp_path / "night.backup"))

    assert restored.exit_code == 0, restored.stderr
    for key in kept:
        place = store.path(key)
        assert place is not None
        assert (place.read_bytes(), stat.S_IMODE(place.stat().st_mode)) == (spoken, 0o600)


def test_the_product_runs_on_what_was_restored(manage: Manage, backup: Path, api_database: Database, ask: Ask) -> None:
    assert manage("restore", "--replace", str(backup)).exit_code == 0
    api_database.writer.dispose()
    process_database.database().close()
    assert ask("GET", "/health").json() == {"status": "ok", "checks": {"process": "ok", "database": "ok", "migrations": "ok"}}
    admin = api_database.write(lambda session: builders.person(session, role=Role.ADMIN))
    assert admin.id is not None  # sequences went on where they were, too
    assert manage("check").exit_code == 0


def test_a_backup_is_private_is_whole_or_absent_and_is_noted(backup: Path, company: Database) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]
    with company.reading() as session:
        noted = backups.last_backup(session)
    assert noted is not None
    assert noted.bytes == backup.stat().st_size
    with zipfile.ZipFile(backup) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["tables"]["person"].split(":")[0] == str(_people(company))
    assert noted.rows == sum(int(fact.split(":")[0]) for fact in manifest["tables"].values())


def _people(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM person")) or 0


def test_a_backup_never_replaces_a_file(manage: Manage, backup: Path) -> None:
    before = backup.read_bytes()
    refused = manage("backup", str(backup))
    assert refused.exit_code == 1
    assert "exists already" in refused.stderr
    assert backup.read_bytes() == before


def test_a_backup_that_fails_leaves_no_file(manage: Manage, company: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.backup.dumping.LOCK_SECONDS", 1)
    with Session(company.writer) as busy:
        busy.execute(text("LOCK TABLE person IN ACCESS EXCLUSIVE MODE"))

        refused = manage("backup", str(tmp_path / "none.backup"))

        assert refused.exit_code == 1
        assert "pg_dump could not read the database" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_database_with_rows_is_not_restored_over_unless_told_to(manage: Manage, company: Database, backup: Path) -> None:
    company.write(lambda session: builders.person(session, name="Newer"))
    before = facts(company)

    refused = manage("restore", str(backup))

    assert refused.exit_code == 1
    assert "not empty" in refused.stderr
    assert "--replace" in refused.stderr
    assert facts(company) == before
    company.writer.dispose()
    company.reader.dispose()
    assert manage("restore", "--replace", str(backup)).exit_code == 0
    with company.reading() as session:
        assert session.scalars(select(Person).where(col(Person.name) == "Newer")).first() is None


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]), "is damaged"),
        (lambda path: path.write_bytes(b"hello"), "is damaged"),
        (lambda path: rebuilt(path, path.with_name("x"), lambda n, c: c[:-9] if n == "database.dump" else c).replace(path), "is damaged"),
        (lambda path: with_manifest(path, revision="9999").replace(path), "schema of a newer Pacesetter"),
        (lambda path: with_manifest(path, format=3).replace(path), "newer version of Pacesetter"),
        (lambda path: with_manifest(path, tables={"person": "1:1"}).replace(path), "table person is not what the manifest says"),
        (lambda path: with_manifest(path, surprise=1).replace(path), "manifest cannot be read"),
        (lambda path: with_manifest(path, tool=99).replace(path), "postgresql-client-99"),
    ],
    ids=["cut", "not an archive", "dump changed", "newer schema", "newer format", "rows differ", "odd manifest", "newer tools"],
)
def test_an_archive_that_is_not_right_is_refused_and_nothing_has_changed(
    manage: Manage, company: Database, backup: Path, damage: Callable[[Path], object], sentence: str
) -> None:
    damage(backup)
    before = facts(company)

    refused = manage("restore", "--replace", str(backup))

    assert refused.exit_code == 1
    assert sentence in refused.stderr
    assert facts(company) == before


def test_a_database_in_use_is_left_alone(manage: Manage, company: Database, backup: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.backup.restoring.LOCK_SECONDS", 1)
    before = facts(company)
    with Session(company.writer) as busy:
        busy.execute(text("SELECT count(*) FROM person"))

        refused = manage("restore", "--replace", str(backup))

        assert refused.exit_code == 1
        assert "Somebody is using the database" in refused.stderr
    assert facts(company) == before


def test_an_older_schema_is_brought_up_to_date(manage: Manage, backup: Path, other: Database) -> None:
    """The archive of an earlier release: the same rows under the revision before the newest."""
    assert manage("restore", str(backup)).exit_code == 0
    with other.writer.begin() as connection:
        command.downgrade(migrate.config(connection), "-1")
    older = backup.with_name("older.backup")
    dumping.dump(other.writer, older, product="0.0.9", now=clock.now(), environment=child_environment())
    other.writer.dispose()
    other.reader.dispose()

    restored = manage("restore", "--replace", str(older))

    assert restored.exit_code == 0, restored.stderr
    with other.reading() as session:
        assert migrate.is_at_head(session.connection())


def test_without_an_archive_there_is_a_sentence(manage: Manage, tmp_path: Path) -> None:
    assert manage("restore", str(tmp_path / "none")).exit_code == 2
    assert "backup" in CliRunner().invoke(app, ["--help"]).stdout
