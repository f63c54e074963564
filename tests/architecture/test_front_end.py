"""What reaches the browser: nothing unescaped, nothing from elsewhere."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import ROOT, calls, named, product_files, tree

REMOTE = re.compile(r"(?:https?:)?//(?!localhost|127\.0\.0\.1)[\w-]+\.[\w.-]+", re.IGNORECASE)
FRONT_END = ("pages", "ui")
RAW_HTML = {"html", "iframe"}


def _constant(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) or (isinstance(node, ast.Name) and node.id.isupper())


def _raw_html(call: ast.Call) -> bool:
    allowed = any(word.arg == "unsafe_allow_html" for word in call.keywords)
    named_html = isinstance(call.func, ast.Attribute) and call.func.attr in RAW_HTML
    return allowed or named_html


def test_html_is_never_made_of_data() -> None:
    raw = [(path, call) for path in product_files(*FRONT_END) for call in calls(path) if _raw_html(call)]

    made = [f"{named(path)}:{call.lineno}" for path, call in raw if not call.args or not _constant(call.args[0])]

    assert made == []


def _strings(path: Path) -> list[tuple[int, str]]:
    return [(node.lineno, node.value) for node in ast.walk(tree(path)) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def test_no_screen_loads_anything_from_another_host() -> None:
    written = [f"{named(path)}:{line} {text}" for path in product_files(*FRONT_END) for line, text in _strings(path) if REMOTE.search(text)]

    assert written == []


def test_no_style_script_or_setting_of_the_front_end_names_another_host() -> None:
    files = [
        path for folder in ("ui", ".streamlit") for path in (ROOT / folder).rglob("*") if path.suffix in {".js", ".css", ".html", ".toml"}
    ]

    loading = [named(path) for path in files if REMOTE.search(path.read_text(encoding="utf-8"))]

    assert loading == []


def _reruns_alone(function: ast.FunctionDef) -> bool:
    """Whether it is a dialog or a fragment, which run again without the page and its guard."""
    return any(
        isinstance(part, ast.Attribute) and part.attr in {"dialog", "fragment"}
        for mark in function.decorator_list
        for part in ast.walk(mark)
    )


def test_what_reruns_without_its_page_asks_anew_who_is_looking() -> None:
    functions = [(path, node) for path in product_files(*FRONT_END) for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    alone = [(path, function) for path, function in functions if _reruns_alone(function)]

    remembering = [f"{named(path)}:{each.name}" for path, each in alone if any(given.arg == "viewer" for given in each.args.args)]

    assert len(alone) >= 8
    assert remembering == []


def _asks_for_a_day(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in {"date_input", "datetime_input"}


def _writes_days_alike(call: ast.Call) -> bool:
    return any(word.arg == "format" and isinstance(word.value, ast.Constant) and word.value.value == "YYYY-MM-DD" for word in call.keywords)


def test_every_field_for_a_day_writes_it_alike() -> None:
    fields = [(path, call) for path in product_files(*FRONT_END) for call in calls(path) if _asks_for_a_day(call)]

    assert [f"{named(path)}:{call.lineno}" for path, call in fields if not _writes_days_alike(call)] == []
    assert fields
