"""`python -m benchmarks.sessions [--sessions 100] [--think 10] [--seconds 60] [--variant V] [--url U] [--json]`: many people at once.

Each session is a different person of the demo company in a tab of their own, over the real websocket protocol: they open a screen,
wait as somebody who reads does, then step to another day, week or month, choose another period or figure, or open another screen.
`rerun_p95_s` is the 95th percentile of the seconds from a click to the end of its run, over the time in which everybody is there;
`errors` counts runs that failed, showed an error or did not end. The client shares the machine with the server; `cpu_ms_per_rerun`,
what the web process takes of it for one run, depends least on who else does.

`--variant` runs the same with `gc.freeze` off (`no_freeze`), a collection after every run (`collect`), or both (`neither`).
`--url` asks a server that runs already; DATABASE_URL then names its database, in which the people are found and signed in.
"""

import argparse
import asyncio
import json
import os
import random
import sys
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any, Final

from websockets.exceptions import WebSocketException

from benchmarks.company import SignedInPerson, company, signed_in
from benchmarks.tab import Run, Tab
from benchmarks.web import VARIANTS, Taken, Web, web
from data.engine import Database
from domain.records import Role
from settings import settings

SCREENS: Final = ("daily", "weekly", "monthly", "leaderboard")
SCREENS_OF_LEADS: Final = ("overview", *SCREENS)
OPENS_ANOTHER: Final = 0.3
"""The share of clicks that go to another screen."""
CLICKS: Final = {
    "daily": ("step-day-back", "step-day-on"),
    "weekly": ("step-week-back", "step-week-on", "trend"),
    "monthly": ("step-month-back", "trend"),
    "overview": ("filter-period", "trend"),
    "leaderboard": ("filter-period",),
}
"""What is pressed or chosen on a screen, by key."""
PERIODS: Final = ("This week", "Last week", "This month", "Last month")


@dataclass(slots=True)
class Seen:
    """What all sessions together went through."""

    seconds: list[float] = field(default_factory=list)
    """Of every run in the measured time."""
    first_seconds: list[float] = field(default_factory=list)
    """Of everybody's first screen, while they arrive."""
    errors: Counter[str] = field(default_factory=Counter)
    by_click: dict[str, list[float]] = field(default_factory=dict)
    measures: bool = False

    def note(self, click: str, run: Run) -> None:
        """Take a run into account."""
        self.errors.update(run.complaints)
        if self.measures:
            self.seconds.append(run.seconds)
            self.by_click.setdefault(click, []).append(run.seconds)


def main() -> None:
    """Make the company, let everybody work, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sessions", description=__doc__)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--think", type=float, default=10.0, help="seconds between an answer and the next click, on average")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to measure once everybody is there")
    parser.add_argument("--variant", choices=sorted(VARIANTS), default="product")
    parser.add_argument("--url", help="a server that runs already")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with ExitStack() as stack:
        if chosen.url:
            database = Database(settings().database_url or "")
            server = Web(url=chosen.url, process=None)
        else:
            database = stack.enter_context(company(chosen.sessions))
            server = stack.enter_context(web(database, VARIANTS[chosen.variant]))
        people = signed_in(database, chosen.sessions)
        figures = asyncio.run(measure(server, people, think=chosen.think, seconds=chosen.seconds))
    figures = {"variant": chosen.variant, "think_s": chosen.think, **figures, "load_average": round(os.getloadavg()[0], 1)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:20} {value}" for key, value in figures.items()))


async def measure(server: Web, people: list[SignedInPerson], *, think: float, seconds: float) -> dict[str, Any]:
    """Let everybody come in over one think time, then measure."""
    seen, over = Seen(), asyncio.Event()
    async with server.watched() as taken, asyncio.TaskGroup() as group:
        for number, person in enumerate(people):
            group.create_task(_work(server, person, seen, over, think=think, wait=think * number / len(people)))
        await asyncio.sleep(2 * think)
        seen.measures = True
        async with server.watched() as measured:
            await asyncio.sleep(seconds)
        seen.measures = False
        over.set()
    print(_by_click(seen), file=sys.stderr)
    cpu_ms = measured.cpu_share * seconds * 1000 / max(len(seen.seconds), 1)
    return _figures(seen, taken, measured) | {"cpu_ms_per_rerun": round(cpu_ms), "sessions": len(people), "seconds": seconds}


async def _work(server: Web, person: SignedInPerson, seen: Seen, over: asyncio.Event, *, think: float, wait: float) -> None:
    """One person's day; what goes wrong in it is counted and the tab opened again."""
    dice = random.Random(person.person_id)
    await asyncio.sleep(wait)
    while not over.is_set():
        try:
            async with Tab.open(server.url, {server.cookie_name: person.token}) as tab:
                await in_a_tab(tab, person.role, dice, seen, over, think)
        except (WebSocketException, OSError, TimeoutError) as error:
            seen.errors[type(error).__name__] += 1
            await asyncio.sleep(1)


async def in_a_tab(tab: Tab, role: Role, dice: random.Random, seen: Seen, over: asyncio.Event, think: float) -> None:
    """Open a screen and use it, thinking so many seconds in between on average, until it is over."""
    screens = SCREENS if role is Role.AGENT else SCREENS_OF_LEADS
    screen = dice.choice(screens)
    first = await tab.visit(screen)
    seen.first_seconds.append(first.seconds)
    seen.errors.update(first.complaints)
    while not await _is_set_within(over, dice.uniform(0.5, 1.5) * think):
        usable = [key for key in CLICKS[screen] if key in tab.widgets]
        if not usable or dice.random() < OPENS_ANOTHER:
            screen = dice.choice([each for each in screens if each != screen])
            seen.note(f"open {screen}", await tab.visit(screen))
        else:
            key = dice.choice(usable)
            seen.note(f"{screen} {key}", await _use(tab, key, dice))


async def _use(tab: Tab, key: str, dice: random.Random) -> Run:
    options = tab.widgets[key].options
    if not options:
        return await tab.press(key)
    return await tab.choose(key, dice.choice([each for each in options if each in PERIODS] or list(options)))


async def _is_set_within(event: asyncio.Event, seconds: float) -> bool:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


def _figures(seen: Seen, taken: Taken, measured: Taken) -> dict[str, Any]:
    steps = quantiles(seen.seconds, n=100) if len(seen.seconds) > 1 else [float("nan")] * 99
    return {
        "rerun_p50_s": round(steps[49], 3),
        "rerun_p95_s": round(steps[94], 3),
        "rerun_p99_s": round(steps[98], 3),
        "first_screen_p95_s": round(quantiles(seen.first_seconds, n=20)[18], 3),
        "reruns": len(seen.seconds),
        "errors": seen.errors.total(),
        "rss_mb": round(taken.rss_mb),
        "cpu_cores": round(measured.cpu_share, 2),
    } | ({"error_words": dict(seen.errors.most_common(3))} if seen.errors else {})


def _by_click(seen: Seen) -> str:
    lines = sorted(seen.by_click.items())
    return "\n".join(f"{click:32} {len(times):4} × {sum(times) / len(times):6.3f} s" for click, times in lines)


if __name__ == "__main__":
    main()
