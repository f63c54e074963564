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
