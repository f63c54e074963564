"""The product's own source files, parsed once, for the tests that keep its promises about itself."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("domain", "data", "integrations", "services", "ui", "api", "jobs", "pages")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def product_files(*packages: str) -> list[Path]:
    """Python files of the packages (all of the product's when none is named), and then also those beside them."""
    chosen = [path for package in packages or PACKAGES for path in (ROOT / package).rglob("*.py")]
    return sorted(chosen if packages else [*chosen, *ROOT.glob("*.py")])


def named(path: Path) -> str:
    """The file's name as people say it."""
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """The modules a file imports, wherever in it."""
    return {name for node in ast.walk(tree(path)) for name in _modules(node)}


def _modules(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        yield node.module


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))
