"""Every screen is registered, guarded before anything else, and thin."""

import ast
from pathlib import Path

from domain.records import Role
from tests.architecture.sources import ROOT, calls, named, product_files, tree
from ui.pages import PAGES

PATHS = {spec.key: ROOT / "pages" / f"{spec.key}.py" for spec in PAGES}
LONGEST = 60
"""Lines of code of a screen; what is longer belongs into ui/ or services/."""


def _statements(path: Path) -> list[ast.stmt]:
    """What a page does, without its docstring and imports."""
    docless = tree(path).body[1:] if ast.get_docstring(tree(path)) else tree(path).body
    return [statement for statement in docless if not isinstance(statement, ast.Import | ast.ImportFrom)]


def _guard(statement: ast.stmt) -> str | None:
    """The key of `open_page("key")`, whether its viewer is kept or not."""
    call = statement.value if isinstance(statement, ast.Assign | ast.Expr) else None
    match call:
        case ast.Call(func=ast.Name(id="open_page"), args=[ast.Constant(value=str(key))]):
            return key
    return None


def test_every_registered_screen_has_its_file_and_every_file_is_registered() -> None:
    assert sorted(named(path) for path in PATHS.values()) == [named(path) for path in product_files("pages")]


def test_every_screen_opens_with_its_own_guard() -> None:
    unguarded = [key for key, path in PATHS.items() if _guard(_statements(path)[0]) != key]

    assert unguarded == []


def test_every_screen_says_what_it_is_about() -> None:
    silent = [key for key, path in PATHS.items() if not ast.get_docstring(tree(path))]

    assert silent == []


def test_keys_are_unique_and_every_role_has_a_screen() -> None:
    keys = [spec.key for spec in PAGES]

    assert len(keys) == len(set(keys))
    assert all(any(role in spec.roles for spec in PAGES) for role in Role)


def test_screens_are_thin() -> None:
    lengths = {key: sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip()) for key, path in PATHS.items()}

    assert {key: lines for key, lines in lengths.items() if lines > LONGEST} == {}


def _fragment_keys() -> set[str]:
    """The keys under which the front end's fragments can be drawn again."""
    made = (call for path in product_files("ui") for call in calls(path) if isinstance(call.func, ast.Name))
    words = (word for call in made if call.func.id == "fragment" for word in call.keywords)  # type: ignore[attr-defined]
    return {word.value.value for word in words if word.arg == "key" and isinstance(word.value, ast.Constant)}


def test_what_moves_by_itself_on_a_screen_is_a_fragment() -> None:
    assert {part for spec in PAGES for part in spec.live} <= _fragment_keys()
