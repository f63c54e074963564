"""`python -m benchmarks.soak [--minutes 10] [--sessions 30] [--think 5] [--json]`: people who come and go for a long time.

So many people of the demo company are there at once, each in a tab of their own over the real websocket protocol; after a minute on
average somebody leaves, and the next person comes in their place. Of the web process's memory and of the connections to its database a
sample is taken every two seconds. The first third of the time is left out: caches fill then, and everything is imported once.
`rss_slope_mb_per_hour` is the slope of the straight line through the rest, `connections_growth` the median of the last third of the
connections less that of the second, `errors` as in `benchmarks.sessions`.

A slope needs time: over ten minutes one megabyte more at the end is nine an hour, so that only hours decide about the figure that is
asked for.
"""

import argparse
import asyncio
import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from statistics import median
from time import perf_counter
from typing import Any, Final

import numpy as np
from sqlalchemy import Engine, create_engine, text
from websockets.exceptions import WebSocketException

from benchmarks.company import SignedInPerson, company, signed_in
from benchmarks.sessions import Seen, in_a_tab
from benchmarks.tab import Tab
from benchmarks.web import Variant, Web, web
from data.engine import Database

STAY: Final = (20.0, 100.0)
"""Seconds somebody is there, the shortest and the longest."""
SAMPLE_SECONDS: Final = 2.0
COLLEAGUES: Final = 3
"""So many times as many people come as are there at once."""
MEGABYTE: Final = 1024 * 1024
CONNECTIONS: Final = "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The web process at a moment."""

    seconds: float
    """Since the beginning."""
    rss_mb: float
    connections: int
    """To its database, from whomever."""


@dataclass(slots=True, kw_only=True)
class House:
    """Who comes, what they go through, and when it is over."""

    server: Web
    people: Iterator[SignedInPerson]
    think: float
    over: asyncio.Event
    seen: Seen
    visits: int = 0


def main() -> None:
    """Make the company, let people come and go, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--sessions", type=int, default=30, help="people who are there at once")
    parser.add_argument("--think", type=float, default=5.0, help="seconds between an answer and the next click, on average")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    crowd = chosen.sessions * COLLEAGUES
    with company(crowd) as database:
        people = signed_in(database, crowd)
        database.close()
        with web(database, Variant()) as server:
            soaked = soak(server, database, people, sessions=chosen.sessions, think=chosen.think, seconds=chosen.minutes * 60)
            found = asyncio.run(soaked)
    figures = {"minutes": chosen.minutes, "sessions": chosen.sessions, **found, "load_average": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:24} {value}" for key, value in figures.items()))


async def soak(
    server: Web, database: Database, people: Sequence[SignedInPerson], *, sessions: int, think: float, seconds: float
) -> dict[str, Any]:
    """People come and go for so long while the process is watched."""
    house = House(server=server, people=cycle(people), think=think, over=asyncio.Event(), seen=Seen(measures=True))
    watching = create_engine(database.writer.url, isolation_level="AUTOCOMMIT")
    async with asyncio.TaskGroup() as group:
        for number in range(sessions):
            group.create_task(_place(house, random.Random(number)))
        samples = await _watched(server, watching, seconds)
        house.over.set()
    watching.dispose()
    return {
        **slopes(samples),
        "visits": house.visits,
        "reruns": len(house.seen.seconds),
        "errors": house.seen.errors.total(),
    } | ({"error_words": dict(house.seen.errors.most_common(3))} if house.seen.errors else {})


async def _place(house: House, dice: random.Random) -> None:
    """A place that somebody has until they leave; then the next comes."""
    await asyncio.sleep(dice.uniform(0, house.think))
    while not house.over.is_set():
        person, leaves = next(house.people), asyncio.Event()
        asyncio.get_running_loop().call_later(dice.uniform(*STAY), leaves.set)
        house.visits += 1
        try:
            async with Tab.open(house.server.url, {house.server.cookie_name: person.token}) as tab:
                await _until(house.over, leaves, in_a_tab(tab, person.role, dice, house.seen, leaves, house.think))
        except (WebSocketException, OSError, TimeoutError) as error:
            house.seen.errors[type(error).__name__] += 1
            await asyncio.sleep(1)


async def _until(over: asyncio.Event, leaves: asyncio.Event, visit: Any) -> None:  # noqa: ANN401 - something to wait for
    """The visit to its end, which comes sooner when everything is over."""
    closing = asyncio.create_task(over.wait())
    closing.add_done_callback(lambda _: leaves.set())
    try:
        await visit
    finally:
        closing.cancel()


async def _watched(server: Web, watching: Engine, seconds: float) -> list[Sample]:
    began, samples = perf_counter(), list[Sample]()
    while (now := perf_counter() - began) < seconds:
        samples.append(await asyncio.to_thread(_sample, server, watching, now))
        await asyncio.sleep(SAMPLE_SECONDS)
    return samples


def _sample(server: Web, watching: Engine, now: float) -> Sample:
    assert server.process is not None  # noqa: S101 - this module started it
    with watching.connect() as connection:
        connections = connection.execute(text(CONNECTIONS), {"name": watching.url.database}).scalar_one()
    return Sample(seconds=now, rss_mb=server.process.memory_info().rss / MEGABYTE, connections=connections)


def slopes(samples: Sequence[Sample]) -> dict[str, Any]:
    """What grew once everything had been opened; raises ValueError for fewer than six samples."""
    third = len(samples) // 3
    if third < 2:  # noqa: PLR2004 - a line needs two points
        raise ValueError("There is nothing to draw a line through yet: let it run for longer.")
    second, last = samples[third : 2 * third], samples[2 * third :]
    warm = [*second, *last]
    slope, _ = np.polyfit([each.seconds / 3600 for each in warm], [each.rss_mb for each in warm], 1)
    connections = [round(median(each.connections for each in part)) for part in (second, last)]
    return {
        "rss_slope_mb_per_hour": round(float(slope), 1),
        "rss_mb_first": round(median(each.rss_mb for each in second)),
        "rss_mb_last": round(median(each.rss_mb for each in last)),
        "connections": connections[1],
        "connections_most": max(each.connections for each in samples),
        "connections_growth": connections[1] - connections[0],
    }


if __name__ == "__main__":
    main()
