"""How long an import of many activities takes, and what memory: `python -m benchmarks.imports [--file F] [--rows N] [--json]`.

Works in a throw-away database of the embedded server, or of DATABASE_URL's server where that is set. Without a file it
generates rows like a call log's.
"""

import argparse
import gzip
import json
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import psutil
from sqlalchemy import create_engine, make_url, text

import clock
from data import migrate
from data.embedded import EmbeddedServer
from data.engine import Database, driver_url
from data.models import Organisation
from services import imports
from services.imports import FieldMapping, Kind, Mapping
from settings import settings

NAME = "pacesetter_benchmark_imports"
MAPPING = Mapping(
    kind=Kind.ACTIVITIES,
    origin="benchmark",
    create_people=True,
    fields={
        "external_id": FieldMapping(column="activity_id"),
        "subject": FieldMapping(column="source_type"),
        "occurred_at": FieldMapping(column="started_at"),
        "duration_seconds": FieldMapping(column="duration_s"),
        "agent": FieldMapping(column="agent_id", default="system 112"),
        "type": FieldMapping(column="type"),
        "direction": FieldMapping(column="direction"),
    },
)


def generated(rows: int) -> bytes:
    """A call log of 60 agents over half a year, the same every time."""
    start = datetime(2026, 1, 5, 8, tzinfo=UTC)
    lines = ["activity_id,deal_id,source_type,started_at,duration_s,agent_id,type,direction"]
    for number in range(rows):
        at = start + timedelta(seconds=number * 190)
        kind = ("call", "task", "email")[number % 3]
        lines.append(f"{number},{number % 9000},Follow-up,{at:%Y-%m-%dT%H:%M:%S},{number % 900}.5,{10_000 + number % 60},{kind},outbound")
    return "\n".join(lines).encode()


class PeakMemory:
    """The highest resident memory of this process while the block runs, in MB above where it began."""

    def __enter__(self) -> Self:
        self.process = psutil.Process()
        self.start = self.process.memory_info().rss
        self.peak = self.start
        self.done = threading.Event()
        self.watcher = threading.Thread(target=self._watch, daemon=True)
        self.watcher.start()
        return self

    def _watch(self) -> None:
        while not self.done.wait(0.02):
            self.peak = max(self.peak, self.process.memory_info().rss)

    def __exit__(self, *_: object) -> None:
        self.done.set()
        self.watcher.join()

    @property
    def megabytes(self) -> float:
        """Growth to the peak."""
        return (self.peak - self.start) / 1024 / 1024


def measured(database: Database, content: bytes, name: str) -> dict[str, Any]:
    """Import the content once, and once more."""
    runs = []
    for _ in range(2):
        with PeakMemory() as memory:
            wall, processor = time.perf_counter(), time.process_time()
            draft = imports.inspect(content, name)
            report = database.write(lambda session, draft=draft: imports.run(session, None, draft, MAPPING, secret=NAME, now=clock.now()))
            seconds, cpu = time.perf_counter() - wall, time.process_time() - processor
        runs.append({"rows": report.rows, "accepted": report.accepted, "inserted": report.inserted, "seconds": round(seconds, 1)})
        runs[-1] |= {"python_cpu_seconds": round(cpu, 1), "peak_mb": round(memory.megabytes)}
    return {"first": runs[0], "again": runs[1]}


def fresh(url: str) -> Database:
    """An empty, migrated database of the benchmark's own on the server."""
    engine = create_engine(driver_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {NAME}"))
    engine.dispose()
    database = Database(make_url(url).set(database=NAME).render_as_string(hide_password=False))
    with database.writer.begin() as connection:
        migrate.upgrade(connection)
    database.write(lambda session: session.add(Organisation(name="Benchmark", currency="EUR", time_zone="Europe/Amsterdam")))
    return database


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--file", type=Path, help="an export of activities with the columns of the generated one")
    arguments.add_argument("--rows", type=int, default=78_401)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    content = chosen.file.read_bytes() if chosen.file else gzip.compress(generated(chosen.rows), mtime=0)
    with tempfile.TemporaryDirectory(prefix="pacesetter-benchmark-") as folder:
        server = None if settings().database_url else EmbeddedServer(Path(folder) / "postgres")
        database = fresh(settings().database_url or (server.start() if server else ""))
        result = measured(database, content, chosen.file.name if chosen.file else "generated.csv.gz")
        database.close()
        if server:
            server.stop()
    if chosen.json:
        print(json.dumps(result))
        return
    for name, figures in result.items():
        print(
            f"{name}: {figures['rows']:,} rows in {figures['seconds']} s, {figures['peak_mb']} MB more memory, {figures['inserted']:,} new"
        )


if __name__ == "__main__":
    main()
