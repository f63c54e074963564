"""The pages for administrators name only tests, series, settings and commands that exist."""

import re

import pytest

from commands.app import app
from services.telemetry import REGISTRY
from settings import Settings
from tests.architecture.sources import ROOT

PAGES = ("operations", "reliability", "security")
TEST = re.compile(r"`(tests/[\w./-]*)?(?:::(\w+))?`")
SERIES = re.compile(r"`((?:app|job|jobs|outbox|import|auth|db)_[a-z_]+)(?:\{[\w,]+\})?`")
COMMAND = re.compile(r"manage\.py ([a-z-]+)")
SETTING = re.compile(r"\b(PACESETTER_[A-Z_]+|DATABASE_\w*URL)\b")

CASE = re.compile(r"^\| ([A-Z]{1,2}\d{1,2}) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
CASES = {"A": 11, "Z": 7, "I": 11, "J": 9, "AI": 7, "S": 5, "G": 3, "L": 1, "B": 1, "M": 2, "X": 4}
"""How many cases there are of authentication, authorisation, input, jobs, AI, operations, privacy, audit, backups, schemas and load."""
BENCHMARK = re.compile(r"python -m benchmarks\.(\w+)")


def page(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_every_test_named_exists(name: str) -> None:
    missing, path = [], ""
    for found, test in TEST.findall(page(name)):
        path = found or path
        if not (ROOT / path).exists() or (test and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")):
            missing.append(f"{path}::{test}")
    assert missing == []


def test_every_case_has_its_row_with_what_shows_it_or_why_nothing_does() -> None:
    rows = CASE.findall(page("reliability"))
    assert [case for case, *_ in rows] == [f"{kind}{number + 1}" for kind, count in CASES.items() for number in range(count)]
    assert [
        case
        for case, _, shown, told in rows
        if not TEST.search(shown) and not BENCHMARK.search(shown) and "not covered because" not in told
    ] == []


@pytest.mark.parametrize("name", [*PAGES, "performance"])
def test_every_benchmark_named_exists(name: str) -> None:
    assert [each for each in BENCHMARK.findall(page(name)) if not (ROOT / "benchmarks" / f"{each}.py").exists()] == []


def test_every_series_is_listed_and_every_listed_one_is_told() -> None:
    source = (ROOT / "services" / "telemetry.py").read_text(encoding="utf-8")
    from_database = {f"{name}_total" for name in re.findall(r'_counter\("(\w+)"', source)} | set(re.findall(r'_gauge\("(\w+)"', source))
    counted = {f"{each.name}_total" if each.type == "counter" else each.name for each in REGISTRY.collect()}
    told = from_database | {name for name in counted if not name.startswith("process_")}

    assert set(SERIES.findall(page("operations"))) == told


@pytest.mark.parametrize("name", PAGES)
def test_every_command_and_setting_named_exists(name: str) -> None:
    commands = {each.name or each.callback.__name__.replace("_", "-") for each in app.registered_commands if each.callback}
    settings = {str(field.validation_alias or f"PACESETTER_{key.upper()}") for key, field in Settings.model_fields.items()}

    assert set(COMMAND.findall(page(name))) <= commands
    assert set(SETTING.findall(page(name))) <= settings
