"""Who imports whom, read from the code: the table in docs/architecture.md."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from settings import PROJECT

DOCUMENT: Final = PROJECT / "docs" / "architecture.md"
BEFORE: Final = "<!-- imports: written by `make docs` -->\n"
AFTER: Final = "<!-- end of imports -->"
FOLDERS: Final = ("pages", "ui", "api", "jobs", "commands", "launcher", "services", "data", "integrations", "domain")
"""From the entry points down."""


def refreshed(page: str) -> str:
    """The page with the table as it is now."""
    head, rest = page.split(BEFORE, maxsplit=1)
    return f"{head}{BEFORE}{table()}{AFTER}{rest.split(AFTER, maxsplit=1)[1]}"


def table() -> str:
    """What each folder imports of ours, and each file that stands beside the folders."""
    beside = sorted(path.stem for path in PROJECT.glob("*.py"))
    rows = [
        _row(f"{name}/", {each for path in (PROJECT / name).rglob("*.py") for each in imported(path)} - {name}, beside) for name in FOLDERS
    ]
    rows += [_row(f"{name}.py", imported(PROJECT / f"{name}.py"), beside) for name in beside]
    return "\n".join(["| what | folders it imports | files beside them |", "|---|---|---|", *rows, ""])


def imported(path: Path) -> set[str]:
    """The first parts of the modules a file imports, wherever in it."""
    return {name.partition(".")[0] for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) for name in _modules(node)}


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module


def _row(name: str, found: set[str], beside: Sequence[str]) -> str:
    folders, files = ([each for each in known if each in found] for known in (FOLDERS, tuple(beside)))
    return f"| `{name}` | {_listed(folders)} | {_listed(files)} |"


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "–"
