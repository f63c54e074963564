"""Streams in tests: an ear for `GET /api/events` on a real server, and a way to ask for a stream and leave after its first words."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from threading import Thread
from time import sleep

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.live import live_screens
from tests.api.whole import whole_api
from tests.waiting import until

PATIENCE = 10.0
CLOSED = "closed"
"""What an ear hears when the server has ended the stream."""


def leaving_early(app: ASGIApp) -> ASGIApp:
    """The app for a client that closes an event stream after the first words, because it never ends by itself."""

    async def asked(scope: Scope, receive: Receive, send: Send) -> None:
        has_words, is_stream = asyncio.Event(), False

        async def send_on(message: Message) -> None:
            nonlocal is_stream
            is_stream = is_stream or b"text/event-stream" in dict(message.get("headers", [])).get(b"content-type", b"")
            await send(message)
            if is_stream and message.get("body"):
                has_words.set()

        async def receive_or_leave() -> Message:
            if not is_stream:
                return await receive()
            await has_words.wait()
            return {"type": "http.disconnect"}

        await app(scope, receive_or_leave, send_on)
        if is_stream:
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return asked


@contextmanager
def live_server() -> Iterator[str]:
    """The API behind the product's compression, on a real port, listening for changes; its address."""
    app = Starlette(
        routes=[Mount("/api", app=whole_api())], lifespan=lambda _: live_screens(), middleware=[Middleware(GZipMiddleware, compresslevel=5)]
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=1))
        thread = Thread(target=lambda: server.run(sockets=[listener]))
        thread.start()
        until(lambda: server.started)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api"
        server.should_exit = True
        thread.join(PATIENCE)


class Ear:
    """A browser with a stream open."""

    def __init__(self, url: str, cookies: dict[str, str], *, since: str = "") -> None:
        self.url = url
        self.news: Queue[str] = Queue()
        self.words: list[str] = []
        """Every line that came."""
        self.headers: dict[str, str] = {}
        self._client = httpx.Client(cookies=cookies, timeout=httpx.Timeout(PATIENCE, read=60), headers={"Accept-Encoding": "gzip"})
        self._thread = Thread(target=self._listen, args=(f"{url}/events?since={since}",), daemon=True)
        self._thread.start()

    def _listen(self, url: str) -> None:
        try:
            with self._client.stream("GET", url) as answer:
                self.headers = dict(answer.headers)
                for line in answer.iter_lines():
                    self.words.append(line)
                    if line.startswith("event: "):
                        self.news.put(line.removeprefix("event: "))
        except (httpx.HTTPError, RuntimeError):
            pass
        self.news.put(CLOSED)

    def next(self, within: float = PATIENCE) -> str:
        """The next news; raises queue.Empty when there is none in time."""
        return self.news.get(timeout=within)

    def is_silent(self, for_seconds: float = 0.8) -> bool:
        """Whether nothing comes for so long."""
        sleep(for_seconds)
        return self.news.empty()

    def leave(self) -> None:
        """Close the tab."""
        self._client.close()
