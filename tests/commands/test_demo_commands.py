"""demo load and demo remove, and what the first start makes of an empty database."""

import pytest
from sqlalchemy import func, select

from data.engine import Database
from data.models import AuditEntry, Person
from launcher import first_start
from services import people
from services.demo import Size
from tests.commands.conftest import Manage


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def url_of(database: Database) -> str:
    return database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_the_demo_comes_and_goes_without_a_trace_but_the_record(manage: Manage, fresh_database: Database) -> None:
    loaded = manage("demo", "load", "--size", "small")
    assert loaded.exit_code == 0
    assert [line.split()[0] for line in loaded.stdout.splitlines()] == ["agent", "manager", "admin"]
    assert manage("check").exit_code == 0

    removed = manage("demo", "remove")

    assert removed.stdout == "Removed the demo company: 16 people and all they did.\n"
    assert count(fresh_database, Person) == 0
    assert count(fresh_database, AuditEntry) == 2


def test_a_loaded_demo_is_not_loaded_again_unless_afresh(manage: Manage) -> None:
    manage("demo", "load", "--size", "small")

    assert "loaded already" in manage("demo", "load", "--size", "small").stderr
    assert manage("demo", "load", "--size", "small", "--fresh").exit_code == 0


def test_removing_a_demo_that_is_not_there_says_so(manage: Manage) -> None:
    assert manage("demo", "remove").stdout == "There is no demo company to remove.\n"


def test_an_unknown_size_is_refused(manage: Manage) -> None:
    assert manage("demo", "load", "--size", "huge").exit_code == 2


def test_the_first_start_without_a_demo_tells_how_to_get_in(fresh_database: Database) -> None:
    assert first_start.prepare(url_of(fresh_database), with_demo=False) == [first_start.NOBODY]


def test_the_first_start_brings_the_demo_once(fresh_database: Database, manage: Manage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_start, "DEMO_SIZE", Size.SMALL)
    lines = first_start.prepare(url_of(fresh_database), with_demo=True)
    assert [line.split()[0] for line in lines] == ["Agent", "Manager", "Admin"]

    manage("demo", "remove")

    assert first_start.prepare(url_of(fresh_database), with_demo=True) == [first_start.NOBODY]
    with fresh_database.reading() as session:
        assert people.is_first_start(session)
