"""Pipeline, Overview, Heatmap and the forecast as services read them: time and statements, for a team and for the organisation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import event
from sqlalchemy.orm import Session

from benchmarks.generated import TODAY
from benchmarks.timing import interleaved
from data.engine import Database
from domain.access import Selection
from domain.periods import Grain, containing
from services.access import Viewer
from services.forecasts import period_forecast
from services.heatmap import call_heatmap
from services.lookups import Lookups, lookups
from services.overview import overview
from services.pipeline_board import Followed, changes_since, pipeline_ahead, pipeline_board, target_line

NOW: Final = datetime.combine(TODAY, time(12), UTC)
MONTH: Final = Selection(period=containing(TODAY, Grain.MONTH))
LAST_WEEK: Final = TODAY - timedelta(days=7)
CALLS_BY_WEEK: Final = Followed("calls", Grain.WEEK, (MONTH.period.start, TODAY))
ROUNDS: Final = 15


def screens(viewer: Viewer, known: Lookups) -> dict[str, Callable[[Session], object]]:
    """The parts somebody sees who opens them, each with what it reads; people and targets are read by the first of them, for all."""
    return {
        "lookups": lambda session: lookups(session, viewer.scope, MONTH, TODAY),
        "pipeline_board": lambda session: pipeline_board(session, viewer, MONTH, TODAY, known),
        "pipeline_ahead": lambda session: pipeline_ahead(session, viewer, MONTH, TODAY, NOW),
        "pipeline_volume": lambda session: target_line(session, viewer, MONTH, CALLS_BY_WEEK, TODAY, known),
        "pipeline_changes": lambda session: changes_since(session, viewer, MONTH, LAST_WEEK, TODAY),
        "forecast": lambda session: period_forecast(session, viewer, MONTH, "calls", Grain.MONTH, TODAY, known),
        "forecast_of_deals": lambda session: period_forecast(session, viewer, MONTH, "deals_won", Grain.MONTH, TODAY, known),
        "overview": lambda session: overview(session, viewer, MONTH, TODAY, known),
        "heatmap": lambda session: call_heatmap(session, viewer, MONTH),
    }


def measured(database: Database, viewer: Viewer, name: str) -> dict[str, Any]:
    """Milliseconds and statements of every part, under the name of who looks."""
    with database.reading() as session:
        known = lookups(session, viewer.scope, MONTH, TODAY)
    works = {part: partial(_read, database, work) for part, work in screens(viewer, known).items()}
    counts = {part: _statements(database, work) for part, work in works.items()}
    times = dict(zip(works, interleaved(list(works.values()), rounds=ROUNDS), strict=True))
    return {f"{name}.{part}.ms": round(times[part], 1) for part in works} | {f"{name}.{part}.statements": counts[part] for part in works}


def _read(database: Database, work: Callable[[Session], object]) -> None:
    with database.reading() as session:
        work(session)


def _statements(database: Database, work: Callable[[], object]) -> int:
    with _heard(database) as statements:
        work()
    return len(statements)


@contextmanager
def _heard(database: Database) -> Iterator[list[str]]:
    said: list[str] = []
    with database.reading() as session:
        engine = session.get_bind()

    def hear(*arguments: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
        said.append(arguments[2])

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", hear)
