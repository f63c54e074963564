"""import: files in, a report out, nothing half done."""

import json
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data.engine import Database
from data.models import Deal, Person
from tests import builders
from tests.commands.conftest import Manage

DEALS = """Opportunity ID,Deal Name,Owner,Stage,Amount,Close Date
1,First house,Maya Okafor,Won,250000,2026-02-03
2,Second house,Maya Okafor,Won,a lot,2026-02-04
3,Third house,Jonas Lind,Lost,,2026-02-05
"""


@pytest.fixture
def file(tmp_path: Path, fresh_database: Database) -> Path:
    """A company, and three deals of which one has no amount anybody can read."""
    fresh_database.write(builders.organisation)
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return path


def count(database: Database, model: type) -> int:
    with database.reading() as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_a_file_comes_in_and_the_report_adds_up(manage: Manage, file: Path, fresh_database: Database) -> None:
    answer = manage("import", str(file), "--json")

    assert answer.exit_code == 0, answer.output
    report = json.loads(answer.stdout)
    assert (report["rows"], report["accepted"], report["rejected"], report["inserted"], report["people_created"]) == (3, 2, 1, 2, 2)
    assert [(error["line"], error["column"], error["value"]) for error in report["files"][0]["errors"]] == [(3, "Amount", "a lot")]
    assert count(fresh_database, Deal) == 2


def test_the_same_file_again_changes_nothing(manage: Manage, file: Path, fresh_database: Database) -> None:
    manage("import", str(file))

    again = json.loads(manage("import", str(file), "--json").stdout)

    assert (again["accepted"], again["inserted"], again["updated"], again["unchanged"]) == (2, 0, 0, 2)
    assert count(fresh_database, Deal) == 2


def test_a_dry_run_reports_the_same_and_stores_nothing(manage: Manage, file: Path, fresh_database: Database) -> None:
    report = json.loads(manage("import", str(file), "--dry-run", "--json").stdout)

    assert (report["dry_run"], report["accepted"], report["files"][0]["batch_id"]) == (True, 2, None)
    assert count(fresh_database, Deal) == 0
    assert count(fresh_database, Person) == 0


def test_a_person_reads_counts_and_reasons(manage: Manage, file: Path) -> None:
    lines = manage("import", str(file)).stdout.splitlines()

    assert lines[0] == "deals.csv: 3 rows of deals"
    assert lines[1] == "  accepted 2 (new 2, updated 0, unchanged 0), 2 people and 0 teams created"
    assert lines[2] == "  rejected 1"
    assert lines[3].startswith("    line 3, Amount: ")


def test_unknown_people_can_be_refused(manage: Manage, file: Path, fresh_database: Database) -> None:
    report = json.loads(manage("import", str(file), "--existing-people", "--json").stdout)

    assert (report["accepted"], report["rejected"]) == (0, 3)
    assert count(fresh_database, Person) == 0


def test_a_shown_mapping_can_be_changed_and_used(manage: Manage, file: Path, tmp_path: Path) -> None:
    mapping = json.loads(manage("import", str(file), "--show-mapping").stdout)
    mapping["fields"]["amount"] = {"default": "100"}
    (tmp_path / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")

    report = json.loads(manage("import", str(file), "--mapping", str(tmp_path / "mapping.json"), "--json").stdout)

    assert (report["accepted"], report["rejected"]) == (3, 0)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--preset", "hubspot", "--mapping", "{mapping}"), "Choose --preset or --mapping, not both"),
        (("--mapping", "{mapping}"), "The mapping cannot be used"),
    ],
)
def test_what_does_not_fit_is_said(manage: Manage, file: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    (tmp_path / "bad.json").write_text("{}", encoding="utf-8")

    refused = manage("import", str(file), *(argument.format(mapping=tmp_path / "bad.json") for argument in arguments))

    assert refused.exit_code == 1
    assert sentence in refused.stderr


def test_a_file_that_is_no_table_is_refused_in_words(manage: Manage, file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")

    refused = manage("import", str(tmp_path / "empty.csv"))

    assert file.exists()
    assert refused.exit_code == 1
    assert refused.stderr.strip().endswith("The file is empty. Export it again, or choose another one.")


def test_without_a_company_there_is_nowhere_to_import_to(manage: Manage, tmp_path: Path) -> None:
    (tmp_path / "deals.csv").write_text(DEALS, encoding="utf-8")

    refused = manage("import", str(tmp_path / "deals.csv"))

    assert refused.exit_code == 1
    assert "python manage.py create-admin" in refused.stderr


def test_a_date_that_reads_two_ways_is_decided_by_the_option(manage: Manage, file: Path, fresh_database: Database) -> None:
    file.write_text("Opportunity ID,Deal Name,Owner,Stage,Amount,Close Date\n1,House,Maya,Won,5,03/04/2026\n", encoding="utf-8")
    assert manage("import", str(file)).exit_code == 1

    answer = manage("import", str(file), "--dates", "day_first")

    assert answer.exit_code == 0, answer.output
    with fresh_database.reading() as session:
        assert session.scalars(select(Deal)).one().closed_on.isoformat() == "2026-04-03"  # type: ignore[union-attr]
