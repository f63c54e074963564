"""Training modules: who writes them, what may be in one, and whose completion it is."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from data.models import Person
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import ModuleKind, Role, Skill
from services import training
from services.access import Viewer, viewer
from services.training_input import ModuleDetails, module_details
from tests import builders

NOW = builders.NOON


def details(**fields: Any) -> ModuleDetails:
    known = {"title": "First sentences", "skill": Skill.PROSPECTING, "kind": ModuleKind.MARKDOWN, "body": "Read.", "minutes": 15}
    return module_details(**known | fields)


@pytest.fixture
def admin(session: Session) -> Viewer:
    return viewer(session, builders.person(session, role=Role.ADMIN).id)


@pytest.fixture
def ada(session: Session) -> Person:
    return builders.person(session, name="Ada")


def test_only_an_admin_writes(session: Session, admin: Viewer, ada: Person) -> None:
    module_id = training.create(session, admin, details(), NOW)
    boss = builders.manager(session, of=builders.team(session))
    for who in (ada, boss):
        with pytest.raises(AccessError):
            training.create(session, viewer(session, who.id), details(title="Mine"), NOW)
        with pytest.raises(AccessError):
            training.change(session, viewer(session, who.id), module_id, 1, details(title="Mine"), NOW)


def test_a_title_is_given_once(session: Session, admin: Viewer) -> None:
    training.create(session, admin, details(), NOW)
    with pytest.raises(ConflictError):
        training.create(session, admin, details(title="first SENTENCES"), NOW)


def test_a_change_names_what_it_saw(session: Session, admin: Viewer) -> None:
    module_id = training.create(session, admin, details(), NOW)
    training.change(session, admin, module_id, 1, details(minutes=20), NOW)
    with pytest.raises(ConflictError):
        training.change(session, admin, module_id, 1, details(minutes=30), NOW)
    assert training.module(session, admin, module_id).minutes == 20


def test_what_is_done_is_ones_own_and_stays_the_first_day(session: Session, admin: Viewer, ada: Person) -> None:
    module_id, mine = training.create(session, admin, details(), NOW), viewer(session, ada.id)
    training.complete(session, mine, module_id, NOW)
    training.complete(session, mine, module_id, NOW.replace(year=2027))
    assert training.module(session, mine, module_id).completed_at == NOW
    assert training.module(session, admin, module_id).completed_at is None
    training.take_back(session, mine, module_id)
    assert training.module(session, mine, module_id).completed_at is None


def test_a_retired_module_is_for_admins_alone(session: Session, admin: Viewer, ada: Person) -> None:
    module_id, mine = training.create(session, admin, details(is_active=False), NOW), viewer(session, ada.id)
    assert (training.modules(session, mine), len(training.modules(session, admin))) == ([], 1)
    with pytest.raises(NotFoundError):
        training.complete(session, mine, module_id, NOW)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "link", "url": "http://example.com"},
        {"kind": "link", "url": "javascript:alert(1)"},
        {"kind": "video", "url": "https://user:secret@example.com/"},
        {"kind": "link", "url": "https://example.com/) [x](javascript:1"},
        {"kind": "link", "url": "https://example.com/\u202emlif"},
        {"kind": "link", "url": "https://"},
        {"kind": "link"},
        {"kind": "markdown", "body": " "},
        {"kind": "markdown", "url": "https://example.com"},
        {"title": " "},
        {"title": "x" * 121},
        {"minutes": 0},
        {"skill": "charm"},
        {"body": "\x00"},
    ],
    ids=str,
)
def test_what_cannot_be_a_module_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(InputError):
        details(**fields)


def test_a_page_has_an_address_and_may_say_what_it_is_about() -> None:
    made = details(kind="link", url=" https://example.com/a?b=c ", body="")
    assert (made.url, made.body) == ("https://example.com/a?b=c", "")
