"""The private calendar address: the key is the address, and the address is in no log."""

import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from datetime import timedelta
from io import StringIO

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

import clock
from api import feed
from api.middleware.observed import Observed
from data.engine import Database
from data.models import Person
from services import calendar_feed, logs
from services.access import viewer
from tests import builders


@pytest.fixture
def client(api_database: Database) -> Iterator[TestClient]:
    del api_database
    with TestClient(Starlette(routes=[feed.ROUTE], middleware=[Middleware(Observed)])) as client:
        yield client


@pytest.fixture
def agent(api_database: Database) -> Person:
    def person(session: Session) -> Person:
        made: Person = builders.person(session, name="Nora")
        builders.event(session, made, at=clock.now() + timedelta(days=1), title="12 Oak Street")
        return made

    return api_database.write(person)


def address(database: Database, person: Person) -> str:
    token = database.write(lambda session: calendar_feed.make_feed(session, viewer(session, person.id or 0), clock.now()))
    return f"/cal/{token}.ics"


def test_the_address_alone_opens_the_calendar_and_says_how_long_it_may_be_kept(
    client: TestClient, api_database: Database, agent: Person
) -> None:
    at = address(api_database, agent)
    answer = client.get(at)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=900"
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (str(event["SUMMARY"]), "Oak" in answer.text) == ("Showing", False)
    known = client.get(at, headers={"If-None-Match": answer.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    with api_database.reading() as session:
        seen = calendar_feed.own_feed(session, viewer(session, agent.id or 0))
    assert seen is not None
    assert seen.last_read_at is not None


def test_every_other_address_is_nothing_in_the_same_words(client: TestClient, api_database: Database, agent: Person) -> None:
    at = address(api_database, agent)
    address(api_database, agent)
    tried = [at, "/cal/x.ics", f"/cal/{'a' * 43}.ics", f"/cal/{'a' * 5000}.ics", "/cal/%00.ics"]
    answers = [client.get(each) for each in tried]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, "There is no calendar at this address.")}
    assert client.post(at).status_code == 405


def test_the_key_is_in_no_log(client: TestClient, api_database: Database, agent: Person) -> None:
    at, said = address(api_database, agent), StringIO()
    held = {name: (logging.getLogger(name), logging.getLogger(name).handlers, logging.getLogger(name).level) for name in ("", "pacesetter")}
    with redirect_stderr(said):
        logs.configure(as_json=True)
        client.get(at)
    for logger, handlers, level in held.values():
        logger.handlers, logger.level = handlers, level
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [(line["route"], line["path"]) for line in lines if line.get("event") == "request"] == [("/cal/", "/cal/")]
    assert at.removeprefix("/cal/").removesuffix(".ics") not in said.getvalue()
