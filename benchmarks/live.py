"""`python -m benchmarks.live [--sessions 50] [--rate 5] [--seconds 30] [--json]`: telling open screens against letting them ask.

So many people of the demo company have a screen open, agents their Daily, managers and admins the Overview, and click nothing. First
nothing happens, then so many calls a second are written for agents among them. `push` is the product, `poll` the same screens with
`st.fragment(run_every="1s")`. `latency` is from a call's commit to the websocket message that shows it on its agent's screen, `cpu_cores`
what the web process takes, `transactions` what the database sees of it in a second, quiet (`idle_`) and busy.
"""

import argparse
import asyncio
import json
import os
import random
import re
from dataclasses import dataclass, field
from statistics import quantiles
from time import perf_counter
from typing import Any, Final

import httpx
from sqlalchemy import text

import clock
from benchmarks.company import SignedInPerson, company, signed_in
from benchmarks.tab import Tab
from benchmarks.web import Variant, Web, web
from data.engine import Database
from data.models import Activity
from domain.local_time import local_time
from domain.records import ActivityType, Role

WAYS: Final = {"push": Variant(), "poll": Variant(app="benchmarks.polling:app")}
SETTLE_SECONDS: Final = 8.0
QUIET_SECONDS: Final = 15.0
REST_SECONDS: Final = 0.3
"""As the component rests between two drawings of its screen."""
CALLS_APART: Final = 1_000_000
"""So that no way shows a call of the one before."""
LISTENER: Final = "live"
"""The key of the component that listens."""
MARK: Final = re.compile(rb"bench(\d+)end")


@dataclass(slots=True, kw_only=True)
class Watch:
    """When each call was committed, and when a screen showed it."""

    first: int
    """The number of the first call."""
    committed: dict[int, float] = field(default_factory=dict)
    shown: dict[int, float] = field(default_factory=dict)
    runs: int = 0
    """Drawings that arrived."""

    def look_at(self, raw: bytes) -> None:
        """Note calls that a message shows for the first time."""
        for number in MARK.findall(raw):
            self.shown.setdefault(int(number), perf_counter())

    @property
    def latencies(self) -> list[float]:
        """Seconds, for every call that was shown."""
        return [at - self.committed[number] for number, at in self.shown.items() if number in self.committed]


class Screen:
    """An open screen that does what the browser's part of the product does, or what Streamlit's timers do."""

    def __init__(self, tab: Tab, watch: Watch) -> None:
        """It shows its page already."""
        self.tab = tab
        self.watch = watch
        self._wanted = self._asked = False

    async def read(self) -> None:
        """Take what the server sends, for ever."""
        while True:
            raw, message = await self.tab.receive()
            self.watch.look_at(raw)
            match message.WhichOneof("type"):
                case "script_finished":
                    self.watch.runs += 1
                case "delta" if message.delta.new_element.WhichOneof("type") == "bidi_component":
                    self._asked = False
                    await asyncio.sleep(0)

    async def listen(self, server: Web, person: SignedInPerson) -> None:
        """Hear the server's events, as the component does."""
        async with (
            httpx.AsyncClient(cookies={server.cookie_name: person.token}, timeout=httpx.Timeout(10, read=60)) as client,
            client.stream("GET", f"{server.url}/api/events") as answer,
        ):
            async for line in answer.aiter_lines():
                if line == "event: figures":
                    self._wanted = True

    async def ask(self) -> None:
        """Have the screen drawn again when there is news and the last drawing has arrived."""
        while True:
            await asyncio.sleep(0.02)
            if self._wanted and not self._asked:
                self._wanted, self._asked = False, True
                await self.tab.signal(LISTENER, "changed")
                await asyncio.sleep(REST_SECONDS)

    async def repeat(self, fragment_id: str, seconds: float) -> None:
        """Have a fragment drawn again and again, as its timer does."""
        while True:
            await asyncio.sleep(seconds)
            await self.tab.rerun(fragment_id)


def main() -> None:
    """Measure both ways, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.live", description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--rate", type=float, default=5.0, help="calls a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    figures: dict[str, Any] = {"sessions": chosen.sessions, "rate": chosen.rate}
    with company(chosen.sessions) as database:
        people = signed_in(database, chosen.sessions)
        for number, (way, variant) in enumerate(WAYS.items()):
            watch = Watch(first=number * CALLS_APART)
            with web(database, variant) as server:
                found = asyncio.run(measure(server, database, people, watch, rate=chosen.rate, seconds=chosen.seconds))
            figures |= {f"{way}.{key}": value for key, value in found.items()}
    figures["load_average"] = round(os.getloadavg()[0], 1)
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:28} {value}" for key, value in figures.items()))


async def measure(
    server: Web, database: Database, people: list[SignedInPerson], watch: Watch, *, rate: float, seconds: float
) -> dict[str, Any]:
    """Open all screens, watch them in peace, then while calls come in."""
    opened, stop = asyncio.Barrier(len(people) + 1), asyncio.Event()
    async with asyncio.TaskGroup() as group:
        screens = [group.create_task(_screen(server, person, watch, opened, stop)) for person in people]
        await opened.wait()
        await asyncio.sleep(SETTLE_SECONDS)
        quiet = await _watched(server, database, watch, asyncio.sleep(QUIET_SECONDS))
        busy = await _watched(server, database, watch, _write(database, people, watch, rate, seconds))
        await asyncio.sleep(3)
        stop.set()
    assert all(screen.done() for screen in screens)  # noqa: S101 - the group has waited
    steps = [round(step, 3) for step in quantiles(watch.latencies, n=100)] if len(watch.latencies) > 1 else [None] * 99
    return {
        "latency_p50_s": steps[49],
        "latency_p95_s": steps[94],
        "calls": len(watch.committed),
        "never_shown": len(watch.committed.keys() - watch.shown.keys()),
        **{f"idle_{key}": value for key, value in quiet.items()},
        **busy,
    }


async def _watched(server: Web, database: Database, watch: Watch, work: Any) -> dict[str, float]:  # noqa: ANN401 - something to wait for
    before, runs, started = _transactions(database), watch.runs, perf_counter()
    async with server.watched() as taken:
        await work
    seconds = perf_counter() - started
    return {
        "cpu_cores": round(taken.cpu_share, 3),
        "transactions": round((_transactions(database) - before) / seconds, 1),
        "drawings": round((watch.runs - runs) / seconds, 1),
    }


async def _screen(server: Web, person: SignedInPerson, watch: Watch, opened: asyncio.Barrier, stop: asyncio.Event) -> None:
    """One person's open screen; nobody's timers start before everybody's screen is there, or the first would keep the last from opening."""
    async with Tab.open(server.url, {server.cookie_name: person.token}) as tab:
        await tab.visit("daily" if person.role is Role.AGENT else "overview")
        await opened.wait()
        screen = Screen(tab, watch)
        heart = [screen.listen(server, person), screen.ask()] if LISTENER in tab.widgets else []
        timers = [screen.repeat(fragment_id, seconds) for fragment_id, seconds in tab.timers.items()]
        tasks = [asyncio.create_task(part) for part in (screen.read(), *heart, *timers)]
        await stop.wait()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _write(database: Database, people: list[SignedInPerson], watch: Watch, rate: float, seconds: float) -> None:
    dice = random.Random(1)
    agents = [person.person_id for person in people if person.role is Role.AGENT]
    for number in range(watch.first, watch.first + int(rate * seconds)):
        await asyncio.to_thread(_log, database, dice.choice(agents), number)
        watch.committed[number] = perf_counter()
        await asyncio.sleep(dice.expovariate(rate))


def _log(database: Database, agent_id: int, number: int) -> None:
    """One call of the agent, now, marked so that it is found again on screen."""
    now = clock.now()
    with database.writer.begin() as connection:
        zone = connection.execute(text("SELECT time_zone FROM person WHERE id = :id"), {"id": agent_id}).scalar_one()
        at = local_time(now, zone)
        connection.execute(
            Activity.__table__.insert(),  # type: ignore[attr-defined]
            {
                "agent_id": agent_id,
                "type": ActivityType.CALL,
                "subject": f"bench{number}end",
                "occurred_at": now,
                "local_on": at.on,
                "local_hour": at.hour,
            },
        )


def _transactions(database: Database) -> int:
    with database.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return int(connection.execute(text("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()")).scalar_one())


if __name__ == "__main__":
    main()
