"""docs/erd.md is what the models say."""

import re

from data.erd import DOCUMENT, refreshed, tables

WRITTEN = DOCUMENT.read_text(encoding="utf-8")
MAPPING = WRITTEN.partition("## The seeds' names and ours")[2]
OURS = re.compile(r"`([a-z_]+)(?:\.([a-z_]+))?`")


def test_the_page_is_what_the_models_say_now() -> None:
    assert refreshed(WRITTEN) == WRITTEN, "run `python -m data.erd`"


def test_every_table_and_column_has_its_line() -> None:
    sections = {table.name: WRITTEN.partition(f"### {table.name}\n")[2].partition("\n### ")[0] for table in tables()}

    missing = [str(column) for table in tables() for column in table.columns if f"`{column.name}`" not in sections[table.name]]

    assert [name for name in missing if not re.fullmatch(r"daily_metrics\.[hk]\d\d", name)] == []


def test_every_name_the_seeds_are_mapped_to_exists() -> None:
    ours = {table.name: set(table.columns.keys()) for table in tables()}
    right_hand = [line.split("|")[2] for line in MAPPING.splitlines() if line.startswith("| ") and "---" not in line]

    named = [match for cell in right_hand for match in OURS.findall(cell)]
    unknown = [f"{table}.{column}" for table, column in named if table not in ours or (column and column not in ours[table])]

    assert len(named) > 50
    assert unknown == []
