"""Dialers start and end calls, and attach what they recorded, where that is allowed."""

from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

import clock
from data.engine import Database
from data.models import Person, RecordingConsent
from domain.api_scopes import ApiScope
from domain.records import Role
from recorder import recorder
from tests import builders
from tests.api.conftest import Ask, By, Issue, bearing
from tests.fakes import sounds

SOUND = sounds.wav(2)
AUDIO = {"Content-Type": "audio/wav"}


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    def company(session: Session) -> SimpleNamespace:
        builders.organisation(session, country="US")
        team = builders.team(session)
        nora = builders.person(session, name="Nora", on=team, email="nora@example.com")
        call = builders.activity(session, nora, at=clock.now())
        return SimpleNamespace(
            nora=nora,
            sven=builders.person(session, name="Sven"),
            mia=builders.manager(session, of=team),
            ann=builders.person(session, role=Role.ADMIN, password_hash="x"),
            call=call.id,
            mail=builders.activity(session, nora, at=clock.now(), type="email").id,
            lead=builders.lead(session, nora, on=clock.now().date(), name="Ben").id,
        )

    return api_database.write(company)


@pytest.fixture
def lawful(api_database: Database, house: SimpleNamespace) -> None:
    del house
    api_database.write(lambda session: session.add(RecordingConsent(jurisdiction="US", basis="announced", set_at=clock.now())))


def upload(ask: Ask, token: str, activity_id: int, content: bytes = SOUND, **headers: str) -> Any:
    return ask("POST", f"/v1/activities/{activity_id}/recordings", headers=bearing(token) | AUDIO | headers, content=content)


def files() -> int:
    return sum(path.is_file() for path in recorder().store.folder.rglob("*"))


def test_a_call_is_started_told_about_and_ended(by: By, house: SimpleNamespace) -> None:
    begun = by("program", "POST", "/v1/calls", {"agent_email": "nora@example.com", "lead_id": house.lead, "client_phone": "+1 555 0100"})
    assert begun.status_code == 201
    call = begun.json()
    assert (call["agent_name"], call["lead_name"], call["kind"]) == ("Nora", "Ben", "call")
    assert call["recording"] == {
        "allowed": False,
        "why": "Calls are not recorded: no administrator has set yet on what grounds they may be (United States).",
        "basis": None,
        "refusal": "no_consent_basis",
    }
    assert by("nora", "POST", "/v1/calls", {}).json()["error"]["code"] == "call_under_way"
    assert by("nora", "GET", f"/v1/calls/{call['id']}").json() == call

    ended = by("nora", "POST", f"/v1/calls/{call['id']}/finish", {"outcome": "connected", "duration_seconds": 75, "notes": "Hello"})

    assert ended.status_code == 200
    told = ended.json()
    assert (told["type"], told["outcome"], told["duration_seconds"], told["lead_id"]) == ("call", "connected", 75, house.lead)
    assert (told["occurred_at"], told["notes"]) == (call["started_at"], "Hello")
    assert by("nora", "GET", f"/v1/calls/{call['id']}").status_code == 404


def test_a_call_is_dropped_without_a_trace(by: By) -> None:
    call = by("nora", "POST", "/v1/calls", {}).json()
    assert by("sven", "DELETE", f"/v1/calls/{call['id']}").status_code == 404
    assert by("mia", "DELETE", f"/v1/calls/{call['id']}").status_code == 204
    assert by("nora", "POST", "/v1/calls", {"record": False}).status_code == 201


def test_a_program_says_whose_call_it_is_and_a_person_only_their_own(by: By, house: SimpleNamespace) -> None:
    assert by("program", "POST", "/v1/calls", {}).json()["error"]["code"] == "agent_missing"
    assert by("sven", "POST", "/v1/calls", {"agent_id": house.nora.id}).status_code == 404
    assert by("nora", "POST", "/v1/calls", {"record": "yes"}).status_code == 422


def test_nothing_is_attached_while_no_basis_is_set(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    refused = upload(ask, issue(), house.call)
    assert (refused.status_code, refused.json()["error"]["code"], files()) == (403, "no_consent_basis", 0)


@pytest.mark.usefixtures("lawful")
def test_a_recording_is_attached_once_heard_in_parts_and_deleted(ask: Ask, by: By, issue: Issue, house: SimpleNamespace) -> None:
    token = issue()
    first, again = upload(ask, token, house.call), upload(ask, token, house.call)
    assert (first.status_code, again.status_code, first.json() == again.json(), files()) == (201, 200, True, 1)
    made = first.json()
    assert (made["media_type"], made["seconds"], made["size_bytes"], made["transcript_state"]) == ("audio/wav", 2, len(SOUND), "none")

    whole = by("mia", "GET", f"/v1/recordings/{made['id']}/audio")
    assert (whole.content, whole.headers["content-type"], whole.headers["cache-control"]) == (SOUND, "audio/wav", "private, no-store")
    part = ask("GET", f"/v1/recordings/{made['id']}/audio", headers=bearing(token) | {"Range": "bytes=4-9"})
    assert (part.status_code, part.content) == (206, SOUND[4:10])
    assert by("nora", "GET", f"/v1/activities/{house.call}/recordings").json() == {"items": [made]}
    assert by("nora", "GET", f"/v1/recordings/{made['id']}").json() == made

    for address in (f"/v1/recordings/{made['id']}", f"/v1/recordings/{made['id']}/audio", f"/v1/activities/{house.call}/recordings"):
        assert by("sven", "GET", address).status_code == 404
    assert by("sven", "DELETE", f"/v1/recordings/{made['id']}").status_code == 404
    assert by("nora", "DELETE", f"/v1/recordings/{made['id']}").status_code == 204
    assert (by("nora", "GET", f"/v1/recordings/{made['id']}/audio").status_code, files()) == (404, 0)


@pytest.mark.usefixtures("lawful")
def test_a_form_with_a_file_is_as_good_and_repeats_as_one(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    headers, address = bearing(issue()) | {"Idempotency-Key": "call-812"}, f"/v1/activities/{house.call}/recordings"
    first, again = (ask("POST", address, headers=headers, files={"file": ("call.wav", SOUND, "audio/wav")}) for _ in range(2))
    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (201, 201, "true")
    other = ask("POST", address, headers=headers, files={"file": ("call.wav", sounds.wav(1), "audio/wav")})
    assert other.json()["error"]["code"] == "idempotency_key_reused"
    nameless = ask("POST", address, headers=bearing(issue()), files={"sound": ("call.wav", SOUND, "audio/wav")})
    assert (nameless.status_code, nameless.json()["error"]["code"], files()) == (422, "not_a_recording", 1)


@pytest.mark.usefixtures("lawful")
def test_what_is_no_recording_or_too_much_is_refused_and_leaves_nothing(
    ask: Ask, issue: Issue, house: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = issue()
    page = upload(ask, token, house.call, b"<html><script>alert(1)</script>")
    assert (page.status_code, page.json()["error"]["code"]) == (422, "not_a_recording")
    mail = upload(ask, token, house.mail)
    assert (mail.status_code, mail.json()["error"]["code"]) == (422, "not_recordable")
    monkeypatch.setattr("recorder.MEGABYTE", 100)
    recorder.cache_clear()
    large = upload(ask, token, house.call)
    assert (large.status_code, large.json()["error"]["code"], files()) == (413, "too_large", 0)


@pytest.mark.usefixtures("lawful")
def test_an_agent_who_does_not_record_is_not_recorded_by_a_dialer(
    ask: Ask, issue: Issue, api_database: Database, house: SimpleNamespace
) -> None:
    def decline(session: Session) -> None:
        session.get_one(Person, house.nora.id).records_calls = False

    api_database.write(decline)
    refused = upload(ask, issue(), house.call)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "agent_does_not_record")


@pytest.mark.usefixtures("lawful")
def test_hearing_and_attaching_are_scopes_of_their_own(ask: Ask, issue: Issue, house: SimpleNamespace) -> None:
    writer = issue(ApiScope.RECORDINGS_WRITE)
    made = upload(ask, writer, house.call).json()
    address = f"/v1/recordings/{made['id']}/audio"
    assert ask("GET", address, headers=bearing(writer)).json()["error"]["code"] == "missing_scope"
    assert ask("GET", address, headers=bearing(issue(ApiScope.RECORDINGS_READ))).status_code == 200
    assert upload(ask, issue(ApiScope.ACTIVITIES_WRITE), house.call).json()["error"]["code"] == "missing_scope"


def test_a_stranger_cannot_even_begin_to_send(ask: Ask, house: SimpleNamespace) -> None:
    refused = ask("POST", f"/v1/activities/{house.call}/recordings", headers=AUDIO, content=SOUND)
    assert (refused.status_code, files()) == (401, 0)
