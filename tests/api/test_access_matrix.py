"""Every route for every kind of caller, as the checked-in table says; a route without rows in it fails.

In `access_matrix.csv` a cell is the status, with a star where the answer names the agent (`Nora`) whom the request asks for. In
addresses and bodies `{lead}`, `{deal}`, `{activity}`, `{goal}`, `{event}`, `{call}`, `{recording}`, `{alert}`, `{talk}`, `{agent}`,
`{team}` stand for Nora's, made anew for every cell that may change them; only where one is named is she on a call.
"""

import csv
import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from httpx import Response
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

import clock
from api.routes import docs
from data.engine import Database
from data.models import Alert, Deal, OneOnOne, OpenCall, Person, Team
from domain.records import GoalPeriod, Role
from recorder import recorder
from services.exports import VIEWS
from tests import builders
from tests.api.conftest import OUR_OWN, Ask, Issue, bearing
from tests.api.whole import whole_api
from tests.fakes import sounds

MATRIX = Path(__file__).with_name("access_matrix.csv")
CALLERS = ("anonymous", "agent", "other_agent", "manager", "other_manager", "admin", "deactivated", "service_token")
FOREIGN = {"agent": b"Sven", "manager": b"Sven", "other_agent": b"Nora", "other_manager": b"Nora"}
"""Whose name nobody of them may ever read."""


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
        _facts(session, made[name])
    return made


def _facts(session: Session, agent: Person) -> dict[str, int]:
    """An activity, a lead, a deal, a goal and a calendar entry of the agent, and a training module."""
    at = clock.now()
    lead = builders.lead(session, agent, on=at.date(), name=f"Lead of {agent.name}").id
    deal = builders.deal(session, agent, name=f"Deal of {agent.name}", lead_id=lead).id
    activity = builders.activity(session, agent, at=at, subject=f"Call by {agent.name}", lead_id=lead, deal_id=deal).id
    day = at.date() + timedelta(days=7 * next(builders.NUMBER))
    goal = builders.goal(session, agent, period=GoalPeriod.WEEKLY, starts_on=day, ends_on=day + timedelta(days=7)).id
    event = builders.event(session, agent, at=at, title=f"Visit of {agent.name}").id
    module = builders.training_module(session).id
    return {"activity": activity, "lead": lead, "deal": deal, "goal": goal, "event": event, "module": module}


def _heard(session: Session, agent: Person, address: str) -> dict[str, int]:
    """A call the agent is on and a recording that can be played, as far as the address names them; another call is over."""
    session.execute(delete(OpenCall))
    session.execute(delete(Alert))
    made: dict[str, int] = {}
    if "alert" in address:
        team = session.scalars(select(Team).where(col(Team.name) == "North")).one()
        made["alert"] = builders.alert(session, team, agent_id=agent.id, at=clock.now(), sentence=f"{agent.name} may need a hand.").id
    if "one-on-ones" in address:
        session.execute(delete(OneOnOne))
        manager = session.scalars(select(Person).where(col(Person.name) == "Mia")).one()
        made["talk"] = builders.one_on_one(session, agent, manager, notes="What only two people know.").id
    if "/warnings" in address:
        _warned(session, agent)
    if "{analysis}" in address:
        made["analysis"] = builders.review_request(session, agent).id
    if "{call}" in address:
        made["call"] = builders.open_call(session, agent).id
    if "{recording}" in address:
        with recorder().draft() as draft:
            draft.write(sounds.wav(0.1))
            made["recording"] = builders.recording(session, agent, storage_key=recorder().store.keep(draft)).id
    return made


def _asked_for(session: Session, agent: Person, address: str) -> dict[str, int]:
    """What an address and a body may name."""
    return _facts(session, agent) | {"agent": agent.id, "team": 1, "other": 2} | _heard(session, agent, address)


def _warned(session: Session, agent: Person) -> None:
    """The agent's newest deal is quiet, and that nobody answers is put aside."""
    deal = session.scalars(select(Deal).where(col(Deal.agent_id) == agent.id).order_by(col(Deal.id).desc())).first()
    assert deal is not None
    builders.deal_warning(session, agent, deal_id=deal.id)
    until = clock.now() + timedelta(days=1)
    builders.deal_warning(session, agent, deal_id=deal.id, rule="ghosted", state="snoozed", snoozed_until=until)


@pytest.fixture
def company(api_database: Database) -> dict[str, Person]:
    return api_database.write(_company)


@pytest.fixture
def callers(
    api_database: Database, company: dict[str, Person], cookie_of: Callable[[Person], dict[str, str]], issue: Issue
) -> dict[str, dict[str, Any]]:
    """How each of them calls: a person with a cookie from our own page, a program with every scope."""
    held: dict[str, dict[str, Any]] = {name: {"cookies": cookie_of(person), "headers": OUR_OWN} for name, person in company.items()}

    def deactivate(session: Session) -> None:
        gone = session.get_one(Person, company["deactivated"].id)
        gone.active, gone.deactivated_at = False, clock.now()

    api_database.write(deactivate)
    return held | {"anonymous": {"headers": OUR_OWN}, "service_token": {"headers": bearing(issue())}}


def test_every_route_has_rows() -> None:
    described = {(method.upper(), path) for path, methods in whole_api().openapi()["paths"].items() for method in methods}
    own = {(method, route.path) for route in docs.router.routes if isinstance(route, APIRoute) for method in route.methods}
    assert {(row["method"], row["route"]) for row in rows()} == described | own


def test_every_download_has_rows() -> None:
    asked = {row["address"].removeprefix("/export/").split(".")[0] for row in rows() if row["route"].startswith("/export/")}
    assert asked >= set(VIEWS)


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['method']} {row['address']} {row['body']}")
def test_everybody_gets_what_the_table_says(
    ask: Ask, api_database: Database, company: dict[str, Person], callers: dict[str, dict[str, Any]], row: dict[str, str]
) -> None:
    got: dict[str, str] = {}
    ids: dict[str, int] = {}
    for name in CALLERS:
        if not ids or row["method"] != "GET":
            ids = api_database.write(lambda session: _asked_for(session, company["agent"], row["address"]))
        body = {"json": json.loads(_filled(row["body"], ids))} if row["body"] else {}
        answer = ask(row["method"], _filled(row["address"], ids), **callers[name], **body)
        got[name] = f"{answer.status_code}{'*' if b'Nora' in answer.content else ''}"
        assert name not in FOREIGN or FOREIGN[name] not in answer.content
    assert got == {name: row[name] for name in CALLERS}


def test_a_persons_token_opens_exactly_what_their_cookie_opens(
    ask: Ask, api_database: Database, company: dict[str, Person], callers: dict[str, dict[str, Any]], token_of: Callable[[Person], str]
) -> None:
    tokens = {name: token_of(person) for name, person in company.items() if name != "deactivated"}
    ids = api_database.write(lambda session: _asked_for(session, company["agent"], "{call}{recording}"))
    reading = [row for row in rows() if row["method"] == "GET" and row["route"].startswith("/v1/")]
    assert len(reading) > 10
    for row in reading:
        for name, token in tokens.items():
            address = _filled(row["address"], ids)
            with_cookie, with_token = ask("GET", address, **callers[name]), ask("GET", address, headers=bearing(token))
            if _said(with_cookie) != _said(with_token):  # some answers tell how far the day is, and a minute may have passed
                with_cookie = ask("GET", address, **callers[name])
            assert _said(with_cookie) == _said(with_token)


def _said(answer: Response) -> tuple[int, bytes]:
    """What was answered, without the moment it was."""
    return answer.status_code, re.sub(rb'"at":"[^"]+"', b"", answer.content)


def _filled(text: str, ids: dict[str, int]) -> str:
    for name, number in ids.items():
        text = text.replace(f"{{{name}}}", str(number))
    return text.replace("{tomorrow}", str(clock.now().date() + timedelta(days=1)))
