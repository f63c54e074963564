"""amoCRM on loopback, as documented: pages, filters and orders of its lists, OAuth with tokens that are good once, its refusals.

`fill` makes an account of any size; everything in it follows from the number, so that a test can compare what arrived.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.http import OutsideWorld, Request, Response

TOKEN = "CANARY-long-lived-token"
BEGAN = 1_767_225_600
"""2026-01-01 00:00 UTC, when the first record was made."""
PIPELINE, NEW, TALKS, WON, LOST = 7001, 7101, 7102, 142, 143
ROUTE = (NEW, TALKS, WON)
USERS = {501: "ada@example.com", 502: "bo@example.com", 503: "stranger@elsewhere.example"}
SOURCE_FIELD = 9001
MOST, MOST_EVENTS = 250, 100
Row = dict[str, Any]


@dataclass
class Amo(OutsideWorld):
    """An account; `tokens` are those that open it, `faults` are answered first, each once."""

    leads: dict[int, Row] = field(default_factory=dict)
    contacts: dict[int, Row] = field(default_factory=dict)
    lead_notes: dict[int, Row] = field(default_factory=dict)
    contact_notes: dict[int, Row] = field(default_factory=dict)
    tasks: dict[int, Row] = field(default_factory=dict)
    events: dict[str, Row] = field(default_factory=dict)
    users: dict[int, str] = field(default_factory=lambda: dict(USERS))
    currency: str = "USD"
    tokens: set[str] = field(default_factory=lambda: {TOKEN})
    refresh: str = "refresh-0"
    refreshed: int = 0
    faults: Callable[[int, str], Response | None] = lambda _number, _path: None
    """Given the request's number and path, what goes wrong with it."""
    most: int = MOST
    """Records a page has at most."""
    written: list[Any] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def judge(self, request: Request) -> Response:
        parts = urlsplit(request.path)
        with self.lock:
            if fault := self.faults(len(self.requests), parts.path):
                return fault
            if parts.path == "/oauth2/access_token":
                return self._exchange(request.json)
            if request.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
                return problem(401, "Unauthorized")
            return self._answer(parts.path.removeprefix("/api/v4/"), parse_qs(parts.query), request)

    def _exchange(self, asked: Row) -> Response:
        """A refresh token is good once."""
        given = asked.get("refresh_token") or asked.get("code")
        if given not in {self.refresh, "code"} or asked.get("client_secret") != "client-secret":
            return problem(400, "Token has been revoked")
        self.refreshed += 1
        access, self.refresh = f"access-{self.refreshed}", f"refresh-{self.refreshed}"
        self.tokens = {access}
        told = {"token_type": "Bearer", "expires_in": 86400, "access_token": access, "refresh_token": self.refresh}
        return Response(200, json.dumps(told))

    def _answer(self, path: str, query: dict[str, list[str]], request: Request) -> Response:
        if request.body:
            return self._write(path, request.json)
        if path == "account":
            return Response(200, json.dumps({"id": 31, "name": "Acme", "subdomain": "acme", "currency": self.currency}))
        rows = self._rows(path, query)
        most = min(self.most, MOST_EVENTS if path == "events" else MOST)
        return problem(404, "Not found") if rows is None else page(path, rows, query, most=most)

    def _rows(self, path: str, query: dict[str, list[str]]) -> list[Row] | None:
        """Everything the list has; events come newest first, whatever is asked."""
        deleted = query.get("with") == ["only_deleted"]
        lists: dict[str, list[Row]] = {
            "users": [_user(number, email) for number, email in self.users.items()],
            "leads/pipelines": [_pipeline()],
            "leads/custom_fields": [{"id": SOURCE_FIELD, "name": "Source", "type": "text"}],
            "leads": [each for each in self.leads.values() if each["is_deleted"] is deleted],
            "events": sorted(self.events.values(), key=lambda each: (-each["created_at"], each["id"])),
            "contacts": [*self.contacts.values()],
            "leads/notes": [*self.lead_notes.values()],
            "contacts/notes": [*self.contact_notes.values()],
            "tasks": [*self.tasks.values()],
        }
        return lists.get(path)

    def _write(self, path: str, rows: list[Row]) -> Response:
        self.written.append((path, rows))
        name = path.rsplit("/", 1)[-1]
        made = [{"id": 990_000 + len(self.written), "request_id": "0"} for _ in rows]
        return Response(200, json.dumps({"_embedded": {name: made}}))

    def change(self, rows: dict[int, Row], number: int, at: int, **said: Any) -> None:
        """A record changes, as when somebody works there."""
        rows[number] |= said | {"updated_at": at}

    def move(self, number: int, to: int, at: int, by: int = 501) -> None:
        """A lead goes to another stage, with its event."""
        lead = self.leads[number]
        self.events[f"e{number}-{at}"] = event(number, lead["status_id"], to, at, by)
        self.change(self.leads, number, at, status_id=to, closed_at=at if to in {WON, LOST} else None)


def page(path: str, rows: list[Row], query: dict[str, list[str]], *, most: int = MOST) -> Response:
    """A page of the list as amoCRM gives it; nothing at all past its end."""
    number, size = int(query.get("page", ["1"])[0]), min(most, int(query.get("limit", ["50"])[0]))
    found = select(rows, query)
    part = found[(number - 1) * size : number * size]
    if not part:
        return Response(204)
    links = {"self": {"href": "here"}} | ({"next": {"href": "there"}} if len(found) > number * size else {})
    return Response(200, json.dumps({"_page": number, "_links": links, "_embedded": {path.rsplit("/", 1)[-1]: part}}))


def select(rows: list[Row], query: dict[str, list[str]]) -> list[Row]:
    """What the query wants of the rows, in the order it wants."""
    return _ordered(_filtered(rows, query), query)


def _filtered(rows: list[Row], query: dict[str, list[str]]) -> list[Row]:
    if ids := query.get("filter[id][]"):
        rows = [row for row in rows if str(row["id"]) in ids]
    if kinds := query.get("filter[note_type][]"):
        rows = [row for row in rows if row["note_type"] in kinds]
    for name in ("updated_at", "created_at"):
        if since := query.get(f"filter[{name}][from]"):
            rows = _between(rows, name, since=int(since[0]))
        if until := query.get(f"filter[{name}][to]"):
            rows = _between(rows, name, until=int(until[0]))
    return rows


def _between(rows: list[Row], name: str, *, since: int = 0, until: int = 1 << 62) -> list[Row]:
    return [row for row in rows if since <= row[name] <= until]


def _ordered(rows: list[Row], query: dict[str, list[str]]) -> list[Row]:
    for name in ("updated_at", "created_at", "id"):
        if order := query.get(f"order[{name}]"):
            return sorted(rows, key=lambda row: row[name], reverse=order == ["desc"])
    return rows


def problem(status: int, title: str) -> Response:
    body = {"title": title, "type": "https://httpstatus.es", "status": status, "detail": title}
    return Response(status, json.dumps(body), {"Content-Type": "application/problem+json"})


def slow_down(seconds: int) -> Response:
    return Response(429, "<html><body><h1>429 Too Many Requests</h1></body></html>", {"Retry-After": str(seconds)})


def fill(amo: Amo, deals: int) -> None:
    """Deals, one client each but every seventh, three notes and a task each, and the moves that brought them where they are."""
    for number in range(1, deals + 1):
        made = BEGAN + number * 600
        steps = number % 4
        contact = number if number % 7 else None
        amo.leads[number] = lead(number, made, contact=contact)
        if contact:
            amo.contacts[contact] = a_contact(contact, made)
        for step in range(1, min(steps, 2) + 1):
            amo.move(number, ROUTE[step], made + step * 3600, by=501 + number % 2)
        if steps == 3:
            amo.move(number, LOST, made + 9000, by=501 + number % 2)
        _work_on(amo, number, contact, made)


def _work_on(amo: Amo, number: int, contact: int | None, made: int) -> None:
    """A call that hangs on the deal and on its client, a note, a message of a stranger, and a task."""
    base = number * 10
    call = {"uniq": f"u{number}", "duration": 30 + number % 90, "call_status": number % 8 + 1, "phone": "+15550100"}
    amo.lead_notes[base] = note(base, number, "call_out", made + 120, params=call, by=501 + number % 2)
    if contact:
        amo.contact_notes[base + 1] = note(base + 1, contact, "call_out", made + 121, params=call, by=501 + number % 2)
    amo.lead_notes[base + 2] = note(base + 2, number, "common", made + 300, params={"text": f"Note {number}"}, by=501)
    amo.lead_notes[base + 3] = note(base + 3, number, "sms_in", made + 360, params={"text": "Hi"}, by=503 if number % 50 == 0 else 502)
    amo.tasks[base] = task(base, number, made + 86_400, updated_at=made)


def lead(number: int, made: int, *, contact: int | None = None, **said: Any) -> Row:
    contacts = [{"id": contact, "is_main": True}] if contact else []
    return {
        "id": number,
        "name": f"Deal {number}",
        "price": 0 if number % 10 == 0 else 1000 + number,
        "responsible_user_id": 501 + number % 2,
        "status_id": NEW,
        "pipeline_id": PIPELINE,
        "created_by": 0,
        "created_at": made,
        "updated_at": made,
        "closed_at": None,
        "is_deleted": False,
        "custom_fields_values": [{"field_id": SOURCE_FIELD, "field_name": "Source", "values": [{"value": "Referral"}]}],
        "_embedded": {"tags": [], "contacts": contacts, "companies": []},
    } | said


def a_contact(number: int, made: int, **said: Any) -> Row:
    fields = [
        {"field_id": 1, "field_code": "PHONE", "values": [{"value": f"+1555{number:07d}", "enum_code": "WORK"}]},
        {"field_id": 2, "field_code": "EMAIL", "values": [{"value": f"client{number}@buyers.example"}]},
    ]
    known = {"id": number, "name": f"Client {number}", "responsible_user_id": 501 + number % 2, "custom_fields_values": fields}
    return known | {"created_at": made, "updated_at": made} | said


def note(number: int, on: int, kind: str, at: int, *, params: Row, by: int = 501) -> Row:
    owners = {"created_by": by, "responsible_user_id": by}
    return {"id": number, "entity_id": on, "note_type": kind, "params": params, "created_at": at, "updated_at": at} | owners


def task(number: int, on: int, due: int, *, updated_at: int, **said: Any) -> Row:
    about = {"entity_id": on, "entity_type": "leads", "responsible_user_id": 501 + on % 2}
    known = {"id": number, "task_type_id": 1 + number % 3, "text": f"Follow up {on}", "duration": 0, "complete_till": due}
    return known | about | {"is_completed": False, "result": [], "created_at": updated_at, "updated_at": updated_at} | said


def event(number: int, before: int, after: int, at: int, by: int) -> Row:
    def stage(status: int) -> list[Row]:
        return [{"lead_status": {"id": status, "pipeline_id": PIPELINE}}]

    known = {"id": f"e{number}-{at}", "type": "lead_status_changed", "entity_id": number, "entity_type": "lead", "created_by": by}
    return known | {"created_at": at, "value_before": stage(before), "value_after": stage(after)}


def _user(number: int, email: str) -> Row:
    return {"id": number, "name": email.split("@", maxsplit=1)[0].title(), "email": email, "rights": {"is_admin": False, "is_active": True}}


def _pipeline() -> Row:
    names = {NEW: "New", TALKS: "Talks", WON: "Closed - won", LOST: "Closed - lost"}
    statuses = [{"id": number, "name": name, "sort": sort, "pipeline_id": PIPELINE} for sort, (number, name) in enumerate(names.items())]
    return {"id": PIPELINE, "name": "Sales", "sort": 1, "is_main": True, "_embedded": {"statuses": statuses}}
