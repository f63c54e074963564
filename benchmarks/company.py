"""The demo company with as many people as a measurement needs, each signed in, their first ten minutes behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Table, text
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

import clock
from benchmarks.server import administer, benchmark_server, named
from data import demo, migrate
from data.engine import Database
from domain.records import Role
from services import first_steps, sessions
from services.access import viewer

NAME: Final = "pacesetter_bench_company"
COPIED: Final = ("team_membership", "activity", "lead", "deal")
"""What a new colleague brings along: the history of somebody who is there already."""
LEFT_OUT: Final = frozenset({"id", "external_id", "lead_id", "deal_id", "sublist_contact_id"})
PEOPLE: Final = "SELECT id, role FROM person WHERE active AND email IS NOT NULL AND role IN ('agent', 'manager', 'admin') ORDER BY id"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedInPerson:
    """Somebody with the token of a living session."""

    person_id: int
    role: Role
    token: str


@contextmanager
def company(people: int) -> Iterator[Database]:
    """A database with the demo company as of today, grown to at least so many active people; dropped at the end."""
    with benchmark_server() as server:
        administer(server, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)", f"CREATE DATABASE {NAME}")
        database = Database(named(server, NAME))
        try:
            _fill(database, people)
            yield database
        finally:
            database.close()
            administer(server, f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def signed_in(database: Database, people: int) -> list[SignedInPerson]:
    """So many different people, each with a fresh session; managers and admins are among them as in the company."""
    return database.write(lambda session: [_sign_in(session, person_id, Role(role)) for person_id, role in _people(session)[:people]])


def _fill(database: Database, people: int) -> None:
    with database.writer.begin() as connection:
        migrate.upgrade(connection)
    database.write(lambda session: demo.load(session, today=clock.now().date()))
    with database.writer.begin() as connection:
        _grow(connection, people)
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def _grow(connection: Connection, people: int) -> None:
    """Hire colleagues of the agents there are until there are enough."""
    there = connection.execute(text(PEOPLE)).all()
    models = [row.id for row in there if row.role == Role.AGENT]
    for number in range(people - len(there)):
        _hire(connection, models[number % len(models)], number)


def _hire(connection: Connection, model_id: int, number: int) -> None:
    hired = connection.execute(
        text(
            "INSERT INTO person (name, email, role, time_zone, working_days) "
            "SELECT 'Colleague ' || :number, 'colleague' || :number || '@example.com', role, time_zone, working_days "
            "FROM person WHERE id = :model_id RETURNING id"
        ),
        {"number": number, "model_id": model_id},
    ).scalar_one()
    for name in COPIED:
        table = SQLModel.metadata.tables[name]
        owner = "person_id" if "person_id" in table.c else "agent_id"
        copied = ", ".join(each for each in _columns(table) if each != owner)
        query = f"INSERT INTO {name} ({owner}, {copied}) SELECT :hired, {copied} FROM {name} WHERE {owner} = :model_id"
        connection.execute(text(query), {"hired": hired, "model_id": model_id})


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.c if column.name not in LEFT_OUT]


def _people(session: Session) -> list[tuple[int, str]]:
    """Those who see most first, so that a handful of sessions has them too."""
    rows = session.execute(text(PEOPLE)).all()
    return sorted(((row.id, row.role) for row in rows), key=lambda person: person[1] == Role.AGENT)


def _sign_in(session: Session, person_id: int, role: Role) -> SignedInPerson:
    first_steps.skip(session, viewer(session, person_id), clock.now())
    token = sessions.open_session(session, person_id=person_id, user_agent="benchmark", now=clock.now())
    return SignedInPerson(person_id=person_id, role=role, token=token)
