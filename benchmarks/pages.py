"""`python -m benchmarks.pages [--size S|M] [--json]`: each page's data time on the roll-up and on raw facts, from one run.

A page's data are what the boards, trends and the heatmap of one scope read for a period that ends today. `ms` is the time on the
roll-up over 30 days, `ratio_to_raw` how many times longer the same numbers take from the facts; the `_90` keys are 90 days. Both
ways are run in turn and must give equal numbers. `team.` and `organisation.` are the parts of the Pipeline screen and the forecast, each
with its time and its statements. `history_slope` is the log-log slope of the agent page's time over days stored.
"""

import argparse
import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from benchmarks import floor, raw, rolled_up
from benchmarks.generated import SIZES, TODAY, generated
from benchmarks.server import benchmark_server
from benchmarks.timing import interleaved
from data.demo.volume import Volume
from data.engine import Database
from data.models import Person
from domain.access import Scope
from domain.periods import Period
from domain.records import Role
from services import access
from services.access import Viewer

SPANS: Final = {"": 30, "_90": 90}
ROLES: Final = {"agent_page": Role.AGENT, "team_page": Role.MANAGER, "organisation_page": Role.ADMIN}
ROUNDS: Final = {"S": 7, "M": 1}
ROLLED_UP_REPEATS: Final = 5
"""Runs on the roll-up for each run on raw facts, which takes many times longer."""
HISTORIES: Final = (90, 180, 365)
HISTORY_ROUNDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One page over one span."""

    ms: float
    raw_ms: float
    numbers_equal: bool

    @property
    def ratio(self) -> float:
        """How many times longer the raw facts take."""
        return self.raw_ms / self.ms


def main() -> None:
    """Generate what is missing, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="S")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with benchmark_server() as server:
        figures = {"size": chosen.size, **pages(server, chosen.size), "agent_page.history_slope": history_slope(server)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:32} {value}" for key, value in figures.items()))


def pages(server: str, size: str) -> dict[str, Any]:
    """Every page over every span."""
    database = generated(server, f"pacesetter_bench_{size.lower()}", SIZES[size])
    found: dict[str, Any] = {"activities": SIZES[size].activities, "numbers_equal": True}
    for page, role in ROLES.items():
        for suffix, days in SPANS.items():
            measured = measure(database, scope_of(database, role), _last(days), ROUNDS[size])
            found["numbers_equal"] &= measured.numbers_equal
            found[f"{page}.ms{suffix}"] = round(measured.ms, 2)
            found[f"{page}.raw_ms{suffix}"] = round(measured.raw_ms, 1)
            found[f"{page}.ratio_to_raw{suffix}"] = round(measured.ratio, 1)
            print(f"{page} over {days} days: {measured}", file=sys.stderr, flush=True)
    for name, role in {"team": Role.MANAGER, "organisation": Role.ADMIN}.items():
        found |= floor.measured(database, viewer_of(database, role), name)
    database.close()
    return found


def measure(database: Database, scope: Scope, period: Period, rounds: int) -> Measured:
    """One page both ways, in turn; what they give last is compared."""
    given: dict[str, rolled_up.PageData] = {}
    with database.reading() as session:
        rolled_up.page_data(session, scope, period, TODAY)

        def fast() -> None:
            given["rolled_up"] = rolled_up.page_data(session, scope, period, TODAY)

        def slow() -> None:
            given["raw"] = raw.page_data(session, scope, period, TODAY)

        ms, raw_ms = interleaved([fast, slow], rounds=rounds, repeats=[ROLLED_UP_REPEATS, 1])
    return Measured(ms=ms, raw_ms=raw_ms, numbers_equal=given["rolled_up"] == given["raw"])


def history_slope(server: str) -> float:
    """How the agent page's time grows with the days stored: 0 is not at all, 1 in proportion."""
    with ExitStack() as stack:
        works: list[Callable[[], object]] = []
        for days in HISTORIES:
            database = generated(server, f"pacesetter_bench_{days}", Volume(agents=50, days=days, activities_per_day=12))
            stack.callback(database.close)
            session = stack.enter_context(database.reading())
            works.append(partial(rolled_up.page_data, session, scope_of(database, Role.AGENT), _last(30), TODAY))
        times = interleaved(works, rounds=HISTORY_ROUNDS)
    slope, _ = np.polyfit(np.log(HISTORIES), np.log(times), 1)
    return round(float(slope), 3)


def scope_of(database: Database, role: Role) -> Scope:
    """What the first person with the role may see."""
    return viewer_of(database, role).scope


def viewer_of(database: Database, role: Role) -> Viewer:
    """The first person with the role."""
    with database.reading() as session:
        return access.viewer(session, _first(session, role))


def _first(session: Session, role: Role) -> int:
    person = session.scalar(select(col(Person.id)).where(col(Person.role) == role).order_by(col(Person.id)).limit(1))
    if person is None:
        raise LookupError(f"The generated company has no {role.value}.")
    return person


def _last(days: int) -> Period:
    return Period(TODAY - timedelta(days=days - 1), TODAY + timedelta(days=1))


if __name__ == "__main__":
    main()
