"""What wraps every request: headers, the refusal of foreign pages, the door before Streamlit's open addresses."""

import base64
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from api.middleware import middleware
from api.middleware.headers import SecurityHeaders
from api.middleware.origins import OwnOriginOnly
from api.middleware.policy import content_security_policy, inline_script_hashes
from api.middleware.signed_in import SignedInOnly
from settings import Settings

PAGE = Path(st.__file__).parent / "static" / "index.html"


async def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("passed")


async def greet(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("passed")
    await websocket.close()


def client(*middleware: Middleware) -> TestClient:
    routes = [Route("/{path:path}", answer, methods=["GET", "POST", "PUT", "DELETE"]), WebSocketRoute("/_stcore/stream", greet)]
    return TestClient(Starlette(routes=routes, middleware=list(middleware)), base_url="http://pacesetter.test")


def test_streamlits_inline_script_is_allowed_by_its_hash_and_no_other() -> None:
    html = PAGE.read_text(encoding="utf-8")
    script = html.split("<script>")[1].split("</script>")[0]

    (source,) = inline_script_hashes(html)

    assert source == f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
    assert "'unsafe-inline'" not in content_security_policy("host", (source,)).split("script-src")[1].split(";")[0]
    assert "unsafe-eval" not in content_security_policy("host", (source,))


@pytest.mark.parametrize("host", ["evil; script-src *", "a b", "", "x" * 300])
def test_a_strange_host_does_not_get_into_the_policy(host: str) -> None:
    assert "connect-src 'self' blob:;" in content_security_policy(host, ())


def test_the_whole_wrapping_lets_the_process_start_and_end() -> None:
    told = []

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        told.append("started")
        yield
        told.append("ended")

    with TestClient(Starlette(middleware=middleware(Settings(), PAGE), lifespan=lifespan)):
        assert told == ["started"]
    assert told == ["started", "ended"]


def test_errors_carry_the_headers_too() -> None:
    app = Starlette(middleware=[Middleware(SecurityHeaders, script_hashes=(), https=False)])

    headers = TestClient(app, base_url="http://pacesetter.test").get("/nowhere").headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "connect-src 'self' blob: ws://pacesetter.test wss://pacesetter.test" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_over_https_browsers_are_told_to_stay_there() -> None:
    headers = client(Middleware(SecurityHeaders, script_hashes=(), https=True)).get("/").headers

    assert headers["strict-transport-security"].startswith("max-age=31536000")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize("origin", ["https://evil.test", "null", "http://pacesetter.test.evil.test", "http://pacesetter.test:81"])
def test_a_writing_request_of_a_foreign_page_is_refused(method: str, origin: str) -> None:
    refused = client(Middleware(OwnOriginOnly)).request(method, "/api/session", headers={"Origin": origin})

    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "foreign_origin"


def test_a_cross_site_form_without_origin_is_refused() -> None:
    assert client(Middleware(OwnOriginOnly)).post("/api/session", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


EXTENSION = {"Origin": "chrome-extension://dialer", "Authorization": "Bearer pst_x"}


def test_a_program_that_brings_its_own_token_may_come_from_anywhere() -> None:
    assert client(Middleware(OwnOriginOnly)).post("/api/v1/activities", headers=EXTENSION).text == "passed"


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/api/session", EXTENSION),
        ("/_stcore/upload_file/a/b", EXTENSION),
        ("/api/v1/activities", EXTENSION | {"Authorization": "Basic eDp5"}),
        ("/api/v1/activities", {"Origin": "https://evil.test", "Cookie": "sid=alive"}),
    ],
)
def test_a_token_excuses_nothing_elsewhere(path: str, headers: dict[str, str]) -> None:
    assert client(Middleware(OwnOriginOnly)).post(path, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://pacesetter.test"}, {"Origin": "http://PACESETTER.test"}])
def test_our_own_pages_and_programs_may_write(headers: dict[str, str]) -> None:
    assert client(Middleware(OwnOriginOnly)).post("/api/session", headers=headers).text == "passed"


def test_anybody_may_link_to_us() -> None:
    assert client(Middleware(OwnOriginOnly)).get("/daily", headers={"Origin": "https://evil.test"}).text == "passed"


def test_a_foreign_page_gets_no_websocket() -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        client(Middleware(OwnOriginOnly)).websocket_connect("/_stcore/stream", headers={"Origin": "https://evil.test"}),
    ):
        pass


def test_our_own_page_gets_its_websocket() -> None:
    with client(Middleware(OwnOriginOnly)).websocket_connect(
        "ws://pacesetter.test/_stcore/stream", headers={"Origin": "http://pacesetter.test"}
    ) as websocket:
        assert websocket.receive_text() == "passed"


@pytest.mark.parametrize("path", ["/media/abc.png", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent/interact"])
def test_open_addresses_of_streamlit_ask_for_a_living_session(path: str) -> None:
    door = Middleware(SignedInOnly, cookie_name="sid", is_signed_in=lambda token: token == "alive")

    assert client(door).get(path).status_code == 401
    assert client(door).get(path, headers={"Cookie": "sid=dead"}).json()["error"]["code"] == "not_signed_in"
    assert client(door).get(path, headers={"Cookie": "sid=alive"}).text == "passed"


def test_the_door_stands_nowhere_else() -> None:
    door = Middleware(SignedInOnly, cookie_name="sid", is_signed_in=lambda _token: False)

    assert [client(door).get(path).text for path in ("/", "/_stcore/health", "/static/js/a.js")] == ["passed"] * 3
