"""The page about algorithms explains every rule the coaching goes by, and names only files that exist."""

import re

from tests.architecture.sources import ROOT

WITHOUT_A_RULE = {
    "__init__",
    "content_kinds",
    "cycle_words",
    "daily_plan_words",
    "kept_plan",
    "movement_words",
    "nudge_words",
    "rewards",
    "vision",
}
"""Closed sets, words, values, and what people decide by hand."""
COACHING = ROOT / "domain" / "coaching"
PATH = re.compile(r"`((?:domain|services|data|jobs|ui|tests)/[\w./-]+?)`")


def page() -> str:
    return (ROOT / "docs" / "algorithms.md").read_text(encoding="utf-8")


def test_every_coaching_rule_is_explained() -> None:
    files = {each.stem for each in COACHING.glob("*.py")} - WITHOUT_A_RULE
    folders = {each.name for each in COACHING.iterdir() if (each / "__init__.py").exists()}
    said = page()
    assert sorted(name for name in files if f"{name}.py`" not in said) == []
    assert sorted(name for name in folders if f"domain/coaching/{name}" not in said) == []


def test_every_file_named_there_exists() -> None:
    assert sorted(path for path in set(PATH.findall(page())) if not (ROOT / path).exists()) == []
