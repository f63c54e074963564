"""Time and environment enter in one place each, and layers the import linter does not see hold too."""

import ast

from tests.architecture.sources import imported, named, product_files, tree

CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "dt.datetime.now", "dt.date.today"}
ENVIRONMENT = {"os.environ", "os.getenv", "os.environb"}


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _uses(names: set[str], reader: str) -> list[str]:
    return [
        f"{named(path)}:{node.lineno} {_dotted(node)}"
        for path in product_files()
        if named(path) != reader
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and _dotted(node) in names
    ]


def test_only_clock_reads_the_time() -> None:
    assert _uses(CLOCK, "clock.py") == []


def test_only_settings_reads_the_environment() -> None:
    assert _uses(ENVIRONMENT, "settings.py") == []


def _imports(packages: tuple[str, ...], forbidden: set[str]) -> list[str]:
    return [
        f"{named(path)} imports {module}"
        for path in product_files(*packages)
        for module in imported(path)
        if module in forbidden or module.split(".")[0] in forbidden - {"sqlalchemy"}
    ]


def test_screens_and_routes_reach_data_only_through_services() -> None:
    """A session's type and a database's error may be named; building a statement may not."""
    assert _imports(("pages", "ui", "api"), {"data", "sqlmodel", "psycopg", "sqlalchemy"}) == []


def test_time_and_settings_reach_services_through_their_callers() -> None:
    assert _imports(("domain", "data", "integrations", "services"), {"clock", "settings", "secret_key", "database"}) == []


def test_a_page_imports_no_other_entry_point() -> None:
    assert _imports(("pages", "ui"), {"pages", "api", "manage", "app", "commands", "launcher"}) == []


def test_no_two_subjects_wait_for_each_other_by_sharing_a_lock() -> None:
    declared = [node for path in product_files() for node in tree(path).body if isinstance(node, ast.AnnAssign)]
    locks = [ast.literal_eval(node.value) for node in declared if node.value and _dotted(node.target).endswith("_LOCK")]

    assert len(locks) >= 3
    assert len(set(locks)) == len(locks)
