"""Reading an account of amoCRM: what is here equals the source, whatever goes wrong on the way."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from random import Random
from threading import Thread

import pytest
from sqlalchemy import select
from sqlmodel import col

from data.engine import Database
from data.models import Activity, CrmConnection, CrmRefusal, Deal, Lead, Notification, StageChange
from domain.forgotten import contact_traits
from domain.records import DealStatus, LeadStatus, Outcome
from services import forgetting
from services.amocrm import connecting, hooks, keys, mapping
from services.amocrm.connecting import new_connection
from services.amocrm.link import Link
from services.amocrm.overview import overview
from services.amocrm.sync import sync_due
from tests.fakes import amocrm as fake
from tests.fakes.amocrm import Amo, fill, problem, slow_down
from tests.fakes.http import Response, running
from tests.services import amocrm_world as world
from tests.services.amocrm_world import LATER, SECRET

DONE = int(LATER.timestamp())


@pytest.fixture
def amo() -> Iterator[Amo]:
    account = Amo()
    with running(account):
        yield account


def connection(database: Database) -> CrmConnection:
    with database.reading() as session:
        return session.scalars(select(CrmConnection)).one()


class Died(Exception):  # noqa: N818 - it is no error
    """A process is gone, with its transaction."""


def mortal(at: datetime, looks: int) -> Callable[[], datetime]:
    """The clock of a process that dies when it looks once more, wherever it is."""
    left = iter([at] * looks)

    def now() -> datetime:
        for each in left:
            return each
        raise Died

    return now


def test_what_is_read_equals_the_source_and_reading_it_again_changes_nothing(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 30)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    assert world.here(fresh_database) == world.there(amo)
    fresh_database.write(lambda session: connecting.read_again(session, admin, LATER))
    world.read(fresh_database, way)
    assert world.here(fresh_database) == world.there(amo)


def test_faults_and_restarts_lose_and_double_nothing(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 40)
    amo.most = 25
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    wrong = [slow_down(3), Response(504, "<html>"), Response(200, "{"), Response(manner="close"), problem(500, "Oops")]
    amo.faults = lambda number, _: wrong[number // 7 % 5] if number % 7 == 0 else None
    turns = 0
    while connection(fresh_database).synced_at is None:
        turns += 1
        assert turns < 60
        with suppress(Died):
            sync_due(fresh_database, way, f"process {turns}", mortal(LATER + timedelta(hours=turns), 4 + turns % 9), lambda: False)
        amo.move(1 + turns % 40, fake.TALKS, DONE + turns)
    assert turns > 10
    amo.faults = lambda _number, _path: None
    world.read(fresh_database, way, LATER + timedelta(hours=100))
    assert world.here(fresh_database) == world.there(amo)


def test_only_what_changed_since_is_asked_for_with_five_minutes_of_overlap(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 20)
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    world.read(fresh_database, way)
    newest = max(each["updated_at"] for each in amo.leads.values())
    amo.leads[21] = fake.lead(21, newest - 299)
    amo.requests.clear()
    world.read(fresh_database, way, LATER + timedelta(minutes=9))
    assert amo.requests == []
    world.read(fresh_database, way, LATER + timedelta(minutes=10))
    assert any(f"filter%5Bupdated_at%5D%5Bfrom%5D={newest - 300}" in each.path for each in amo.requests)
    assert world.here(fresh_database) == world.there(amo)


def test_a_deleted_deal_goes_and_what_was_done_stays(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 6)
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    world.read(fresh_database, way)
    amo.change(amo.leads, 2, DONE, is_deleted=True)
    world.read(fresh_database, way, LATER + timedelta(hours=1))
    found = world.here(fresh_database)
    assert (2 in found["deals"], ("call-u2", "call", "no_answer", None) in found["work"]) == (False, True)


def test_a_note_that_came_before_its_deal_was_read_brings_the_deal(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 3)
    way = world.connect(fresh_database, amo, world.people(fresh_database))

    def appears(_number: int, path: str) -> None:
        if path.endswith("leads/notes") and 50 not in amo.leads:
            amo.leads[50] = fake.lead(50, DONE, contact=51)
            amo.contacts[51] = fake.a_contact(51, DONE)
            amo.lead_notes[500] = fake.note(500, 50, "common", DONE, params={"text": "New"})

    amo.faults = appears
    world.read(fresh_database, way)
    assert world.here(fresh_database) == world.there(amo)


def test_a_slow_server_is_asked_for_fewer_at_once(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 30)
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    seen: list[str] = []

    def slow(_number: int, path: str) -> Response | None:
        asked = amo.requests[-1].path
        seen.append(asked)
        return Response(504, "<html>") if path.endswith("/leads") and ("limit=250" in asked or "limit=125" in asked) else None

    amo.faults = slow
    world.read(fresh_database, way)
    assert [each for each in seen if "limit=62" in each]
    assert world.here(fresh_database) == world.there(amo)


def test_a_server_that_never_gives_thirty_at_once_is_read_whole(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 80)
    amo.contacts = {number: each for number, each in amo.contacts.items() if number > 35}
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    late = {number: amo.leads.pop(number) for number in range(1, 36)}

    def weak(_number: int, path: str) -> Response | None:
        asked = amo.requests[-1].path
        if path.endswith("leads/notes"):
            amo.leads.update(late)
        lists = path.removeprefix("/api/v4/") in {"leads", "contacts", "tasks", "events", "leads/notes", "contacts/notes"}
        return Response(504, "<html>") if lists and int(asked.rpartition("limit=")[2]) > 30 else None

    amo.faults = weak
    world.read(fresh_database, way)
    found, source = world.here(fresh_database), world.there(amo)
    assert set(found["deals"]) == set(source["deals"])
    assert (found["work"], found["tasks"], found["moves"]) == (source["work"], source["tasks"], source["moves"])
    assert connection(fresh_database).trouble == ""


@pytest.mark.parametrize("seed", [1, 2])
def test_answers_that_do_not_come_here_and_there_lose_and_double_nothing(fresh_database: Database, amo: Amo, seed: int) -> None:
    fill(amo, 60)
    dice = Random(seed)  # noqa: S311 - dice, not secrets
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    amo.faults = lambda _number, _path: Response(504, "<html>") if dice.random() < 0.3 else None
    world.read(fresh_database, way, most_turns=30)
    amo.faults = lambda _number, _path: None
    world.read(fresh_database, way, LATER + timedelta(days=3))
    assert world.here(fresh_database) == world.there(amo)


def test_two_processes_take_turns(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 3)
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    nested: list[int] = []

    def meanwhile(_number: int, _path: str) -> None:
        if not nested:
            nested.append(-1)
            nested[0] = sync_due(fresh_database, way, "two", lambda: LATER, lambda: False)

    amo.faults = meanwhile
    world.read(fresh_database, way)
    assert nested == [0]
    assert world.here(fresh_database) == world.there(amo)


def by_code(database: Database, amo: Amo) -> Link:
    way, admin = world.link(amo), world.people(database)
    said = {"address": amo.url, "client_id": "id", "client_secret": "client-secret", "redirect_uri": "https://x.example", "code": "code"}
    connecting.connect(database, admin, way, new_connection(**said), LATER)
    return way


def test_processes_that_refresh_at_once_make_one_request(fresh_database: Database, amo: Amo) -> None:
    way = by_code(fresh_database, amo)
    got: list[str] = []
    tomorrow = LATER + timedelta(days=1)
    threads = [Thread(target=lambda: got.append(keys.client(fresh_database, way, tomorrow)[1])) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (got, amo.refreshed) == (["access-2"] * 4, 2)


def test_a_key_refused_before_its_time_is_refreshed_once_and_reading_goes_on(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 4)
    way = by_code(fresh_database, amo)
    amo.tokens = set()
    world.read(fresh_database, way)
    assert (amo.refreshed, connection(fresh_database).trouble) == (2, "")
    assert world.here(fresh_database) == world.there(amo)


def test_keys_are_kept_sealed(fresh_database: Database, amo: Amo) -> None:
    by_code(fresh_database, amo)
    with fresh_database.reading() as session:
        row = json.dumps(session.scalars(select(CrmConnection)).one().model_dump(), default=str)
    assert all(secret not in row for secret in ("access-1", "refresh-1", "client-secret"))


@pytest.mark.parametrize(
    ("answer", "again_after", "word"),
    [
        (problem(403, "Forbidden"), timedelta(minutes=10), "administrator"),
        (problem(402, "Pay"), timedelta(hours=1), "not paid"),
        (problem(401, "No"), timedelta(minutes=10), "connect again"),
    ],
)
def test_what_a_person_must_mend_is_told_once_and_amocrm_left_alone(
    fresh_database: Database, amo: Amo, answer: Response, again_after: timedelta, word: str
) -> None:
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    amo.faults = lambda _number, _path: answer
    world.read(fresh_database, way)
    asked = len(amo.requests)
    world.read(fresh_database, way, LATER + again_after - timedelta(seconds=1))
    assert len(amo.requests) == asked
    world.read(fresh_database, way, LATER + again_after)
    assert len(amo.requests) > asked
    with fresh_database.reading() as session:
        told = session.scalars(select(Notification).where(col(Notification.kind) == "crm_trouble")).all()
    assert len(told) == 1
    assert word in told[0].body
    amo.faults = lambda _number, _path: None
    world.read(fresh_database, way, LATER + timedelta(days=1))
    assert connection(fresh_database).trouble == ""


def test_a_pause_amocrm_asks_for_is_kept(fresh_database: Database, amo: Amo) -> None:
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    amo.faults = lambda _number, _path: slow_down(90)
    world.read(fresh_database, way)
    assert connection(fresh_database).not_before == LATER + timedelta(seconds=90)


def test_a_webhook_brings_what_changed_and_takes_what_is_gone(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 5)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    amo.change(amo.leads, 1, DONE, name="Renamed")
    del amo.leads[5], amo.tasks[10]
    with fresh_database.reading() as session:
        found = overview(session, admin, way, LATER)
    assert found is not None
    key, body = found.hook.rsplit("/", 1)[1], b"leads[update][0][id]=1&leads[delete][0][id]=5&task[delete][0][id]=10&leads[add][0][id]=1"
    assert fresh_database.write(lambda session: hooks.take(session, key, body, LATER)) == 3
    world.read(fresh_database, way, LATER + timedelta(minutes=1))
    here = world.here(fresh_database)
    assert (here["deals"][1][0], 5 in here["deals"], ("amocrm-task-10", 1) in here["tasks"]) == ("Renamed", False, False)


def test_a_user_somebody_points_out_brings_their_work(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 50)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    with fresh_database.reading() as session:
        assert session.scalars(select(col(CrmRefusal.external_id))).all() == ["note-503"]
    fresh_database.write(lambda session: mapping.say_who(session, admin, {503: admin.person_id}, LATER))
    world.read(fresh_database, way, LATER + timedelta(seconds=5))
    with fresh_database.reading() as session:
        assert session.scalars(select(CrmRefusal)).all() == []
        found = session.scalars(select(Activity).where(col(Activity.external_id) == "note-503")).one()
    assert found.agent_id == admin.person_id


def test_a_stage_means_what_somebody_says_and_its_deals_follow(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 5)
    admin = world.people(fresh_database)
    way = world.connect(fresh_database, amo, admin)
    world.read(fresh_database, way)
    said = {(fake.PIPELINE, fake.TALKS): ("Qualified", DealStatus.WON)}
    fresh_database.write(lambda session: mapping.name_stages(session, admin, said, LATER))
    fresh_database.write(lambda session: mapping.choose_fields(session, admin, {"source": fake.SOURCE_FIELD}, LATER))
    world.read(fresh_database, way, LATER + timedelta(seconds=5))
    with fresh_database.reading() as session:
        deal = session.scalars(select(Deal).where(col(Deal.external_id) == "5")).one()
        moves = session.scalars(
            select(col(StageChange.to_stage)).where(col(StageChange.deal_id) == deal.id).order_by(col(StageChange.changed_at))
        )
        assert (deal.stage, deal.status, str(deal.closed_on), deal.source) == ("Qualified", DealStatus.WON, "2026-01-01", "Referral")
        assert list(moves) == ["New", "Qualified"]


def test_clients_are_contacted_by_their_first_call_and_converted_by_their_sale(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 4)
    amo.lead_notes[10]["params"] = amo.contact_notes[11]["params"] = {"uniq": "u1", "call_status": 4, "duration": 60}
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    world.read(fresh_database, way)
    with fresh_database.reading() as session:
        clients = {each.external_id: each for each in session.scalars(select(Lead))}
        call = session.scalars(select(Activity).where(col(Activity.external_id) == "call-u1")).one()
    assert (call.outcome, call.lead_id) == (Outcome.CONNECTED, clients["1"].id)
    assert (clients["1"].status, clients["1"].response_seconds) == (LeadStatus.CONTACTED, 120)
    assert (clients["2"].status, str(clients["2"].converted_on)) == (LeadStatus.CONVERTED, "2026-01-01")


def test_amounts_in_another_currency_stay_unknown(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 2)
    amo.currency = "RUB"
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    world.read(fresh_database, way)
    assert {each[3] for each in world.here(fresh_database)["deals"].values()} == {None}


def test_who_asked_to_be_forgotten_does_not_come_back(fresh_database: Database, amo: Amo) -> None:
    fill(amo, 3)
    way = world.connect(fresh_database, amo, world.people(fresh_database))
    traits = contact_traits(email="client2@buyers.example")
    fresh_database.write(lambda session: forgetting.remember(session, SECRET, traits, LATER))
    world.read(fresh_database, way)
    with fresh_database.reading() as session:
        refused = session.scalars(select(CrmRefusal).where(col(CrmRefusal.external_id) == "2")).all()
    assert 2 not in world.here(fresh_database)["clients"]
    assert {each.reason for each in refused} == {"This client asked to be forgotten on 1 Jun 2026."}
