"""`python -m benchmarks.ingest [--json]`: what exact roll-ups and announced changes cost a writer, against bare COPY.

All ways write the same rows in turn, each into a database of its own: batches of 1,000 rows of one day (one transaction each), and
one COPY of 50,000 rows over a month. `ratio` is the speed of the product, with roll-ups and announcements, as a share of the bare speed;
`announced` its speed as a share of the speed with roll-ups alone. `commits` are transactions of one row a second, by one writer and by
eight at once: commits that announce something wait for each other.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial
from typing import Any, Final

import numpy as np
import psycopg
from psycopg import Cursor
from sqlalchemy import text

from benchmarks.generated import TODAY
from benchmarks.server import administer, benchmark_server, named
from benchmarks.timing import interleaved
from data import changes, migrate, rollups
from data.engine import Database

AGENTS: Final = 50
BATCHES: Final = {"batch_1000": (1_000, 1, 25), "copy_50000": (50_000, 30, 4)}
"""Rows, days they are spread over, and rounds."""
WRITERS: Final = (1, 8)
SINGLE_COMMITS: Final = 200
SINGLE_ROUNDS: Final = 7
COLUMNS: Final = "agent_id, type, outcome, occurred_at, local_on, local_hour"
OUTCOMES: Final = ("connected", "no_answer", "left_message", "appointment_set")


def main() -> None:
    """Make the two databases, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with benchmark_server() as server, ExitStack() as stack:
        bare, silent, exact = (_empty(server, name, stack) for name in ("bare", "silent", "exact"))
        _drop_triggers(bare, "roll_up", "announce")
        _drop_triggers(silent, "announce")
        stack.enter_context(_listener(exact))
        figures = {key: value for name in BATCHES for key, value in measure(bare, silent, exact, name).items()}
        figures |= {key: value for writers in WRITERS for key, value in commits(silent, exact, writers).items()}
        figures["drift"] = len(_drift(exact))
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:36} {value}" for key, value in figures.items()))


def measure(bare: Database, silent: Database, exact: Database, name: str) -> dict[str, float]:
    """Rows a second each way, and their ratios."""
    rows, days, rounds = BATCHES[name]
    lines = _lines(rows, days)
    works: list[Callable[[], object]] = [partial(_write, database, lines) for database in (bare, silent, exact)]
    for work in works:
        work()
    bare_ms, silent_ms, exact_ms = interleaved(works, rounds=rounds)
    return {
        f"{name}.bare_rows_per_s": round(rows / bare_ms * 1000),
        f"{name}.exact_rows_per_s": round(rows / exact_ms * 1000),
        f"{name}.ratio": round(bare_ms / exact_ms, 3),
        f"{name}.announced": round(silent_ms / exact_ms, 3),
    }


def commits(silent: Database, exact: Database, writers: int) -> dict[str, float]:
    """Transactions of one row a second, silent and announced, by so many writers at once."""
    works: list[Callable[[], object]] = [partial(_write_singly, database, writers) for database in (silent, exact)]
    silent_ms, exact_ms = interleaved(works, rounds=SINGLE_ROUNDS)
    done = writers * SINGLE_COMMITS
    return {
        f"commits_{writers}.silent_per_s": round(done / silent_ms * 1000),
        f"commits_{writers}.announced_per_s": round(done / exact_ms * 1000),
        f"commits_{writers}.ratio": round(silent_ms / exact_ms, 3),
    }


def _write_singly(database: Database, writers: int) -> None:
    """Every writer has an agent and a connection of its own."""
    with ThreadPoolExecutor(max_workers=writers) as pool:
        list(pool.map(partial(_commit_often, database), range(1, writers + 1)))


def _commit_often(database: Database, agent_id: int) -> None:
    insert = f"INSERT INTO activity ({COLUMNS}) VALUES (%s, 'call', 'connected', %s, %s, 12)"
    with database.writer.connect() as connection:
        for _ in range(SINGLE_COMMITS):
            connection.exec_driver_sql(insert, (agent_id, f"{TODAY} 12:15+00", TODAY))
            connection.commit()


@contextmanager
def _listener(database: Database) -> Iterator[None]:
    """Somebody listens, as each web process does; without, announcing costs less."""
    address = database.writer.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"LISTEN {changes.CHANNEL}")
        yield


def _empty(server: str, name: str, stack: ExitStack) -> Database:
    """A migrated database with some agents and nothing else; dropped at the end."""
    full_name = f"pacesetter_bench_ingest_{name}"
    administer(server, f"DROP DATABASE IF EXISTS {full_name} WITH (FORCE)", f"CREATE DATABASE {full_name}")
    stack.callback(administer, server, f"DROP DATABASE IF EXISTS {full_name} WITH (FORCE)")
    database = Database(named(server, full_name))
    stack.callback(database.close)
    people = "INSERT INTO person (name, role, time_zone) SELECT 'Agent ' || n, 'agent', 'UTC' FROM generate_series(1, :agents) n"
    with database.writer.begin() as connection:
        migrate.upgrade(connection)
        connection.execute(text(people), {"agents": AGENTS})
    return database


def _drop_triggers(database: Database, *kinds: str) -> None:
    with database.writer.begin() as connection:
        for kind in kinds:
            for event in rollups.EVENTS:
                connection.execute(text(f"DROP TRIGGER {kind}_{event} ON activity"))


def _lines(rows: int, days: int) -> str:
    """COPY text of calls by everybody over the last days."""
    dice = np.random.default_rng(rows)
    agents = dice.integers(1, AGENTS + 1, rows).tolist()
    back = dice.integers(0, days, rows).tolist()
    hours = dice.integers(8, 19, rows).tolist()
    words = dice.integers(0, len(OUTCOMES), rows).tolist()
    return "".join(
        f"{agent}\tcall\t{OUTCOMES[word]}\t{day} {hour}:15+00\t{day}\t{hour}\n"
        for agent, day, hour, word in zip(agents, (TODAY - timedelta(days=each) for each in back), hours, words, strict=True)
    )


def _write(database: Database, lines: str) -> None:
    """One transaction."""
    with database.writer.begin() as connection:
        cursor: Cursor[Any] = connection.connection.cursor()  # type: ignore[assignment]
        with cursor.copy(f"COPY activity ({COLUMNS}) FROM STDIN") as stream:
            stream.write(lines)


def _drift(database: Database) -> list[tuple[int, str, str]]:
    with database.writer.begin() as connection:
        return rollups.drift(connection)


if __name__ == "__main__":
    main()
