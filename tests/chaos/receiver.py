"""A Slack that answers like Slack, down three times in ten, and remembers what it accepted."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

DOWN_SHARE = 0.3
SLOWEST_SECONDS = 0.15


@dataclass
class Receiver:
    """Where it answers and what it got."""

    url: str
    accepted: list[tuple[str, str]] = field(default_factory=list)
    """Webhook path and text, in the order they came."""
    refused: int = 0


@contextmanager
def running_receiver(dice: Random) -> Iterator[Receiver]:
    """A receiver on a free port until the block ends."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                fate, pause = dice.random(), dice.random() * SLOWEST_SECONDS
            time.sleep(pause)
            if fate < DOWN_SHARE:
                receiver.refused += 1
                return self._answer(429, "rate_limited", {"Retry-After": "1"}) if fate < DOWN_SHARE / 2 else self._answer(500, "oops", {})
            with lock:
                receiver.accepted.append((self.path, body["text"]))
            return self._answer(200, "ok", {})

        def _answer(self, status: int, words: str, headers: dict[str, str]) -> None:
            """Who asked may have been killed meanwhile."""
            with suppress(ConnectionError):
                self.send_response(status)
                for name, value in (headers | {"Content-Length": str(len(words))}).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(words.encode())

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
