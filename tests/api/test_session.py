"""The sign-in cookie: how it is set, with which flags, and who is refused."""

from collections.abc import Callable
from http.cookies import Morsel, SimpleCookie
from typing import Any

import pytest
from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person, UserSession
from services import people, sign_in
from services.access import viewer
from services.tokens import token_hash
from settings import settings
from tests import builders
from tests.api.conftest import OUR_OWN, Ask

CookieOf = Callable[[Person], dict[str, str]]
FOREIGN = [
    {},
    {"Origin": "http://evil.example"},
    {"Origin": "http://test.evil.example"},
    {"Origin": "http://test:8080"},
    {"Origin": "null"},
    {"Referer": "http://test/"},
]


@pytest.fixture
def ada(api_database: Database) -> Person:
    return api_database.write(lambda session: builders.person(session, password_hash="x"))


@pytest.fixture
def ticket(api_database: Database, ada: Person) -> str:
    return api_database.write(lambda session: sign_in.ticket_for(session, ada.id, clock.now())).value


def cookies_set(answer: Response) -> dict[str, Morsel[str]]:
    jar = SimpleCookie()
    for line in answer.headers.get_list("set-cookie"):
        jar.load(line)
    return dict(jar)


def is_in(ask: Ask, cookies: dict[str, str]) -> bool:
    return ask("GET", "/export/records.csv", cookies=cookies).status_code == 200


def test_a_ticket_becomes_a_cookie_out_of_reach_of_scripts_and_of_other_sites(ask: Ask, ticket: str) -> None:
    answer = ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN)
    assert answer.status_code == 204
    morsel = cookies_set(answer)[settings().cookie_name]
    assert (morsel["httponly"], morsel["samesite"], morsel["path"], morsel["domain"]) == (True, "strict", "/", "")
    assert is_in(ask, {morsel.key: morsel.value})


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(ask: Ask, ticket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PACESETTER_COOKIE_SECURE", "true")
    settings.cache_clear()
    morsel = cookies_set(ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN))["__Host-pacesetter"]
    assert (morsel["secure"], morsel["httponly"], morsel["path"], morsel["domain"]) == (True, True, "/", "")


def test_the_database_knows_only_the_cookies_hash(ask: Ask, api_database: Database, ticket: str) -> None:
    token = cookies_set(ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN))[settings().cookie_name].value
    with api_database.reading() as session:
        stored = session.scalars(select(UserSession)).one()
    assert stored.token_hash == token_hash(token)
    assert len(token) == 43


def test_a_ticket_works_once(ask: Ask, ticket: str) -> None:
    assert [ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN).status_code for _ in range(2)] == [204, 422]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_other_sites_neither_sign_in_nor_out(
    ask: Ask, ada: Person, cookie_of: CookieOf, ticket: str, method: str, headers: dict[str, str]
) -> None:
    cookies = cookie_of(ada)
    answer = ask(method, "/session", cookies=cookies, headers=headers, **({"json": {"ticket": ticket}} if method == "POST" else {}))
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers
    assert is_in(ask, cookies)


@pytest.mark.parametrize(
    "body",
    [
        {"json": {}},
        {"json": {"ticket": ""}},
        {"json": {"ticket": "x" * 101}},
        {"json": ["x"]},
        {"data": {"ticket": "x"}},
        {"content": b"{"},
    ],
)
def test_what_is_not_a_ticket_is_refused_without_a_cookie(ask: Ask, body: dict[str, Any]) -> None:
    answer = ask("POST", "/session", headers=OUR_OWN, **body)
    assert answer.status_code in {415, 422}
    assert "set-cookie" not in answer.headers


def test_a_form_cannot_carry_a_ticket(ask: Ask, ticket: str) -> None:
    body = f'{{"ticket": "{ticket}"}}'
    answer = ask("POST", "/session", headers=OUR_OWN | {"Content-Type": "text/plain"}, content=body)
    assert answer.status_code in {415, 422}


def test_an_unknown_and_a_spent_ticket_get_the_same_answer(ask: Ask, ticket: str) -> None:
    ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN)
    spent = ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN)
    unknown = ask("POST", "/session", json={"ticket": "x" * 43}, headers=OUR_OWN)
    assert (spent.status_code, spent.content) == (unknown.status_code, unknown.content)


def test_signing_out_ends_the_session_and_drops_the_cookie(ask: Ask, ada: Person, cookie_of: CookieOf) -> None:
    cookies = cookie_of(ada)
    answer = ask("DELETE", "/session", cookies=cookies, headers=OUR_OWN)
    assert answer.status_code == 204
    assert cookies_set(answer)[settings().cookie_name]["max-age"] == "0"
    assert not is_in(ask, cookies)


def test_signing_out_as_nobody_is_fine(ask: Ask) -> None:
    assert ask("DELETE", "/session", headers=OUR_OWN).status_code == 204


def test_signing_in_ends_the_browsers_old_session(ask: Ask, ada: Person, cookie_of: CookieOf, ticket: str) -> None:
    old = cookie_of(ada)
    ask("POST", "/session", json={"ticket": ticket}, headers=OUR_OWN, cookies=old)
    assert not is_in(ask, old)


def _deactivate(session: Session, ada: Person, admin: Person) -> None:
    people.deactivate(session, viewer(session, admin.id), ada.id, clock.now())


def _new_password(session: Session, ada: Person, admin: Person) -> None:
    people.issue_password(session, viewer(session, admin.id), ada.id, clock.now())


def _end_sessions(session: Session, ada: Person, admin: Person) -> None:
    people.sign_out_everywhere(session, viewer(session, admin.id), ada.id, clock.now())


@pytest.mark.parametrize("deed", [_deactivate, _new_password, _end_sessions])
def test_a_revoked_cookie_is_worth_nothing_at_once(
    ask: Ask, api_database: Database, ada: Person, cookie_of: CookieOf, deed: Callable[[Session, Person, Person], None]
) -> None:
    cookies = cookie_of(ada)
    admin = api_database.write(lambda session: builders.person(session, role="admin", password_hash="x"))
    api_database.write(lambda session: deed(session, ada, admin))
    refused = ask("GET", "/export/records.csv", cookies=cookies)
    anonymous = ask("GET", "/export/records.csv")
    assert refused.status_code == 401
    assert refused.content == anonymous.content


def test_whoever_must_choose_a_password_is_not_in_yet(ask: Ask, api_database: Database, ada: Person, cookie_of: CookieOf) -> None:
    cookies = cookie_of(ada)
    api_database.write(lambda session: setattr(session.get_one(Person, ada.id), "must_change_password", True))
    assert not is_in(ask, cookies)
