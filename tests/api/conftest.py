"""The API as a client sees it, on an empty database."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from types import SimpleNamespace
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import text
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person
from domain.api_scopes import ApiScope
from domain.records import Role
from recorder import recorder
from secret_key import secret_key
from services import api_sign_in, api_tokens, sessions
from services.access import viewer
from services.sign_in import ticket_for
from settings import settings
from tests import builders
from tests.api.streams import leaving_early
from tests.api.whole import whole_api
from tests.cheap_hashes import cheap_hashes

__all__ = ["cheap_hashes"]

OUR_OWN = {"Origin": "http://test"}
"""What a browser says about requests our own pages make."""
Ask = Callable[..., Response]
Issue = Callable[..., str]
By = Callable[..., Response]


@pytest.fixture
def api_database(own_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Database]:
    """An empty database that routes find as the process's own."""
    monkeypatch.setenv("PACESETTER_HOME", str(tmp_path))
    monkeypatch.setenv("PACESETTER_SECRET", "a secret for tests, at least as long as any real one must be")
    for cached in (settings, secret_key, recorder):
        cached.cache_clear()
    yield own_database
    for cached in (settings, secret_key, recorder):
        cached.cache_clear()


@pytest.fixture
def ask(api_database: Database) -> Ask:
    """A request: `ask("GET", "/health", cookies={…}, headers={…}, json={…})`; `http://test` is our own origin.

    It runs in a thread of its own, because a browser test before it leaves its event loop running in this one.
    """
    del api_database
    api = leaving_early(whole_api())

    async def send(method: str, path: str, cookies: dict[str, str] | None, options: dict[str, Any]) -> Response:
        async with AsyncClient(transport=ASGITransport(app=api), base_url="http://test", cookies=cookies) as client:
            return await client.request(method, path, **options)

    def request(method: str, path: str, *, cookies: dict[str, str] | None = None, **options: Any) -> Response:
        with ThreadPoolExecutor(max_workers=1) as own_thread:
            return own_thread.submit(lambda: asyncio.run(send(method, path, cookies, options))).result()

    return request


@pytest.fixture
def cookie_of(api_database: Database) -> Callable[[Person], dict[str, str]]:
    """The cookies of a browser in which the person is signed in."""

    def sign_in(person: Person) -> dict[str, str]:
        token = api_database.write(lambda session: sessions.open_session(session, person_id=person.id, user_agent="test", now=clock.now()))
        return {settings().cookie_name: token}

    return sign_in


@pytest.fixture
def issue(api_database: Database) -> Issue:
    """A service token with these scopes: `issue(ApiScope.LEADS_READ)`, or with all of them: `issue()`."""

    def make(*scopes: ApiScope) -> str:
        admin = api_database.write(lambda session: builders.person(session, role=Role.ADMIN))
        details = api_tokens.new_token_details(name="Dialer", scopes=scopes or tuple(ApiScope), days=None)
        return api_database.write(lambda session: api_tokens.issue(session, viewer(session, admin.id), details, clock.now())).value

    return make


def bearing(token: str) -> dict[str, str]:
    """The headers of a program that holds the token."""
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def token_of(api_database: Database) -> Callable[[Person], str]:
    """The token of a program in which the person has just signed in."""

    def sign_in(person: Person) -> str:
        def opened(session: Session) -> str:
            ticket = ticket_for(session, person.id, clock.now()).value
            return api_sign_in._opened(session, ticket, secret_key(), "test", clock.now()).value

        return api_database.write(opened)

    return sign_in


def until_somebody_waits(database: Database) -> None:
    """Until one transaction waits for another; fails after half a minute."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
    deadline = monotonic() + 30
    while monotonic() < deadline:
        with database.reading() as session:
            if session.scalar(waiting):
                return
        sleep(0.02)
    raise AssertionError("nobody waits")


@pytest.fixture
def by(ask: Ask, issue: Issue, house: SimpleNamespace, cookie_of: Callable[[Person], dict[str, str]]) -> By:
    """A request as somebody: `by("nora", "PATCH", "/v1/leads/1", {...})`; a `program` has a service token with every scope.

    The people are those of the test file's `house`.
    """
    token = issue()

    def request(who: str, method: str, path: str, body: object = None) -> Response:
        options: dict[str, Any] = {"json": body} if body is not None else {}
        if who == "program":
            return ask(method, path, headers=bearing(token), **options)
        return ask(method, path, cookies=cookie_of(getattr(house, who)), headers=OUR_OWN, **options)

    return request
