"""A script is packed once; whoever asks for anything else gets what was there before."""

from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.middleware.packed_files import PackedFiles

SCRIPT = "export default 1;" * 200


class House:
    """Serves scripts and counts how often it had to."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        middleware = [Middleware(PackedFiles), Middleware(GZipMiddleware)]
        app = Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET", "HEAD"])], middleware=middleware)
        self.client = TestClient(app)

    def _answer(self, request: Request) -> PlainTextResponse:
        self.asked.append(request.url.path)
        missing = "missing" in request.url.path
        kept_for = "no-cache" if "unknown" in request.url.path else "public, immutable"
        return PlainTextResponse(f"{request.url.path} {SCRIPT}", 404 if missing else 200, headers={"Cache-Control": kept_for})


@pytest.fixture
def house() -> House:
    return House()


def test_a_script_is_read_and_packed_once(house: House) -> None:
    first, second = (house.client.get("/static/js/a.1.js") for _ in range(2))
    other = house.client.get("/static/js/b.1.js")
    assert house.asked == ["/static/js/a.1.js", "/static/js/b.1.js"]
    assert (first.text, first.headers) == (second.text, second.headers)
    assert second.headers["content-encoding"] == "gzip"
    assert int(second.headers["content-length"]) < len(SCRIPT)
    assert other.text.startswith("/static/js/b.1.js")


def test_who_cannot_unpack_gets_it_as_it_is(house: House) -> None:
    house.client.get("/static/js/a.1.js")
    plain = house.client.get("/static/js/a.1.js", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text.endswith(SCRIPT)


@pytest.mark.parametrize(
    "condition", [{"Range": "bytes=0-5"}, {"If-None-Match": '"x"'}, {"If-Modified-Since": "Wed, 25 Nov 2026 08:00:00 GMT"}]
)
def test_questions_about_a_file_are_not_answered_from_memory(house: House, condition: dict[str, str]) -> None:
    house.client.get("/static/js/a.1.js")
    house.client.get("/static/js/a.1.js", headers=condition)
    assert len(house.asked) == 2


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/static/js/missing.js"),
        ("GET", "/static/js/unknown.js"),
        ("GET", "/static/js//a.1.js"),
        ("GET", "/static/other/a.1.js"),
        ("GET", "/api/people"),
        ("HEAD", "/static/js/a.1.js"),
    ],
)
def test_only_files_that_are_there_are_kept(house: House, method: str, path: str) -> None:
    statuses = {house.client.request(method, path).status_code for _ in range(2)}
    assert statuses <= {200, 404}
    assert house.asked == [path, path]


def test_whoever_wraps_it_may_write_into_its_headers() -> None:
    async def page(_request: Request) -> PlainTextResponse:
        return PlainTextResponse(SCRIPT, headers={"Cache-Control": "public, immutable"})

    packed = PackedFiles(GZipMiddleware(Starlette(routes=[Route("/static/js/a.js", page)])))

    async def marking(scope: Scope, receive: Receive, send: Send) -> None:
        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"].append((b"x-seen", b"1"))
            await send(message)

        await packed(scope, receive, marked)

    client = TestClient(marking)
    assert [client.get("/static/js/a.js").headers.get_list("x-seen") for _ in range(3)] == [["1"]] * 3


START = {"type": "http.response.start", "status": 200, "headers": []}
HALF = {"type": "http.response.body", "body": b"half", "more_body": True}


@pytest.mark.parametrize("told", [[], [START], [START, HALF]], ids=["nothing", "its headers", "a half"])
def test_what_a_browser_left_in_the_middle_of_is_not_kept(told: list[Message]) -> None:
    async def cut_short(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        for message in told:
            await send(message)

    packed, sent = PackedFiles(cut_short), list[Message]()

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "GET", "path": "/static/js/a.js", "headers": [(b"accept-encoding", b"gzip")]}
    with ThreadPoolExecutor(1) as aside:
        aside.submit(anyio.run, packed, scope, receive, send).result()
    assert (sent, packed.kept) == (told, {})
