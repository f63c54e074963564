"""One's own data as a file: all of it, nobody else's, and no proof of who one is."""

import csv
import io
import json
from collections.abc import Callable
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data.engine import Database
from data.models import AuditEntry, EnergyCheckIn, Person
from data.personal.holdings import HOLDINGS
from domain.coaching.energy import Daypart
from domain.records import Role
from tests import builders
from tests.api.conftest import Ask

EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def house(api_database: Database) -> SimpleNamespace:
    """Ana and Ben of one team with a lead, a deal, a call and a check-in each, and their manager."""

    def build(session: Session) -> SimpleNamespace:
        builders.organisation(session)
        north = builders.team(session)
        people = SimpleNamespace(
            ana=builders.person(session, on=north, name="Ana", password_hash="proof-of-ana"),
            ben=builders.person(session, on=north, name="Ben Secret"),
            mia=builders.manager(session, of=north),
            admin=builders.person(session, role=Role.ADMIN),
        )
        for agent in (people.ana, people.ben):
            lead = builders.lead(session, agent, name=f"Client of {agent.name}", company=EVIL)
            builders.deal(session, agent, name=f"Deal of {agent.name}", lead_id=lead.id)
            builders.activity(session, agent, subject=f"Call by {agent.name}")
            builders.goal(session, agent, name=f"Goal of {agent.name}")
            builders.channel(session, person_id=agent.id, label=f"Phone of {agent.name}", sealed_address="sealed-proof")
            session.add(
                EnergyCheckIn(person_id=agent.id, local_on=builders.TUESDAY, daypart=Daypart.MORNING, energy=2, told_at=builders.NOON)
            )
        return people

    return api_database.write(build)


@pytest.fixture
def file_of(ask: Ask, cookie_of: Callable[[Person], dict[str, str]]) -> Callable[[Person], ZipFile]:
    """The file somebody gets."""

    def fetch(person: Person) -> ZipFile:
        answer = ask("GET", "/export/my-data.zip", cookies=cookie_of(person))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"
        return ZipFile(io.BytesIO(answer.content))

    return fetch


def told(file: ZipFile, table: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(file.read(f"{table}.json"))
    return found


def test_it_has_every_table_and_says_what_each_is(house: SimpleNamespace, file_of: Callable[[Person], ZipFile]) -> None:
    file = file_of(house.ana)
    assert file.testzip() is None
    assert {f"{each.table}.json" for each in HOLDINGS} <= set(file.namelist())
    readme = file.read("README.txt").decode()
    assert all(each.about in readme for each in HOLDINGS)
    assert [row["subject"] for row in told(file, "activity")] == ["Call by Ana"]
    assert [row["name"] for row in told(file, "deal")] == ["Deal of Ana"]
    assert [row["energy"] for row in told(file, "energy_check_in")] == [2]
    assert len(told(file, "user_session")) == 1
    assert [row["action"] for row in told(file, "audit_log")] == ["export"]


def test_nothing_of_a_colleague_and_no_proof_is_in_it(house: SimpleNamespace, file_of: Callable[[Person], ZipFile]) -> None:
    for person in (house.ana, house.mia, house.admin):
        file = file_of(person)
        everything = b"".join(file.read(name) for name in file.namelist())
        assert b"Ben" not in everything
        assert b"proof" not in everything.replace(b"other proofs of who you are", b"")


def test_a_spreadsheet_runs_nothing_of_it(house: SimpleNamespace, file_of: Callable[[Person], ZipFile]) -> None:
    lines = list(csv.DictReader(io.StringIO(file_of(house.ana).read("lead.csv").decode("utf-8-sig"))))
    assert [line["company"] for line in lines] == ["'" + EVIL]


def test_that_it_was_taken_is_written_down(house: SimpleNamespace, file_of: Callable[[Person], ZipFile], api_database: Database) -> None:
    file_of(house.ana)
    with api_database.reading() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "export")).one()
    assert (entry.person_id, entry.subject) == (house.ana.id, "view:my-data")
