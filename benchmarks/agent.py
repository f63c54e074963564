"""`python -m benchmarks.agent [--size S|M] [--json]`: the data time of everything an agent's own board reads.

`ms.*` is the time of one service for one agent over the last 30 days, on a warm database; `numbers_equal` says whether leads, conversions,
waits, sources and revenue per day are what plain SQL counts from the facts. `history_slope` is the log-log slope of the whole board's
time over days stored.
"""

import argparse
import json
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, Final

import numpy as np
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.generated import SIZES, TODAY, generated
from benchmarks.pages import HISTORIES, scope_of
from benchmarks.server import benchmark_server
from benchmarks.timing import interleaved
from data.demo.volume import Volume
from data.engine import Database
from domain.access import Selection
from domain.periods import Grain, Period
from domain.records import Role
from services import access
from services.access import Viewer
from services.activity_analytics import activity_analytics
from services.activity_timeline import TimelineFilter, TimelineView, timeline_page
from services.agent_kpis import agent_kpis
from services.goals import goals_of
from services.insights import insights_of
from services.lead_sources import lead_sources
from services.revenue_trends import revenue_trend, rolling_response
from services.team_position import team_position

DAYS: Final = Period(TODAY - timedelta(days=29), TODAY + timedelta(days=1))
NOW: Final = datetime.combine(TODAY, time(12), UTC)
ROUNDS: Final = 15
PAGE: Final = 50
DEEP: Final = timedelta(days=60)
RAW: Final = {
    "leads": "SELECT count(*), count(converted_on) FROM lead WHERE agent_id = :agent AND assigned_on >= :start AND assigned_on < :end",
    "waits": (
        "SELECT avg(response_seconds), percentile_cont(0.5) WITHIN GROUP (ORDER BY response_seconds) FROM lead "
        "WHERE agent_id = :agent AND contacted_on >= :start AND contacted_on < :end"
    ),
    "sources": (
        "SELECT source, count(*), count(converted_on) FROM lead "
        "WHERE agent_id = :agent AND assigned_on >= :start AND assigned_on < :end GROUP BY source ORDER BY source"
    ),
    "revenue": (
        "SELECT closed_on, sum(amount_minor) FROM deal "
        "WHERE agent_id = :agent AND status = 'won' AND closed_on >= :start AND closed_on < :end GROUP BY closed_on ORDER BY closed_on"
    ),
}
"""The same numbers counted from the facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """An agent's board in an open session."""

    session: Session
    viewer: Viewer

    @property
    def works(self) -> Mapping[str, Callable[[], object]]:
        """Every service by name, as the screens and the API call it."""
        own = Selection(period=DAYS, agent_ids=frozenset({self.viewer.person_id}))
        asked = (self.session, self.viewer, self.viewer.person_id)
        return {
            "kpis": partial(agent_kpis, *asked, DAYS, TODAY),
            "position": partial(team_position, *asked, DAYS, TODAY),
            "sources": partial(lead_sources, self.session, self.viewer, own),
            "revenue": partial(revenue_trend, self.session, self.viewer, own, Grain.DAY, TODAY),
            "rolling": partial(rolling_response, self.session, self.viewer, own, TODAY),
            "timeline": self._timeline(TimelineFilter.ALL),
            "timeline_deep": self._timeline(TimelineFilter.ALL, after=(NOW - DEEP, 0)),
            "timeline_conversions": self._timeline(TimelineFilter.CONVERSIONS),
            "insights": partial(insights_of, *asked, TODAY, NOW),
            "goals": partial(goals_of, *asked, TODAY),
            "activity": partial(activity_analytics, *asked, DAYS, TODAY),
        }

    def _timeline(self, wanted: TimelineFilter, after: tuple[datetime, int] | None = None) -> Callable[[], object]:
        view = TimelineView(agent_id=self.viewer.person_id, wanted=wanted)
        return partial(timeline_page, self.session, self.viewer, view, TODAY, after=after, limit=PAGE)

    def counted(self) -> dict[str, Any]:
        """The plain figures as the services give them."""
        found = agent_kpis(self.session, self.viewer, self.viewer.person_id, DAYS, TODAY).readings
        own = Selection(period=DAYS, agent_ids=frozenset({self.viewer.person_id}))
        sources = lead_sources(self.session, self.viewer, own)
        revenue = revenue_trend(self.session, self.viewer, own, Grain.DAY, TODAY)
        return {
            "leads": (found["leads_assigned"].value, found["conversion_rate"].value),
            "waits": (found["response_time"].value, found["median_response_time"].value),
            "sources": sorted((row.source, row.leads, row.conversion.part) for row in sources if row.leads),
            "revenue": [(point.start, point.value) for point in revenue.points if point.value],
        }

    def raw(self) -> dict[str, Any]:
        """The same from the facts."""
        values = {"agent": self.viewer.person_id, "start": DAYS.start, "end": DAYS.end}
        rows = {name: self.session.execute(text(query), values).all() for name, query in RAW.items()}
        ((leads, converted),), ((mean, median),) = rows["leads"], rows["waits"]
        return {
            "leads": (leads, converted / leads),
            "waits": (float(mean) / 3600, median / 3600),
            "sources": [tuple(row) for row in rows["sources"]],
            "revenue": [(on, float(amount)) for on, amount in rows["revenue"]],
        }

    def whole(self) -> None:
        """Everything once."""
        for work in self.works.values():
            work()


def main() -> None:
    """Generate what is missing, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.agent", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="S")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with benchmark_server() as server:
        figures = {"size": chosen.size, **measured(server, chosen.size), "history_slope": history_slope(server)}
    print(json.dumps(figures, indent=2) if chosen.json else "\n".join(f"{key:28} {value}" for key, value in figures.items()))


def measured(server: str, size: str) -> dict[str, Any]:
    """Every service on its own, and the plain figures against raw facts."""
    database = generated(server, f"pacesetter_bench_{size.lower()}", SIZES[size])
    with database.reading() as session:
        board = Board(session=session, viewer=viewer_of(database, session))
        board.whole()
        times = interleaved(list(board.works.values()), rounds=ROUNDS)
        equal = _rounded(board.counted()) == _rounded(board.raw())
    database.close()
    return {
        "activities": SIZES[size].activities,
        "numbers_equal": equal,
        **{f"ms.{name}": round(taken, 2) for name, taken in zip(board.works, times, strict=True)},
        "ms.board": round(sum(times), 1),
    }


def history_slope(server: str) -> float:
    """How the board's time grows with the days stored: 0 is not at all, 1 in proportion."""
    with ExitStack() as stack:
        works: list[Callable[[], object]] = []
        for days in HISTORIES:
            database = generated(server, f"pacesetter_bench_{days}", Volume(agents=50, days=days, activities_per_day=12))
            stack.callback(database.close)
            session = stack.enter_context(database.reading())
            works.append(Board(session=session, viewer=viewer_of(database, session)).whole)
        times = interleaved(works, rounds=ROUNDS)
    slope, _ = np.polyfit(np.log(HISTORIES), np.log(times), 1)
    return round(float(slope), 3)


def viewer_of(database: Database, session: Session) -> Viewer:
    """The agent who looks at their own board."""
    return access.viewer(session, scope_of(database, Role.AGENT).viewer_id)


def _rounded(figures: Mapping[str, Any]) -> dict[str, Any]:
    """Floats to nine places: a mean is divided in another order here and there."""
    return {
        name: [round(each, 9) if isinstance(each, float) else each for row in value for each in (row if isinstance(row, tuple) else (row,))]
        for name, value in figures.items()
    }


if __name__ == "__main__":
    main()
