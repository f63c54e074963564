"""Every request has an id that its lines and its answer carry, and is counted by its route."""

import json
import logging
import time
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from api import errors
from api.middleware.observed import HEADER, Observed
from services import logs, telemetry


async def _screen(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("a screen")


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(str(telemetry.SOCKETS._value.get()))
    await websocket.close()


@pytest.fixture
def said() -> StringIO:
    """Standard error while logging is set up in the middle of a test run."""
    return StringIO()


@pytest.fixture
def client(said: StringIO) -> Iterator[TestClient]:
    """A page, a socket and an API with a route that works and one that fails."""
    api = FastAPI()
    errors.install(api)

    @api.get("/people/{person_id}")
    def person(person_id: int) -> dict[str, int]:
        logging.getLogger("pacesetter.api").warning("asked")
        return {"id": person_id}

    @api.get("/events")
    def events() -> StreamingResponse:
        return StreamingResponse(_slow_lines())

    @api.get("/broken")
    def broken() -> None:
        raise ValueError("dsn=postgres://user:hunter2@host/db")

    routes = [Mount("/api", app=api), WebSocketRoute("/_stcore/stream", _socket), Route("/{path:path}", _screen)]
    held = {name: (logging.getLogger(name), logging.getLogger(name).handlers, logging.getLogger(name).level) for name in ("", "pacesetter")}
    with redirect_stderr(said):
        logs.configure(as_json=True)
    with TestClient(Starlette(routes=routes, middleware=[Middleware(Observed)]), raise_server_exceptions=False) as client:
        yield client
    for logger, handlers, level in held.values():
        logger.handlers, logger.level = handlers, level


def _slow_lines() -> Iterator[str]:
    for _ in range(3):
        time.sleep(0.2)
        yield "look"


def logged(said: StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def test_an_answer_carries_the_id_that_its_lines_have(client: TestClient, said: StringIO) -> None:
    answer = client.get("/api/people/7?email=nora@example.com")

    asked, request = logged(said)

    assert answer.json() == {"id": 7}
    assert len(answer.headers[HEADER]) == 16
    assert asked["request_id"] == request["request_id"] == answer.headers[HEADER]
    assert (request["event"], request["method"], request["route"], request["path"], request["status"]) == (
        "request",
        "GET",
        "/api/people/{person_id}",
        "/api/people/7",
        200,
    )
    assert "nora" not in str(request)


@pytest.mark.parametrize("given", ["proxy-id.0001", "A" * 64])
def test_a_proxys_id_is_kept(client: TestClient, given: str) -> None:
    assert client.get("/daily", headers={HEADER: given}).headers[HEADER] == given


@pytest.mark.parametrize("given", ["", "short", "A" * 65, "with space 1", "line\tbreak", "nora@example.com", "<script>alert(1)"])
def test_an_odd_id_is_replaced(client: TestClient, given: str) -> None:
    assert client.get("/daily", headers={HEADER: given}).headers[HEADER] != given


def test_a_failure_is_logged_under_the_id_the_caller_got_and_keeps_its_secret(client: TestClient, said: StringIO) -> None:
    answer = client.get("/api/broken")

    lines = logged(said)

    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    failure = next(line for line in lines if line["event"] == "GET /api/broken failed")
    assert (failure["error"], failure["request_id"]) == ("ValueError", answer.headers[HEADER])
    assert lines[-1]["status"] == 500
    assert "hunter2" not in str(lines)


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", "/"),
        ("/daily", "/"),
        ("/static/js/index.js", "/static"),
        ("/media/a.png", "/media"),
        ("/_stcore/health", "/_stcore"),
        ("/api/people/7", "/api/people/{person_id}"),
        ("/api/nothing/nora", "/api/unknown"),
    ],
)
def test_requests_are_counted_by_template_so_that_addresses_make_no_new_series(client: TestClient, path: str, route: str) -> None:
    def total() -> float:
        return sum(
            sample.value
            for family in telemetry.REQUESTS.collect()
            for sample in family.samples
            if sample.name == "app_http_requests_total" and sample.labels["route"] == route
        )

    before = total()
    client.get(path)
    assert total() == before + 1


def test_open_screens_are_counted_while_they_are_open(client: TestClient) -> None:
    before = telemetry.SOCKETS._value.get()
    with client.websocket_connect("/_stcore/stream") as socket:
        assert float(socket.receive_text()) == before + 1
    assert telemetry.SOCKETS._value.get() == before


def test_a_stream_is_timed_until_it_begins_and_not_for_as_long_as_somebody_looks(client: TestClient, said: StringIO) -> None:
    client.get("/api/events")

    assert float(str(logged(said)[-1]["ms"])) < 500
