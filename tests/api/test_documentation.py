"""The examples of docs/api.md are run as they stand there, and answered as they say."""

import json
import re
import shlex
from typing import Any

import pytest

from data.engine import Database
from data.models import CrmConnection, RecordingConsent
from services import passwords
from services.amocrm.hooks import digest
from settings import PROJECT
from tests import builders
from tests.api.conftest import Ask, Issue
from tests.api.whole import whole_api
from tests.fakes import sounds

PAGE = (PROJECT / "docs" / "api.md").read_text(encoding="utf-8")
BASE = "http://127.0.0.1:8501/api"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ANYTHING = "…"


def examples() -> list[tuple[str, str]]:
    """Every command with the answer shown under it, in the page's order."""
    found = []
    for block in BLOCK.findall(PAGE):
        for part in re.split(r"^\s*\$ ", block, flags=re.MULTILINE)[1:]:
            if part.startswith("curl") and " -o " in part:
                found.append((part.strip(), ""))
            elif part.startswith("curl"):
                command, brace, shown = part.partition("\n{") if "\n{" in part else _indented(part)
                found.append((command, brace.strip() + shown))
    return found


def _indented(part: str) -> tuple[str, str, str]:
    command, shown = re.split(r"\n\s*(?=\{\"(?:id|created|items)\")", part, maxsplit=1)
    return command, "", shown


def _asked(command: str, token: str) -> tuple[str, str, dict[str, Any]]:
    """Method, path and options of a curl command."""
    words = iter(shlex.split(command.replace("\\\n", " ").replace("$TOKEN", token))[1:])
    method, address, headers, content = "GET", "", {}, None
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-o":
            next(words)
        elif word == "-d":
            method, content = "POST", next(words).encode()
        elif word == "--data-binary":
            assert next(words) == "@call.wav"
            method, content = "POST", sounds.wav(2)
        elif word != "-s":
            address = word
    assert address.startswith(BASE)
    return method, address.removeprefix(BASE), {"headers": headers} | ({"content": content} if content else {})


def assert_shows(shown: Any, answered: Any) -> None:
    """Whether everything the page shows is in the answer; what it leaves out may be there."""
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert_shows(value, answered[key])
    elif isinstance(shown, list):
        assert len(shown) == len(answered)
        for one, other in zip(shown, answered, strict=True):
            assert_shows(one, other)
    elif shown != ANYTHING:
        assert shown == answered


@pytest.mark.usefixtures("cheap_hashes")
def test_every_example_is_answered_as_the_page_says(ask: Ask, api_database: Database, issue: Issue) -> None:
    def company(session: Any) -> None:
        builders.organisation(session)
        session.add(RecordingConsent(jurisdiction="DE", basis="announced", set_at=builders.NOON))
        session.add(CrmConnection(base_url="https://acme.kommo.com", hook_digest=digest("the-key-on-settings"), connected_at=builders.NOON))
        hashed = passwords.hashed("correct horse battery")
        builders.person(session, name="Ada", email="ada@example.com", time_zone="Europe/Berlin", password_hash=hashed)

    api_database.write(company)
    token = issue()
    assert len(examples()) == 65
    for command, shown in examples():
        method, path, options = _asked(command, token)
        answer = ask(method, path, **options)
        assert answer.status_code in {200, 201, 202}, (command, answer.text)
        if shown:
            assert_shows(json.loads(shown), answer.json())
        else:
            assert answer.headers["content-type"] in {"application/pdf", "text/html; charset=utf-8"}


def test_every_operation_says_what_it_does_in_its_title() -> None:
    paths = whole_api().openapi()["paths"]

    assert paths["/v1/activities"]["post"]["summary"] == "Store an activity"
    assert [path for path, methods in paths.items() for operation in methods.values() if " " not in operation["summary"]] == []
