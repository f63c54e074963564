"""Connecting amoCRM, deciding about it and writing back: who may, what is checked, what is never done by itself."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from data.engine import Database
from data.models import AuditEntry, CrmConnection, CrmUserLink, Deal, Person
from domain.errors import AccessError, ConflictError, InputError, NotFoundError
from domain.records import DealStatus, Role
from integrations.amocrm.errors import KeyRefusedError, NoAnswerError
from services import access
from services.access import Viewer
from services.amocrm import connecting, keys, mapping, overview, writing
from services.amocrm.connecting import new_connection
from services.amocrm.link import Link
from tests import builders
from tests.fakes.amocrm import TOKEN, Amo, fill
from tests.fakes.http import HANG, Response, running
from tests.services import amocrm_world as world
from tests.services.amocrm_world import LATER


@pytest.fixture
def amo() -> Iterator[Amo]:
    account = Amo()
    with running(account):
        yield account


def seen_by(database: Database, email: str) -> Viewer:
    with database.reading() as session:
        return access.viewer(session, session.scalars(select(col(Person.id)).where(col(Person.email) == email)).one() or 0)


@pytest.mark.parametrize(
    ("told", "base"),
    [
        ("acme.kommo.com", "https://acme.kommo.com"),
        ("https://Acme.amocrm.ru/leads/pipeline/", "https://acme.amocrm.ru"),
        ("https://a-1.amocrm.com", "https://a-1.amocrm.com"),
    ],
)
def test_an_accounts_address_is_taken_as_people_copy_it(told: str, base: str) -> None:
    assert Link(secret="x", product_address="y").base_of(told) == base


@pytest.mark.parametrize(
    "told",
    [
        "http://acme.kommo.com",
        "https://kommo.com",
        "https://acme.kommo.com.evil.example",
        "https://u@acme.kommo.com",
        "https://127.0.0.1",
        "a.b.kommo.com",
        "",
    ],
)
def test_the_server_is_sent_nowhere_else(told: str) -> None:
    with pytest.raises(InputError, match=r"such as https://acme\.kommo\.com"):
        Link(secret="x", product_address="y").base_of(told)


def test_only_administrators_connect_decide_and_look(fresh_database: Database, amo: Amo) -> None:
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    boss = fresh_database.write(lambda session: builders.person(session, role=Role.MANAGER, email="boss@example.com")) and seen_by(
        fresh_database, "boss@example.com"
    )
    said = new_connection(address=amo.url, token=TOKEN)
    decisions: list[Callable[[Session], object]] = [
        lambda session: connecting.disconnect(session, boss, LATER),
        lambda session: connecting.sync_now(session, boss, LATER),
        lambda session: connecting.read_again(session, boss, LATER),
        lambda session: mapping.say_who(session, boss, {}, LATER),
        lambda session: mapping.name_stages(session, boss, {}, LATER),
        lambda session: mapping.choose_fields(session, boss, {}, LATER),
        lambda session: mapping.let_write(session, boss, on=True, now=LATER),
        lambda session: overview.overview(session, boss, way, LATER),
        lambda session: overview.people(session, boss),
        lambda _: connecting.connect(fresh_database, boss, way, said, LATER),
        lambda _: connecting.try_out(fresh_database, boss, way, LATER),
    ]
    for decide in decisions:
        with pytest.raises(AccessError):
            fresh_database.write(decide)


def test_a_key_that_does_not_work_is_not_kept(fresh_database: Database, amo: Amo) -> None:
    admin = world.people(fresh_database)
    with pytest.raises(KeyRefusedError):
        connecting.connect(fresh_database, admin, world.link(amo), new_connection(address=amo.url, token="wrong"), LATER)
    with fresh_database.reading() as session:
        assert session.scalar(select(CrmConnection)) is None


def test_half_an_integration_is_no_way_in() -> None:
    with pytest.raises(InputError, match="all four"):
        new_connection(address="acme.kommo.com", client_id="id", code="code")


def test_a_test_says_what_is_there_and_people_are_found_by_their_address(fresh_database: Database, amo: Amo) -> None:
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    found = connecting.try_out(fresh_database, admin, way, LATER)
    assert (found.name, found.currency, len(found.users), found.pipelines) == ("Acme", "USD", 3, ("Sales",))
    with fresh_database.reading() as session:
        linked = {each.number: each.person_id is not None for each in session.scalars(select(CrmUserLink))}
        assert linked == {501: True, 502: True, 503: False}
        said = session.scalars(select(AuditEntry).where(col(AuditEntry.action) == "crm_connected")).one()
        assert said.details == {"oauth": False}


def test_what_somebody_chose_for_a_user_outlasts_the_next_reading(fresh_database: Database, amo: Amo) -> None:
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    fresh_database.write(lambda session: mapping.say_who(session, admin, {501: None}, LATER))
    world.read(fresh_database, way)
    with fresh_database.reading() as session:
        assert session.get_one(CrmUserLink, 501).person_id is None
    with pytest.raises(NotFoundError):
        fresh_database.write(lambda session: mapping.say_who(session, admin, {501: 99_999}, LATER))
    with pytest.raises(InputError):
        fresh_database.write(lambda session: mapping.name_stages(session, admin, {(7001, 7101): (" ", DealStatus.OPEN)}, LATER))


def test_taken_away_what_came_from_it_stays(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 3)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    fresh_database.write(lambda session: connecting.disconnect(session, admin, LATER))
    amo.requests.clear()
    world.read(fresh_database, way, LATER + timedelta(hours=1))
    assert (len(world.here(fresh_database)["deals"]), amo.requests) == (3, [])


def test_nothing_is_written_back_until_somebody_allows_it_and_then_once(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 2)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    with fresh_database.reading() as session:
        deals = {each.external_id: each.id or 0 for each in session.scalars(select(Deal))}
    ada, bo = seen_by(fresh_database, "ada@example.com"), seen_by(fresh_database, "Bo@Example.com")
    with pytest.raises(ConflictError, match="Nothing is written to amoCRM"):
        writing.write_note(fresh_database, way, bo, deals["1"], "Review", LATER)
    fresh_database.write(lambda session: mapping.let_write(session, admin, on=True, now=LATER))
    writing.write_note(fresh_database, way, bo, deals["1"], "  Review\x00 ", LATER)
    writing.write_task(fresh_database, way, bo, deals["1"], "Call", due_at=LATER, now=LATER)
    due = int(LATER.timestamp())
    task = {"entity_id": 1, "entity_type": "leads", "text": "Call", "complete_till": due, "responsible_user_id": 502}
    assert amo.written == [("leads/1/notes", [{"note_type": "common", "params": {"text": "Review"}}]), ("tasks", [task])]
    with pytest.raises(NotFoundError):
        writing.write_note(fresh_database, way, ada, deals["1"], "Not mine", LATER)
    with pytest.raises(InputError):
        writing.write_note(fresh_database, way, bo, deals["1"], " ", LATER)
    own = fresh_database.write(lambda session: builders.deal(session, session.get_one(Person, bo.person_id))).id or 0
    with pytest.raises(ConflictError, match="not of amoCRM"):
        writing.write_note(fresh_database, way, bo, own, "Elsewhere", LATER)


def test_a_note_without_an_answer_is_not_sent_again(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 1)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    fresh_database.write(lambda session: mapping.let_write(session, admin, on=True, now=LATER))
    with fresh_database.reading() as session:
        deal_id = session.scalars(select(col(Deal.id))).one() or 0
    amo.requests.clear()
    amo.faults = lambda _number, _path: Response(manner=HANG)
    with pytest.raises(NoAnswerError):
        writing.write_note(fresh_database, world.link(amo, seconds=0.3), admin, deal_id, "Review", LATER)
    assert len(amo.requests) == 1


def test_a_token_made_by_hand_is_not_refreshed(fresh_database: Database, amo: Amo) -> None:
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    with pytest.raises(KeyRefusedError):
        keys.client(fresh_database, way, LATER, refused=TOKEN)
