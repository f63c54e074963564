"""docs/coverage.md counts right and names only tests and files that exist."""

import re
from collections import Counter
from dataclasses import dataclass

from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "coverage.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?P<id>00\d-\w+-\d\d) \| (?P<what>.+?) \| (?P<where>.+?) \| (?P<test>.+?) \| (?P<status>\w+) \|$", re.MULTILINE)
SUMMARY = re.compile(
    r"^\| \*{0,2}(?P<seed>00\d|all)[^|]*\| (?P<rows>\d+) \| (?P<done>\d+) \| (?P<partly>\d+) \| (?P<open>\d+) \|$", re.MULTILINE
)
PATH = re.compile(r"`([\w./-]+\.\w+)(?:::(\w+))?`")
STATUSES = {"done", "partly", "open"}


@dataclass(frozen=True)
class Row:
    id: str
    what: str
    where: str
    test: str
    status: str


ROWS = [Row(**match.groupdict()) for match in ROW.finditer(PAGE)]


def test_every_line_of_the_tables_is_a_row_with_a_known_status() -> None:
    lines = [line for line in PAGE.splitlines() if re.match(r"\| 00\d-", line)]

    assert len(ROWS) == len(lines)
    assert {row.status for row in ROWS} <= STATUSES


def test_ids_are_unique() -> None:
    repeated = [name for name, times in Counter(row.id for row in ROWS).items() if times > 1]

    assert repeated == []


def test_the_summary_counts_the_rows() -> None:
    counted = Counter((row.id[:3], row.status) for row in ROWS) + Counter(("all", row.status) for row in ROWS)

    for line in SUMMARY.finditer(PAGE):
        seed = line["seed"]
        assert {status: int(line[status]) for status in STATUSES} == {status: counted[seed, status] for status in STATUSES}, seed
        assert int(line["rows"]) == sum(counted[seed, status] for status in STATUSES)


def test_a_row_that_is_done_names_where_and_the_test() -> None:
    vague = [row.id for row in ROWS if row.status == "done" and not (PATH.search(row.where) and row.test.startswith("`tests/"))]

    assert vague == []


def test_an_open_row_claims_nothing() -> None:
    assert [row.id for row in ROWS if row.status == "open" and (row.where, row.test) != ("–", "–")] == []


def test_every_file_and_test_named_exists() -> None:
    named = {match for row in ROWS for cell in (row.where, row.test) for match in PATH.findall(cell)}

    missing = [f"{path}::{test}" if test else path for path, test in sorted(named) if not _exists(path, test)]

    assert missing == []


def _exists(path: str, test: str) -> bool:
    file = ROOT / path
    return file.is_file() and (not test or f"def {test}(" in file.read_text(encoding="utf-8"))


def test_ci_refuses_a_domain_its_tests_reach_too_little_of() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")

    assert "--cov=domain" in script
    assert [int(least) for least in re.findall(r"coverage report --include='domain/\*' --fail-under=(\d+)", script)] == [95]
