"""One account of amoCRM over HTTP: pages of records, single records by id, and the little that is written back."""

import json
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias
from urllib.parse import urlencode

from integrations.amocrm.errors import (
    ForbiddenError,
    KeyRefusedError,
    MissingError,
    NoAnswerError,
    NotTakenError,
    TooFastError,
    TooMuchError,
    UnpaidError,
)
from integrations.http import Reply, UnreachableError, ask
from integrations.plain import cut, readable

SECONDS: Final = 20.0
"""The longest one request may take; amoCRM's own client waits as long."""
LONGEST: Final = 16 * 1024 * 1024
"""Bytes of an answer: 250 leads with a hundred fields each have about 2 MB."""
A_SECOND: Final = 5
"""Requests: amoCRM allows 7 from all integrations of an account together."""
MOST_IDS: Final = 50
"""Records asked for by id at once; more make the address too long."""
Record: TypeAlias = Mapping[str, Any]
Query: TypeAlias = Sequence[tuple[str, str | int]]
OK, MADE, ACCEPTED, EMPTY = 200, 201, 202, 204


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Records in amoCRM's order, and whether there are more."""

    records: tuple[Record, ...]
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """An integration of one's own in amoCRM, as OAuth knows it."""

    client_id: str
    client_secret: str
    redirect_uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What opens an account; the refresh token is good once, and replaced by every refreshing."""

    access: str
    refresh: str
    lives: timedelta


class Pace:
    """Keeps requests apart, so that there are never more than `A_SECOND`."""

    def __init__(
        self, *, a_second: float = A_SECOND, clock: Callable[[], float] = time.monotonic, wait: Callable[[float], None] = time.sleep
    ) -> None:
        """The clock and the waiting are exchanged where a test counts."""
        self._gap, self._clock, self._wait, self._free_at = 1 / a_second, clock, wait, 0.0

    def take(self) -> None:
        """Wait for one's turn."""
        now = self._clock()
        if self._free_at > now:
            self._wait(self._free_at - now)
        self._free_at = max(now, self._free_at) + self._gap


class Client:
    """Asks with one access token; it repeats no page, because whoever reads pages knows where to go on."""

    def __init__(self, base: str, access: str, pace: Pace, *, seconds: float = SECONDS) -> None:
        """`base` is the account's own address."""
        self._base, self._access, self._pace, self._seconds = base.rstrip("/"), access, pace, seconds

    def account(self) -> Record:
        """The account's id, name and currency."""
        return _object(self._send("GET", "account"))

    def page(self, path: str, query: Query, *, number: int, size: int) -> Page:
        """A page of the records at `path`; an answer without content is the end."""
        reply = self._send("GET", path, [*query, ("page", number), ("limit", size)])
        if reply.status == EMPTY:
            return Page(records=(), has_more=False)
        told = _object(reply)
        return Page(records=_embedded(told, path), has_more="next" in (told.get("_links") or {}))

    def by_ids(self, path: str, ids: Collection[int], query: Query = ()) -> list[Record]:
        """The records with these ids that are there, in as many requests as it takes."""
        wanted = sorted(ids)
        found: list[Record] = []
        for start in range(0, len(wanted), MOST_IDS):
            found += self._few(path, wanted[start : start + MOST_IDS], query)
        return found

    def _few(self, path: str, ids: Sequence[int], query: Query) -> list[Record]:
        """Records that fit into one address, by halves where amoCRM cannot answer for so many."""
        few = [("filter[id][]", each) for each in ids]
        try:
            return list(self.page(path, [*query, *few], number=1, size=len(ids)).records)
        except TooMuchError:
            half = len(ids) // 2
            if not half:
                raise
            return [*self._few(path, ids[:half], query), *self._few(path, ids[half:], query)]

    def add_note(self, lead_id: int, text: str) -> int:
        """Write a note at a lead and return its id. Whoever gets no answer does not know whether it was written."""
        made = self._send("POST", f"leads/{lead_id}/notes", payload=[{"note_type": "common", "params": {"text": text}}])
        return _id_of_first(_object(made), "notes")

    def add_task(self, lead_id: int, text: str, *, due_at: datetime, user_id: int | None) -> int:
        """Write a task at a lead and return its id, as `add_note`."""
        task = {"entity_id": lead_id, "entity_type": "leads", "text": text, "complete_till": int(due_at.timestamp())}
        owner = {"responsible_user_id": user_id} if user_id is not None else {}
        return _id_of_first(_object(self._send("POST", "tasks", payload=[task | owner])), "tasks")

    def _send(self, method: str, path: str, query: Query = (), *, payload: object = None) -> Reply:
        self._pace.take()
        url = f"{self._base}/api/v4/{path}{'?' if query else ''}{urlencode(query)}"
        return _asked(method, url, payload, seconds=self._seconds, headers={"Authorization": f"Bearer {self._access}"})


def exchange(base: str, app: App, *, seconds: float = SECONDS, code: str = "", refresh: str = "") -> Keys:
    """Keys for a code that amoCRM showed (good for 20 minutes), or for a refresh token (good once)."""
    grant = {"grant_type": "authorization_code", "code": code} if code else {"grant_type": "refresh_token", "refresh_token": refresh}
    known = {"client_id": app.client_id, "client_secret": app.client_secret, "redirect_uri": app.redirect_uri}
    try:
        told = _object(_asked("POST", f"{base.rstrip('/')}/oauth2/access_token", known | grant, seconds=seconds))
    except NotTakenError:
        raise KeyRefusedError from None
    match told:
        case {"access_token": str(access), "refresh_token": str(new), "expires_in": int(lives)}:
            return Keys(access=access, refresh=new, lives=timedelta(seconds=lives))
    raise NoAnswerError("no token in it")


def _asked(method: str, url: str, payload: object, *, seconds: float, headers: Mapping[str, str] | None = None) -> Reply:
    try:
        reply = ask(method, url, payload=payload, seconds=seconds, headers=headers, longest=LONGEST)
    except UnreachableError as error:
        raise NoAnswerError(str(error)) from None
    _require_good(reply)
    return reply


def _require_good(reply: Reply) -> None:
    match reply.status:
        case 200 | 201 | 202 | 204:
            return
        case 401:
            raise KeyRefusedError
        case 402:
            raise UnpaidError
        case 403:
            raise ForbiddenError
        case 404:
            raise MissingError
        case 400 | 422:
            raise NotTakenError(_why(reply.text))
        case 429:
            raise TooFastError(reply.retry_after)
        case 504:
            raise TooMuchError
    raise NoAnswerError(str(reply.status))


def _object(reply: Reply) -> Record:
    if len(reply.text) >= LONGEST:
        raise TooMuchError
    try:
        told = json.loads(reply.text)
    except ValueError:
        raise NoAnswerError("words that are no JSON") from None
    if not isinstance(told, dict):
        raise NoAnswerError("JSON of another shape")
    return told


def _embedded(told: Record, path: str) -> tuple[Record, ...]:
    """The records of a list, which stand under the last word of its path."""
    lists = told.get("_embedded")
    records = lists.get(path.rsplit("/", 1)[-1]) if isinstance(lists, dict) else None
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise NoAnswerError("a list without records")
    return tuple(records)


def _id_of_first(told: Record, name: str) -> int:
    match _embedded(told, name):
        case ({"id": int(number)}, *_):
            return number
    raise NoAnswerError("no id in it")


def _why(text: str) -> str:
    """What an error says about itself, without anything that would disturb a sentence."""
    try:
        told = json.loads(text)
    except ValueError:
        return ""
    said = told.get("detail") or told.get("hint") or told.get("title") if isinstance(told, dict) else ""
    return cut(readable(str(said or "")).replace("\n", " ").strip().rstrip("."), 150)
