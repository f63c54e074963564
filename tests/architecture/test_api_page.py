"""docs/api.md lists every route there is, none that is not, and every error code a route can answer with."""

import re

from api.errors import CODE_OF, STATUS_OF
from tests.api.whole import whole_api
from tests.architecture.sources import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
NOW, _, REST = PAGE.partition("## What is there now")[2].partition("## Errors")
ERRORS, _, MAPPING = REST.partition("## The seeds' endpoints and ours")
LISTED = re.compile(r"^\| `([A-Z]+) (/api/[^`?]+)", re.MULTILINE)
SEED_ROW = re.compile(r"^\| `[^|]+\| [^|]+\| (.+) \|$", re.MULTILINE)


def test_every_route_is_listed_and_every_listed_route_exists() -> None:
    described = whole_api().openapi()["paths"]
    existing = {(method.upper(), f"/api{path}") for path, methods in described.items() for method in methods}

    assert set(LISTED.findall(NOW)) == existing


def test_every_error_code_is_explained() -> None:
    codes = {kind.code for kind in STATUS_OF} | set(CODE_OF.values()) | {"internal"}

    assert sorted(code for code in codes if f"| `{code}` |" not in ERRORS) == []


def test_every_endpoint_of_the_seeds_has_a_state() -> None:
    states = SEED_ROW.findall(MAPPING.replace(r"\|", "/"))

    assert len(states) == 40
    assert [state for state in states if not state.startswith(("open", "done", "partly"))] == []
