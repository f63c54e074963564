"""A screen on the wall: its address opens one board, and its key nothing else."""

import csv
import json
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.testclient import TestClient

import clock
from api import tv
from api.middleware import is_signed_in
from api.middleware.headers import SecurityHeaders
from api.middleware.observed import Observed
from api.middleware.signed_in import SignedInOnly
from data.engine import Database
from data.models import Person
from services import logs, tv_boards
from services.access import viewer
from settings import settings
from tests import builders
from tests.api.whole import whole_api

MATRIX = Path(__file__).parent / "access_matrix.csv"


@pytest.fixture
def client(api_database: Database) -> Iterator[TestClient]:
    del api_database
    wrapped = [
        Middleware(Observed),
        Middleware(SecurityHeaders, script_hashes=(), https=False),
        Middleware(SignedInOnly, cookie_name=settings().cookie_name, is_signed_in=is_signed_in),
    ]
    with TestClient(Starlette(routes=[Mount("/api", app=whole_api()), *tv.ROUTES], middleware=wrapped)) as client:
        yield client


@pytest.fixture
def boss(api_database: Database) -> Person:
    def person(session: Session) -> Person:
        builders.organisation(session)
        made: Person = builders.manager(session, of=builders.team(session, name="<b>North</b>"))
        return made

    return api_database.write(person)


def put_up(database: Database, boss: Person) -> str:
    def made(session: Session) -> str:
        seen = viewer(session, boss.id or 0)
        return tv_boards.put_up(session, seen, min(seen.team_ids), tv_boards.new_screen(name="Floor", theme="light"), clock.now())

    return database.write(made)


def test_the_address_alone_shows_the_board_and_that_it_is_on(client: TestClient, api_database: Database, boss: Person) -> None:
    key = put_up(api_database, boss)
    page, told = client.get(f"/tv/{key}"), client.get(f"/tv/{key}/now")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "North" not in page.text
    assert {told.headers["cache-control"], page.headers["cache-control"]} == {"no-store"}
    shown = told.json()
    assert (shown["team"], shown["theme"], shown["version"]) == ("<b>North</b>", "light", tv.VERSION)
    assert set(shown) == {"team", "month", "clock", "theme", "thermometers", "lines", "by_target", "wins", "version"}
    with api_database.reading() as session:
        (screen,) = tv_boards.screens(session, viewer(session, boss.id or 0))
    assert screen.last_shown_at is not None


def test_style_and_script_are_ours_and_nothing_is_inline(client: TestClient, api_database: Database, boss: Person) -> None:
    page = client.get(f"/tv/{put_up(api_database, boss)}")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.text.count("<script") == page.text.count('<script src="/tv/files/board.js"') == 1
    kinds = [client.get(f"/tv/files/{name}").headers["content-type"] for name in ("board.css", "board.js")]
    assert kinds == ["text/css; charset=utf-8", "text/javascript; charset=utf-8"]
    assert client.get("/tv/files/board.html").status_code == 404


def test_every_other_key_and_one_taken_down_is_nothing_in_the_same_words(client: TestClient, api_database: Database, boss: Person) -> None:
    key = put_up(api_database, boss)

    def end(session: Session) -> None:
        seen = viewer(session, boss.id or 0)
        tv_boards.take_down(session, seen, tv_boards.screens(session, seen)[0].board_id, clock.now())

    api_database.write(end)
    tried = (key, "x", "a" * 43, "a" * 5000, "%00")
    answers = [client.get(f"/tv/{each}{rest}") for each in tried for rest in ("", "/now")]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, tv.GONE)}
    assert client.post(f"/tv/{key}").status_code == 405


def test_the_key_opens_neither_the_api_nor_a_file_of_the_product(client: TestClient, api_database: Database, boss: Person) -> None:
    key = put_up(api_database, boss)
    ways = ({"headers": {"Authorization": f"Bearer {key}"}}, {"headers": {"Cookie": f"{settings().cookie_name}={key}"}})
    rows = list(csv.reader(MATRIX.read_text().splitlines()))
    told = sorted({row[1] for row in rows if row[0] == "GET" and row[1].startswith("/v1/") and "{" not in row[1]})
    assert len(told) > 20
    for way in ways:
        refused = {client.get(f"/api{door}", **way).status_code for door in told}
        assert refused == {401}, way
        assert client.get("/media/anything.pdf", **way).status_code == 401


def test_the_key_is_no_session_so_that_no_screen_opens_with_it(api_database: Database, boss: Person) -> None:
    assert not is_signed_in(put_up(api_database, boss))


def test_the_key_is_in_no_log(client: TestClient, api_database: Database, boss: Person) -> None:
    key, said = put_up(api_database, boss), StringIO()
    held = {name: (logging.getLogger(name), logging.getLogger(name).handlers, logging.getLogger(name).level) for name in ("", "pacesetter")}
    with redirect_stderr(said):
        logs.configure(as_json=True)
        client.get(f"/tv/{key}/now")
    for logger, handlers, level in held.values():
        logger.handlers, logger.level = handlers, level
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert [(line["route"], line["path"]) for line in lines if line.get("event") == "request"] == [("/tv/", "/tv/")]
    assert key not in said.getvalue()
