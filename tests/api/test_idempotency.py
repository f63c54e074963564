"""A request that names itself is carried out once, whatever happens in between."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Activity, IdempotencyKey, Person
from domain.errors import ConflictError
from domain.records import Role
from services import activity_feed, idempotency
from services.idempotency import Answer, Named
from tests import builders
from tests.api.conftest import OUR_OWN, Ask, Issue, bearing

Send = Callable[..., Response]


@pytest.fixture
def nora(api_database: Database) -> Person:
    return api_database.write(lambda session: builders.person(session, name="Nora", email="nora@example.com"))


@pytest.fixture
def call(nora: Person) -> dict[str, Any]:
    return {"agent_id": nora.id, "type": "call"}


@pytest.fixture
def send(ask: Ask, issue: Issue) -> Send:
    """A dialer's request: `send("key", {...})`."""
    token = issue()

    def request(key: str | None, body: object, *, path: str = "/v1/activities", token: str = token) -> Response:
        headers = bearing(token) | ({"Idempotency-Key": key} if key is not None else {})
        return ask("POST", path, headers=headers, json=body)

    return request


def count(database: Database, table: type = Activity) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_same_request_is_carried_out_once_and_gets_the_same_answer(send: Send, api_database: Database, call: dict[str, Any]) -> None:
    first, again = send("a", call), send("a", call)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert ("idempotent-replayed" in first.headers, again.headers["idempotent-replayed"]) == (False, "true")
    assert count(api_database) == 1
    assert send("b", call).json()["id"] != first.json()["id"]
    assert send(None, call).status_code == 201
    assert count(api_database) == 3


@pytest.mark.parametrize("other", ["body", "route"])
def test_a_key_used_for_another_request_is_refused(send: Send, api_database: Database, call: dict[str, Any], other: str) -> None:
    send("a", call)
    answer = send("a", call | {"notes": "x"}) if other == "body" else send("a", {"activities": [call]}, path="/v1/activities/batch")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert count(api_database) == 1


def test_keys_of_others_do_not_collide(send: Send, issue: Issue, api_database: Database, call: dict[str, Any]) -> None:
    send("a", call)
    assert "idempotent-replayed" not in send("a", call, token=issue()).headers
    assert count(api_database) == 2


def test_an_error_that_was_carried_out_is_the_answer_too(send: Send, api_database: Database) -> None:
    late = {"agent_email": "later@example.com", "type": "call"}
    first = send("a", late)
    api_database.write(lambda session: builders.person(session, email="later@example.com"))
    again = send("a", late)
    assert [(one.status_code, one.json()["error"]["code"]) for one in (first, again)] == [(404, "not_found")] * 2
    assert send("b", late).status_code == 201


@pytest.mark.parametrize("wrong", [{"type": "nothing"}, {"type": "call"}])
def test_what_was_never_carried_out_keeps_nothing(send: Send, api_database: Database, call: dict[str, Any], wrong: dict[str, str]) -> None:
    assert send("a", wrong).status_code == 422
    assert count(api_database, IdempotencyKey) == 0
    assert send("a", call).status_code == 201


def test_a_fault_in_between_leaves_neither_write_nor_key(
    send: Send, api_database: Database, call: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("the power went off")

    with monkeypatch.context() as patched:
        patched.setattr(activity_feed, "_follow", broken)
        with pytest.raises(RuntimeError):
            send("a", call)
    assert (count(api_database), count(api_database, IdempotencyKey)) == (0, 0)
    assert send("a", call).status_code == 201


def test_a_lost_connection_frees_the_key(api_database: Database) -> None:
    """The process dies after the work and before the commit: nothing is there, and the key is free at once."""
    named = Named(holder="token:1", key="a", route="POST /v1/x", body_sha256="0" * 64)
    connection = api_database.writer.connect()
    session = Session(connection)
    idempotency.once(session, named, _made, clock.now())
    backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with pytest.raises(ConflictError, match="carried out"):
        api_database.write(lambda other: idempotency.once(other, named, _made, clock.now()))
    with api_database.reading() as other:
        other.execute(text("SELECT pg_terminate_backend(:pid, 10000)"), {"pid": backend})
    connection.invalidate()
    session.close()
    answer = api_database.write(lambda other: idempotency.once(other, named, _made, clock.now()))
    assert answer.is_repeated is False
    assert count(api_database, Person) == 1


def _made(session: Session) -> Answer:
    builders.person(session)
    return Answer(status=201, body="{}")


def test_the_same_request_at_the_same_time_is_told_to_wait(
    send: Send, api_database: Database, call: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, finish, real = Event(), Event(), activity_feed._follow

    def slow(*args: Any) -> None:
        begun.set()
        assert finish.wait(30)
        real(*args)

    monkeypatch.setattr(activity_feed, "_follow", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(send, "a", call)
        assert begun.wait(30)
        meanwhile = send("a", call)
        finish.set()
        assert first.result().status_code == 201
    assert (meanwhile.status_code, meanwhile.json()["error"]["code"]) == (409, "idempotency_key_in_use")
    assert send("a", call).content == first.result().content
    assert count(api_database) == 1


def test_a_key_is_free_again_after_a_day(send: Send, api_database: Database, call: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    send("a", call)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=23))
    assert send("a", call).headers["idempotent-replayed"] == "true"
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(hours=25))
    assert "idempotent-replayed" not in send("a", call).headers
    assert count(api_database, IdempotencyKey) == 1


@pytest.mark.parametrize(("key", "status"), [("x" * 255, 201), ("x" * 256, 422), ("", 422), ("a b", 422)])
def test_a_key_is_up_to_255_visible_signs(send: Send, call: dict[str, Any], key: str, status: int) -> None:
    assert send(key, call).status_code == status


def test_a_password_shown_once_is_not_kept(ask: Ask, api_database: Database, cookie_of: Callable[[Person], dict[str, str]]) -> None:
    admin = api_database.write(lambda session: builders.person(session, role=Role.ADMIN, password_hash="x"))
    headers = OUR_OWN | {"Idempotency-Key": "a"}
    body = {"name": "Ada", "email": "ada@example.com", "time_zone": "UTC"}
    first, again = (ask("POST", "/v1/people", cookies=cookie_of(admin), headers=headers, json=body) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert len(first.json()["one_time_password"]) == 16
    assert again.json() == {"person": first.json()["person"], "one_time_password": None}
    with api_database.reading() as session:
        assert first.json()["one_time_password"] not in (session.scalars(select(IdempotencyKey.response)).one() or "")
