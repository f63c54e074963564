"""Every route for every kind of person, as the checked-in table says; a route without rows in it fails.

In `access_matrix.csv` a cell is the status, with a star where the answer names the agent (`Nora`) the address asks for.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

import clock
from api.app import build_api
from data.engine import Database
from data.models import Person
from domain.records import Role
from services.exports import VIEWS
from tests import builders
from tests.api.conftest import OUR_OWN, Ask

MATRIX = Path(__file__).with_name("access_matrix.csv")
PEOPLE = ("anonymous", "agent", "other_agent", "manager", "other_manager", "admin", "deactivated")


def rows() -> list[dict[str, str]]:
    with MATRIX.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _company(session: Session) -> dict[str, Person]:
    builders.organisation(session)
    north, south = builders.team(session, name="North"), builders.team(session, name="South")
    made = {
        "agent": builders.person(session, name="Nora", on=north),
        "other_agent": builders.person(session, name="Sven", on=south),
        "manager": builders.manager(session, of=north, name="Mia"),
        "other_manager": builders.manager(session, of=south, name="Max"),
        "admin": builders.person(session, name="Ann", role=Role.ADMIN, password_hash="x"),
        "deactivated": builders.person(session, name="Dan", role=Role.ADMIN),
    }
    for name in ("agent", "other_agent"):
        builders.activity(session, made[name], at=clock.now(), subject=f"Call by {made[name].name}")
        builders.lead(session, made[name], on=clock.now().date())
    return made


@pytest.fixture
def cookies(api_database: Database, cookie_of: Callable[[Person], dict[str, str]]) -> dict[str, dict[str, str]]:
    company = api_database.write(_company)
    held: dict[str, dict[str, str]] = {"anonymous": {}} | {name: cookie_of(person) for name, person in company.items()}

    def deactivate(session: Session) -> None:
        gone = session.get_one(Person, company["deactivated"].id)
        gone.active, gone.deactivated_at = False, clock.now()

    api_database.write(deactivate)
    assert company["agent"].id == 1
    return held


def test_every_route_has_rows() -> None:
    routes = {(method.upper(), path) for path, methods in build_api().openapi()["paths"].items() for method in methods}
    assert {(row["method"], row["route"]) for row in rows()} == routes


def test_every_download_has_rows() -> None:
    asked = {row["address"].removeprefix("/export/").split(".")[0] for row in rows() if row["route"].startswith("/export/")}
    assert asked >= set(VIEWS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['method']} {row['address']}")
def test_everybody_gets_what_the_table_says(ask: Ask, cookies: dict[str, dict[str, str]], row: dict[str, str]) -> None:
    options: dict[str, Any] = {"headers": OUR_OWN} | ({"json": {"ticket": "x" * 43}} if row["method"] == "POST" else {})
    got = {}
    for name in PEOPLE:
        answer = ask(row["method"], row["address"], cookies=cookies[name], **options)
        got[name] = f"{answer.status_code}{'*' if b'Nora' in answer.content else ''}"
    assert got == {name: row[name] for name in PEOPLE}
