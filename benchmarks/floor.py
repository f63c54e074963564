"""The Pipeline screen and the forecast as services read them: their time and their statements, for a team and for the organisation."""

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
from services.pipeline_board import changes_since, pipeline_ahead, pipeline_board, target_line

NOW: Final = datetime.combine(TODAY, time(12), UTC)
MONTH: Final = Selection(period=containing(TODAY, Grain.MONTH))
LAST_WEEK: Final = TODAY - timedelta(days=7)
ROUNDS: Final = 15


def screens(viewer: Viewer) -> dict[str, Callable[[Session], object]]:
    """The parts somebody sees who opens them, each with what it reads."""
    return {
        "pipeline_board": lambda session: pipeline_board(session, viewer, MONTH, TODAY),
        "pipeline_ahead": lambda session: pipeline_ahead(session, viewer, MONTH, TODAY, NOW),
        "pipeline_volume": lambda session: target_line(session, viewer, MONTH, "calls", Grain.WEEK, TODAY, (MONTH.period.start, TODAY)),
        "pipeline_changes": lambda session: changes_since(session, viewer, MONTH, LAST_WEEK, TODAY),
        "forecast": lambda session: period_forecast(session, viewer, MONTH, "calls", Grain.MONTH, TODAY),
    }


def measured(database: Database, viewer: Viewer, name: str) -> dict[str, Any]:
    """Milliseconds and statements of every part, under the name of who looks."""
    works = {part: partial(_read, database, work) for part, work in screens(viewer).items()}
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
