"""`python -m benchmarks.ingest [--json]`: what exact roll-ups cost a writer, as COPY with the triggers against bare COPY.

Both ways write the same rows in turn, each into a database of its own: batches of 1,000 rows of one day (one transaction each), and
one COPY of 50,000 rows over a month. `ratio` is the speed with roll-ups as a share of the bare speed.
"""

import argparse
import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import Any, Final

import numpy as np
from psycopg import Cursor
from sqlalchemy import text

from benchmarks.generated import TODAY
from benchmarks.server import administer, benchmark_server, named
from benchmarks.timing import interleaved
from data import migrate, rollups
from data.engine import Database

AGENTS: Final = 50
BATCHES: Final = {"batch_1000": (1_000, 1, 25), "copy_50000": (50_000, 30, 4)}
"""Rows, days they are spread over, and rounds."""
COLUMNS: Final = "agent_id, type, outcome, occurred_at, local_on, local_hour"
OUTCOMES: Final = ("connected", "no_answer", "left_message", "appointment_set")


def main() -> None:
    """Make the two databases, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ingest", description=__doc__)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with benchmark_server() as server, ExitStack() as stack:
        bare, exact = (_empty(server, name, stack) for name in ("bare", "exact"))
        _drop_triggers(bare)
        figures = {key: value for name in BATCHES for key, value in measure(bare, exact, name).items()}
        figures["drift"] = len(_drift(exact))
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:36} {value}" for key, value in figures.items()))


def measure(bare: Database, exact: Database, name: str) -> dict[str, float]:
    """Rows a second both ways, and their ratio."""
    rows, days, rounds = BATCHES[name]
    lines = _lines(rows, days)
    works: list[Callable[[], object]] = [partial(_write, database, lines) for database in (bare, exact)]
    for work in works:
        work()
    bare_ms, exact_ms = interleaved(works, rounds=rounds)
    return {
        f"{name}.bare_rows_per_s": round(rows / bare_ms * 1000),
        f"{name}.exact_rows_per_s": round(rows / exact_ms * 1000),
        f"{name}.ratio": round(bare_ms / exact_ms, 3),
    }


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


def _drop_triggers(database: Database) -> None:
    with database.writer.begin() as connection:
        for event in rollups.EVENTS:
            connection.execute(text(f"DROP TRIGGER roll_up_{event} ON activity"))


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
