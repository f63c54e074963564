"""How long a first reading of amoCRM takes, and whether all of it arrived: `python -m benchmarks.amocrm [--deals N] [--json]`.

Reads from an account on loopback that fails every seventh request, into a throw-away database of the embedded server, or of DATABASE_URL's
server where that is set. Ends with an error where anything here differs from the source.
"""

import argparse
import itertools
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete

from benchmarks.imports import fresh
from data.embedded import EmbeddedServer
from data.engine import Database
from data.models import Organisation
from integrations.amocrm.client import A_SECOND
from services.amocrm.sync import sync_due
from settings import settings
from tests.fakes.amocrm import Amo, fill, problem, slow_down
from tests.fakes.http import Response, running
from tests.services import amocrm_world as world

WRONG = (slow_down(1), Response(504, "<html>"), Response(200, "{"), Response(manner="close"), problem(500, "Oops"))


@contextmanager
def failing_account(deals: int) -> Iterator[Amo]:
    """An account of so many deals whose every seventh answer is none."""
    account = Amo()
    fill(account, deals)
    with running(account):
        yield account


@contextmanager
def empty_database() -> Iterator[Database]:
    """A throw-away database without a company."""
    with tempfile.TemporaryDirectory(prefix="pacesetter-benchmark-") as folder:
        server = None if settings().database_url else EmbeddedServer(Path(folder) / "postgres")
        database = fresh(settings().database_url or (server.start() if server else ""))
        database.write(lambda session: session.execute(delete(Organisation)))
        yield database
        database.close()
        if server:
            server.stop()


def read_all(database: Database, account: Amo) -> dict[str, float]:
    """Read until nothing is left, an hour of the product's time a turn, and compare."""
    way = world.connect(database, account, world.people(database))
    account.faults = lambda number, _: WRONG[number // 7 % len(WRONG)] if number % 7 == 0 else None
    began = time.perf_counter()
    for turn in itertools.count():
        sync_due(database, way, "benchmark", lambda turn=turn: world.LATER + timedelta(hours=turn), lambda: False)  # type: ignore[misc]
        if world.is_whole(database):
            break
    seconds, requests = time.perf_counter() - began, len(account.requests)
    equal = world.here(database) == world.there(account)
    return {
        "deals": len(account.leads),
        "requests": requests,
        "seconds": seconds,
        "seconds_at_pace": requests / A_SECOND,
        "equal": float(equal),
    }


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--deals", type=int, default=10_000)
    arguments.add_argument("--json", action="store_true")
    chosen = arguments.parse_args()
    with empty_database() as database, failing_account(chosen.deals) as account:
        found = read_all(database, account)
    print(json.dumps(found) if chosen.json else "\n".join(f"{name:<16} {value:,.1f}" for name, value in found.items()))
    if not found["equal"]:
        raise SystemExit("What is here differs from the source.")


if __name__ == "__main__":
    main()
