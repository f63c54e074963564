"""The house stays easy to read: short functions, short files, and walks through it that lead along what is there."""

import ast
import re
from pathlib import Path
from statistics import median

import pytest

from tests.architecture.sources import PACKAGES, ROOT, named, product_files, tree

LONGEST_FILE = 350
LONG_FOR_A_REASON = {
    "data/migrations/versions/0001_foundation.py": "the tables of the first release, which is one step that nobody can take in halves"
}
MEDIAN_FUNCTION = 12
LONGEST_FUNCTION = 50
TOLD_AT_LENGTH = "data/migrations/versions/"
"""A migration is one list of statements, top to bottom."""
PLACES = (*PACKAGES, "commands", "launcher", "benchmarks", "tests")
WALKS = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Two walks")[2].partition("## How to add a metric")[0]
STOP = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")


def lengths(path: Path) -> list[tuple[int, str]]:
    """How many lines each function of a file has, its decorators not counted."""
    functions = (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [((node.end_lineno or 0) - node.lineno + 1, f"{named(path)}:{node.lineno} {node.name}") for node in functions]


def test_no_file_is_long_without_a_reason() -> None:
    long = {named(path) for path in product_files(*PLACES) if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_FILE}

    assert sorted(long - LONG_FOR_A_REASON.keys()) == []


@pytest.mark.parametrize("package", sorted({*PLACES} - {"pages"}))
def test_half_of_all_functions_are_short(package: str) -> None:
    assert median(lines for path in product_files(package) for lines, _ in lengths(path)) <= MEDIAN_FUNCTION


def test_no_function_of_the_product_goes_on_and_on() -> None:
    found = [each for path in product_files() if not named(path).startswith(TOLD_AT_LENGTH) for each in lengths(path)]

    assert sorted(name for lines, name in found if lines > LONGEST_FUNCTION) == []


def test_every_stop_of_the_walks_is_there() -> None:
    stops = STOP.findall(WALKS)

    missing = [f"{path}::{name}" for path, name in stops if not (ROOT / path).is_file() or (name and name not in _defined(ROOT / path))]

    assert len(stops) >= 25
    assert missing == []


def _defined(path: Path) -> set[str]:
    """The functions, classes and constants at the top of a file."""
    found = {node.name for node in tree(path).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    return found | {node.target.id for node in tree(path).body if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)}
