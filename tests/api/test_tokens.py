"""Who calls: a person's short-lived token, a program's service token; how each is got, shown, and ended."""

from collections.abc import Callable
from datetime import timedelta

import jwt
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import ApiToken, AuditEntry, Person, UserSession
from domain.api_scopes import ApiScope
from domain.errors import AccessError
from domain.records import Role
from secret_key import secret_key
from services import api_tokens, own_account, passwords, people
from services.access import viewer
from services.person_input import person_details
from services.tokens import token_hash
from settings import settings
from tests import builders
from tests.api.conftest import OUR_OWN, Ask, Issue, bearing

pytestmark = pytest.mark.usefixtures("cheap_hashes")
PASSWORD = "correct horse"


@pytest.fixture
def ada(api_database: Database, cheap_hashes: None) -> Person:
    del cheap_hashes
    return api_database.write(
        lambda session: builders.person(session, name="Ada", email="Ada@example.com", password_hash=passwords.hashed(PASSWORD))
    )


@pytest.fixture
def boss(api_database: Database) -> Person:
    return api_database.write(lambda session: builders.person(session, name="Boss", role=Role.ADMIN, password_hash="x"))


def sign_in(ask: Ask, email: str = "ada@example.com", password: str = PASSWORD) -> str:
    answer = ask("POST", "/v1/auth/token", json={"email": email, "password": password})
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]


def status(ask: Ask, token: str) -> int:
    return ask("GET", "/v1/activities", headers=bearing(token)).status_code


def test_a_password_becomes_a_token_for_a_quarter_of_an_hour(ask: Ask, ada: Person) -> None:
    answer = ask("POST", "/v1/auth/token", json={"email": "ada@EXAMPLE.com", "password": PASSWORD})
    told = answer.json()
    assert (answer.status_code, told["token_type"], told["expires_in"]) == (200, "bearer", 900)
    assert answer.headers["cache-control"] == "no-store"
    assert status(ask, told["access_token"]) == 200
    claims = jwt.decode(told["access_token"], secret_key(), algorithms=["HS256"], audience="pacesetter-api")
    assert (claims["sub"], claims["exp"] - claims["iat"]) == (str(ada.id), 900)


@pytest.mark.parametrize(
    "body",
    [
        {"email": "ada@example.com", "password": "wrong"},
        {"email": "nobody@example.com", "password": PASSWORD},
        {"email": "imported@example.com", "password": PASSWORD},
        {"email": "gone@example.com", "password": PASSWORD},
    ],
)
def test_everything_wrong_gets_the_same_answer(ask: Ask, api_database: Database, ada: Person, body: dict[str, str]) -> None:
    del ada

    def others(session: Session) -> None:
        builders.person(session, email="imported@example.com")
        gone = {"active": False, "deactivated_at": clock.now(), "password_hash": passwords.hashed(PASSWORD)}
        builders.person(session, email="gone@example.com", **gone)

    api_database.write(others)
    answer = ask("POST", "/v1/auth/token", json=body)
    assert answer.status_code == 401
    assert answer.json() == {"error": {"code": "not_signed_in", "message": "The e-mail or the password is not right."}}


def test_an_unknown_account_costs_exactly_one_hash_too(ask: Ask, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    del ada
    hashed = []
    real = passwords.matches
    monkeypatch.setattr(passwords, "matches", lambda password, stored: hashed.append(stored) or real(password, stored))
    for email in ("ada@example.com", "nobody@example.com"):
        ask("POST", "/v1/auth/token", json={"email": email, "password": "wrong"})
    assert len(hashed) == 2


def test_guessing_is_locked_out_as_on_the_sign_in_screen(ask: Ask, ada: Person) -> None:
    del ada
    guesses = [ask("POST", "/v1/auth/token", json={"email": "ada@example.com", "password": "wrong"}).status_code for _ in range(10)]
    refused = ask("POST", "/v1/auth/token", json={"email": "ada@example.com", "password": PASSWORD})
    assert guesses == [401] * 10
    assert (refused.status_code, refused.json()["error"]["code"]) == (429, "too_many_requests")
    assert 800 < int(refused.headers["retry-after"]) <= 900


def test_whoever_has_a_one_time_password_chooses_their_own_first(ask: Ask, api_database: Database, ada: Person) -> None:
    api_database.write(lambda session: setattr(session.get_one(Person, ada.id), "must_change_password", True))
    refused = ask("POST", "/v1/auth/token", json={"email": "ada@example.com", "password": PASSWORD})
    wrong = ask("POST", "/v1/auth/token", json={"email": "ada@example.com", "password": "wrong"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "password_change_required")
    assert wrong.status_code == 401


def test_a_token_ends_by_itself(ask: Ask, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    del ada
    token, now = sign_in(ask), clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=14))
    assert status(ask, token) == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=15))
    assert status(ask, token) == 401


def _sign_out(ask: Ask, token: str) -> None:
    assert ask("DELETE", "/v1/auth/token", headers=bearing(token)).status_code == 204


def _change_role(session: Session, by: Person, of: Person) -> None:
    details = person_details(name="Ada", email="Ada@example.com", role=Role.MANAGER, time_zone="UTC")
    people.edit(session, viewer(session, by.id), of.id, details, clock.now())


def _choose_password(session: Session, _by: Person, of: Person) -> None:
    own_account._replace(session, viewer(session, of.id), "x", "another browser", clock.now())


DEEDS: dict[str, Callable[[Session, Person, Person], object]] = {
    "password change": _choose_password,
    "new one-time password": lambda session, by, of: people.issue_password(session, viewer(session, by.id), of.id, clock.now()),
    "role change": _change_role,
    "deactivation": lambda session, by, of: people.deactivate(session, viewer(session, by.id), of.id, clock.now()),
    "an admin ends all sessions": lambda session, by, of: people.sign_out_everywhere(session, viewer(session, by.id), of.id, clock.now()),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_what_ends_sessions_ends_the_token_at_once(ask: Ask, api_database: Database, ada: Person, boss: Person, deed: str) -> None:
    token = sign_in(ask)
    api_database.write(lambda session: DEEDS[deed](session, boss, ada))
    refused = ask("GET", "/v1/activities", headers=bearing(token))
    assert refused.status_code == 401
    assert refused.content == ask("GET", "/v1/activities").content


def test_signing_out_ends_this_token_and_no_other(ask: Ask, ada: Person) -> None:
    del ada
    first, second = sign_in(ask), sign_in(ask)
    _sign_out(ask, first)
    assert (status(ask, first), status(ask, second)) == (401, 200)


def test_a_token_is_no_cookie_and_its_id_is_none(ask: Ask, ada: Person) -> None:
    del ada
    token = sign_in(ask)
    session_id = jwt.decode(token, options={"verify_signature": False})["jti"]
    for value in (token, session_id):
        assert ask("GET", "/export/records.csv", cookies={settings().cookie_name: value}).status_code == 401


@pytest.mark.parametrize("forge", ["other secret", "no signature", "other person", "other audience"])
def test_a_forged_token_is_worth_nothing(ask: Ask, ada: Person, boss: Person, forge: str) -> None:
    claims = jwt.decode(sign_in(ask), secret_key(), algorithms=["HS256"], audience="pacesetter-api")
    assert claims["sub"] == str(ada.id)
    secret = "another secret that is long enough" if forge == "other secret" else secret_key()
    claims |= {"sub": str(boss.id)} if forge == "other person" else {}
    claims |= {"aud": "elsewhere"} if forge == "other audience" else {}
    made = jwt.encode(claims, None, algorithm="none") if forge == "no signature" else jwt.encode(claims, secret, algorithm="HS256")
    assert status(ask, made) == 401


def test_the_database_keeps_neither_token(ask: Ask, api_database: Database, ada: Person, issue: Issue) -> None:
    del ada
    person_token, service_token = sign_in(ask), issue()
    with api_database.reading() as session:
        stored = " ".join(str(row) for table in (UserSession, ApiToken, AuditEntry) for row in session.scalars(select(table)))
    assert token_hash(service_token) in stored
    assert person_token not in stored
    assert service_token not in stored


def test_the_account_page_lists_it_as_the_api_until_it_ends(ask: Ask, api_database: Database, ada: Person) -> None:
    sign_in(ask)

    def listed(minutes: int) -> list[bool]:
        with api_database.reading() as session:
            now = clock.now() + timedelta(minutes=minutes)
            return [one.is_api for one in own_account.browsers(session, viewer(session, ada.id), token="", now=now)]

    assert (listed(0), listed(16)) == ([True], [])


def test_a_service_token_does_what_its_scopes_name_and_nothing_else(ask: Ask, issue: Issue) -> None:
    token = issue(ApiScope.LEADS_READ)
    refused = ask("GET", "/v1/activities", headers=bearing(token))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "missing_scope")
    assert "activities:read" in refused.json()["error"]["message"]
    assert status(ask, issue(ApiScope.ACTIVITIES_READ)) == 200


def _revoke(session: Session, boss: Person) -> None:
    token_id = session.scalars(select(ApiToken.id)).one()
    api_tokens.revoke(session, viewer(session, boss.id), token_id, clock.now())


def test_a_revoked_service_token_is_worth_nothing_at_once(ask: Ask, api_database: Database, issue: Issue, boss: Person) -> None:
    token = issue()
    api_database.write(lambda session: _revoke(session, boss))
    refused = ask("GET", "/v1/activities", headers=bearing(token))
    assert (refused.status_code, refused.content) == (401, ask("GET", "/v1/activities").content)


def test_an_expired_service_token_is_worth_nothing(ask: Ask, api_database: Database, boss: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    details = api_tokens.new_token_details(name="Dialer", scopes=["activities:read"], days=30)
    token = api_database.write(lambda session: api_tokens.issue(session, viewer(session, boss.id), details, now)).value
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30, seconds=-1))
    assert status(ask, token) == 200
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=30))
    assert status(ask, token) == 401


def test_the_last_use_is_written_at_most_once_a_minute(
    ask: Ask, api_database: Database, issue: Issue, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, now = issue(), clock.now()

    def used(after: timedelta) -> timedelta:
        monkeypatch.setattr(clock, "now", lambda: now + after)
        assert status(ask, token) == 200
        with api_database.reading() as session:
            return session.scalars(select(ApiToken.last_used_at)).one() - now

    assert [used(timedelta(seconds=seconds)).total_seconds() for seconds in (0, 30, 59, 60)] == [0, 0, 0, 60]


def test_making_and_revoking_a_token_is_recorded_without_the_token(api_database: Database, issue: Issue, boss: Person) -> None:
    issue(ApiScope.LEADS_READ)
    api_database.write(lambda session: _revoke(session, boss))
    with api_database.reading() as session:
        entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [(entry.action, entry.details) for entry in entries] == [
        ("token_issued", {"scopes": ["leads:read"], "days": None}),
        ("token_revoked", {}),
    ]


@pytest.mark.parametrize("path", ["/export/records.csv", "/imports/template/leads.csv"])
def test_a_service_token_is_nobody_where_people_are_meant(ask: Ask, issue: Issue, path: str) -> None:
    refused = ask("GET", path, headers=bearing(issue()))
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "people_only")


def test_a_writing_browser_says_that_it_is_on_our_page(ask: Ask, ada: Person, cookie_of: Callable[[Person], dict[str, str]]) -> None:
    cookies = cookie_of(ada)
    for headers, expected in ((OUR_OWN, 201), ({}, 403), ({"Origin": "http://evil.example"}, 403)):
        assert ask("POST", "/v1/activities", cookies=cookies, headers=headers, json={"type": "call"}).status_code == expected


def test_a_token_decides_alone_even_beside_a_cookie(ask: Ask, ada: Person, cookie_of: Callable[[Person], dict[str, str]]) -> None:
    answer = ask("GET", "/v1/activities", cookies=cookie_of(ada), headers=bearing("pst_unknown"))
    assert answer.status_code == 401


@pytest.mark.parametrize("who", ["agent", "manager", "program"])
def test_only_admins_make_and_revoke_tokens(api_database: Database, issue: Issue, who: str) -> None:
    token = issue()
    with api_database.reading() as session:
        program = api_tokens.program_of(session, token, clock.now())
    assert program is not None
    person = api_database.write(lambda session: builders.person(session, role="agent" if who == "program" else who))
    with api_database.reading() as session:
        asking = program.viewer if who == "program" else viewer(session, person.id)
        details = api_tokens.new_token_details(name="Mine", scopes=["leads:read"], days=None)
        for deed in (
            lambda: api_tokens.issue(session, asking, details, clock.now()),
            lambda: api_tokens.revoke(session, asking, program.token_id, clock.now()),
            lambda: api_tokens.all_tokens(session, asking),
        ):
            with pytest.raises(AccessError):
                deed()
