"""Asking somebody else's server, in JSON: one time limit for all of it, no redirects, a short answer, no address in any error."""

import logging
import os
import socket
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Timer, local
from typing import Any, Final

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

LONGEST_ANSWER: Final = 64 * 1024
"""Bytes read of an answer; ours are a few hundred."""
AGENT: Final = "Pacesetter"
logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)
"""Its debug lines carry the path, and with it the token of a bot or the key of a webhook."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the other side answered."""

    status: int
    text: str
    headers: Mapping[str, str]

    @property
    def retry_after(self) -> timedelta | None:
        """The pause asked for by the header `Retry-After`; None when there is none to be read.

        It comes in seconds, or as a moment on the other side's clock, which the header `Date` tells.
        """
        asked = self.headers.get("Retry-After", "").strip()
        if asked.isascii() and asked.isdigit():
            return timedelta(seconds=min(int(asked[:9]), _DAY))
        until, now = _moment(asked), _moment(self.headers.get("Date", ""))
        return max(until - now, timedelta(0)) if until and now else None


class UnreachableError(Exception):
    """There was no answer in time, or none that can be read; the message is the kind of trouble, never the address."""


def post_json(url: str, payload: Mapping[str, Any], *, seconds: float, headers: Mapping[str, str] | None = None) -> Reply:
    """Post and read the answer within `seconds`, however slowly it drips; raises UnreachableError.

    A redirect is an answer like any other: where the message goes was decided by who entered the address.
    """
    return ask("POST", url, payload=dict(payload), seconds=seconds, headers=headers)


def ask(
    method: str,
    url: str,
    *,
    seconds: float,
    payload: Any = None,  # noqa: ANN401 - whatever JSON can say
    headers: Mapping[str, str] | None = None,
    longest: int = LONGEST_ANSWER,
) -> Reply:
    """Send a request, with the payload as JSON where there is one, and read at most `longest` bytes; as `post_json` otherwise."""
    if seconds <= 0:
        raise UnreachableError(_LATE)
    ends_at = time.monotonic() + seconds
    with _limited(ends_at), requests.Session() as session:
        session.trust_env = False
        session.mount("http://", _Adapter())
        session.mount("https://", _Adapter())
        try:
            with session.request(
                method,
                url,
                json=payload,
                headers={"User-Agent": AGENT, "Accept-Encoding": "identity", **(headers or {})},
                timeout=seconds,
                allow_redirects=False,
                stream=True,
            ) as response:
                text = response.raw.read(longest, decode_content=False).decode("utf-8", "replace")
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            late = time.monotonic() >= ends_at or isinstance(error, requests.Timeout)
            raise UnreachableError(_LATE if late else type(error).__name__) from None
    if time.monotonic() >= ends_at:
        raise UnreachableError(_LATE)
    return Reply(status=response.status_code, text=text, headers=response.headers)


def _moment(words: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(words)
    except ValueError:
        return None
    return read if read.tzinfo is not None else read.replace(tzinfo=UTC)


_DAY: Final = 24 * 60 * 60
_LATE: Final = "no answer in time"
_NOW: Final = local()
"""The time limit of the request this thread is making, for the connections it opens."""


@contextmanager
def _limited(ends_at: float) -> Iterator[None]:
    """Until the time is over every connection opened in here may live; then it is cut, in the middle of whatever it does."""
    _NOW.ends_at, _NOW.timers = ends_at, []
    try:
        yield
    finally:
        for timer in _NOW.timers:
            timer.cancel()


def _watched(connected: socket.socket) -> socket.socket:
    """The connection, with somebody who cuts it when the time is over.

    A socket's own timeout begins anew with every byte, so that a slow drip never ends; the watch holds a second handle,
    because TLS takes the first one over.
    """
    handle = socket.socket(fileno=os.dup(connected.fileno()))
    timer = _Cut(max(_NOW.ends_at - time.monotonic(), 0.0), handle)
    _NOW.timers.append(timer)
    timer.start()
    return connected


class _Cut(Timer):
    """Shuts a connection down after a while; cancelling only lets go of it."""

    def __init__(self, seconds: float, handle: socket.socket) -> None:
        super().__init__(seconds, self._cut)
        self.daemon, self._handle = True, handle

    def _cut(self) -> None:
        with self._handle as handle:
            try:
                handle.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    def cancel(self) -> None:
        super().cancel()
        self._handle.close()


class _Connection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _watched(super()._new_conn())


class _SecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _watched(super()._new_conn())


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """Connections that end when the time is over."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on as it comes
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
