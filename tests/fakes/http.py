"""The outside world on loopback: a server that answers as told, drips, hangs, and remembers everything it was sent."""

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DRIP_SECONDS = 0.1
"""Between two bytes of a slow drip: any timeout per byte is longer."""
HANG, DRIP, DRIP_HEADERS, CLOSE = "hang", "drip", "drip headers", "close"


@dataclass(frozen=True)
class Request:
    """What arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Response:
    """What is answered; `manner` is how, when not simply."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    manner: str = ""


@dataclass
class OutsideWorld:
    """A running server: `say` queues answers; with none queued it judges the request as the real one would."""

    port: int = 0
    requests: list[Request] = field(default_factory=list)
    queue: deque[Response] = field(default_factory=deque)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def say(self, *responses: Response) -> None:
        self.queue.extend(responses)

    def judge(self, request: Request) -> Response:
        """The answer when none is queued."""
        del request
        return Response()


@contextmanager
def running(world: OutsideWorld) -> Iterator[OutsideWorld]:
    """The server on a free port, until the test ends."""

    class Handler(_Handler):
        outside = world

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    world.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield world
    finally:
        world.closing.set()
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


class _Handler(BaseHTTPRequestHandler):
    outside: OutsideWorld
    protocol_version = "HTTP/1.0"

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        request = Request(self.path, dict(self.headers.items()), self.rfile.read(length))
        self.outside.requests.append(request)
        response = self.outside.queue.popleft() if self.outside.queue else self.outside.judge(request)
        try:
            self._answer(response)
        except OSError:
            return

    do_PUT = do_GET = do_POST  # noqa: N815 - the names http.server calls

    def log_message(self, *_: object) -> None:
        """Stay quiet."""

    def _answer(self, response: Response) -> None:
        match response.manner:
            case "hang":
                self.outside.closing.wait(60)
            case "close":
                self.close_connection = True
            case "drip headers":
                self._drip(b"HTTP/1.0 200 OK\r\n" + b"X-Slow: 1\r\n" * 1000)
            case "drip":
                self._head(response, len(response.body) or 1000)
                self._drip(response.body.encode() or b"." * 1000)
            case _:
                self._head(response, len(response.body.encode()))
                self.wfile.write(response.body.encode())

    def _head(self, response: Response, length: int) -> None:
        self.send_response_only(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _drip(self, data: bytes) -> None:
        for byte in data:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            if self.outside.closing.wait(DRIP_SECONDS):
                return
