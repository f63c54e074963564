"""Databases filled with a generated company, kept and used again while the parameters and the code that made them match."""

import hashlib
import inspect
import sys
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from psycopg import Cursor
from sqlalchemy import Connection, text

from benchmarks.server import administer, database_comment, named
from data import changes, migrate, rollups
from data.demo import volume
from data.demo.volume import Volume
from data.engine import Database

TODAY: Final = date(2026, 6, 30)
"""A fixed last day, so that a database made last week still fits."""
SIZES: Final = {"S": Volume(agents=50, days=90), "M": Volume(agents=500, days=365)}


def generated(server: str, name: str, amount: Volume) -> Database:
    """The named database holding the amount, with the newest schema; made by COPY without triggers and then rebuilt, unless it is there."""
    mark = _mark(amount)
    if database_comment(server, name) != mark:
        administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
        _fill(Database(named(server, name)), amount)
        administer(server, f"COMMENT ON DATABASE {name} IS '{mark}'")
        administer(named(server, name), "VACUUM (ANALYZE)")
    database = Database(named(server, name))
    with database.writer.begin() as connection:
        migrate.upgrade(connection)
    return database


def _mark(amount: Volume) -> str:
    """What a database must have been made of: the amount, the code that fills it, and what facts contribute to the roll-up."""
    digest = hashlib.sha256(f"{inspect.getsource(volume)}{rollups.CONTRIBUTIONS}".encode()).hexdigest()[:16]
    return f"{asdict(amount)} {digest}".replace("'", "")


def _fill(database: Database, amount: Volume) -> None:
    with database.writer.begin() as connection:
        migrate.upgrade(connection)
        _triggers(connection, "DISABLE")
        cursor: Cursor[Any] = connection.connection.cursor()  # type: ignore[assignment]
        volume.write(cursor, today=TODAY, volume=amount, progress=_show)
    with database.writer.begin() as connection:
        _triggers(connection, "ENABLE")
        rollups.rebuild(connection)
    database.close()


def _triggers(connection: Connection, word: str) -> None:
    for table in rollups.FACT_TABLES:
        for event in rollups.EVENTS:
            connection.execute(text(f"ALTER TABLE {table} {word} TRIGGER roll_up_{event}"))
    for table in changes.TABLES:
        for event in changes.EVENTS:
            connection.execute(text(f"ALTER TABLE {table} {word} TRIGGER announce_{event}"))


def _show(share: float, words: str) -> None:
    """Progress on the error stream, out of the way of --json."""
    print(f"\rgenerating {share:4.0%} {words}", end="" if share < 1 else "\n", file=sys.stderr, flush=True)
