"""Boards as sheets: the same services the screens call, their rows as cells."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from sqlalchemy.orm import Session

from domain.metrics.catalog import METRICS, metric
from domain.metrics.definition import Definition, Unit
from domain.metrics.heatmap import Cell as HourCell
from domain.metrics.reading import Reading
from domain.money import from_minor
from services.export_words import Asked, about, kind_of
from services.heatmap import Across, call_heatmap, call_matrix
from services.leaderboard import Leaderboard, LeaderboardRow, leaderboard, level_from, ranked_by_from
from services.overview import overview
from services.roster import currency_of
from services.sheets import Cell, Column, Kind, Sheet
from services.summaries import summary
from services.trends import trends

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DEFAULT_TREND: Final = "calls"
_READING_COLUMNS: Final = (
    Column(name="Metric"),
    Column(name="Unit"),
    Column(name="Figure", kind=Kind.DECIMAL),
    Column(name="n", kind=Kind.NUMBER),
    Column(name="Period before", kind=Kind.DECIMAL),
    Column(name="Target", kind=Kind.DECIMAL),
    Column(name="Expected by now", kind=Kind.DECIMAL),
    Column(name="Status"),
)


def overview_sheet(session: Session, asked: Asked) -> Sheet:
    """The cards: one row per metric."""
    board = overview(session, asked.viewer, asked.selection, asked.today)
    return readings_sheet("Overview", board.readings, board.currency, asked)


def weekly_sheet(session: Session, asked: Asked) -> Sheet:
    """The weekly page's figures."""
    found = summary(session, asked.viewer, asked.selection, asked.today, "weekly")
    return readings_sheet("Weekly", found.readings, found.currency, asked)


def monthly_sheet(session: Session, asked: Asked) -> Sheet:
    """The monthly page's figures."""
    found = summary(session, asked.viewer, asked.selection, asked.today, "monthly")
    return readings_sheet("Monthly", found.readings, found.currency, asked)


def agents_sheet(session: Session, asked: Asked) -> Sheet:
    """The table of agents."""
    board = overview(session, asked.viewer, asked.selection, asked.today)
    columns = (
        Column(name="Agent"),
        Column(name="Team"),
        *metric_columns(board.columns, board.currency),
        Column(name="Last worked on", kind=Kind.DAY),
    )
    rows = [
        (
            row.name,
            row.team_name,
            *(figure(row.readings[each.key].metric, row.readings[each.key].value, board.currency) for each in board.columns),
            row.last_worked_on,
        )
        for row in board.agents
    ]
    return Sheet(title="Agents", columns=columns, rows=rows, about=about(asked, board.columns))


def leaderboard_sheet(session: Session, asked: Asked) -> Sheet:
    """The standings; an agent's file has their own line only."""
    level, ranked_by = level_from(asked.params), ranked_by_from(asked.params)
    board = leaderboard(session, asked.viewer, asked.selection, asked.today, level=level, ranked_by=ranked_by)
    columns = (
        Column(name="Place"),
        Column(name="Agent"),
        Column(name="Team"),
        Column(name="Index against target", kind=Kind.DECIMAL),
        Column(name="Points", kind=Kind.NUMBER),
        *metric_columns(board.columns, board.currency),
    )
    rows = [_standing_cells(row, board) for row in board.rows]
    return Sheet(title="Leaderboard", columns=columns, rows=rows, about=about(asked, (METRICS["performance_index"], *board.columns)))


def _standing_cells(row: LeaderboardRow, board: Leaderboard) -> tuple[Cell, ...]:
    figures = (figure(each, row.readings[each.key].value, board.currency) for each in board.columns)
    score = row.index.score.value if row.index.score else None
    return (row.place.text if row.place else None, row.name, row.team_name, score, row.index.raw, *figures)


def heatmap_sheet(session: Session, asked: Asked) -> Sheet:
    """The hours of the week that have calls."""
    board = call_heatmap(session, asked.viewer, asked.selection)
    columns = (
        Column(name="Weekday"),
        Column(name="Hour (local)", kind=Kind.NUMBER),
        Column(name="Calls", kind=Kind.NUMBER),
        Column(name="Conversations", kind=Kind.NUMBER),
        Column(name="Conversation rate", kind=Kind.SHARE),
    )
    rows = [_hour_cells(cell) for cell in board.hours.cells if cell.calls]
    metrics = (METRICS["calls"], METRICS["conversations"], METRICS["conversation_rate"])
    return Sheet(title="Heatmap", columns=columns, rows=rows, about=about(asked, metrics))


def _hour_cells(cell: HourCell) -> tuple[Cell, ...]:
    return WEEKDAYS[cell.weekday - 1], cell.hour, cell.calls, cell.conversations, cell.rate.value if cell.is_judged else None


ANY_DAY: Final = "All"
"""No name of a day begins with it."""


def heatmap_agents_sheet(session: Session, asked: Asked) -> Sheet:
    """Each agent's calls by the hour of the day, or by the day of the week: what the parameters `across` and `on` say."""
    across = Across.WEEKDAYS if asked.params.get("across") == Across.WEEKDAYS.value else Across.HOURS
    weekday = next((place for place, name in enumerate(WEEKDAYS, start=1) if name.startswith(asked.params.get("on") or ANY_DAY)), None)
    board = call_matrix(session, asked.viewer, asked.selection, across, weekday)
    name = "Weekday" if across is Across.WEEKDAYS else "Hour (local)"
    columns = (
        Column(name="Agent"),
        Column(name=name, kind=Kind.TEXT if across is Across.WEEKDAYS else Kind.NUMBER),
        Column(name="Calls", kind=Kind.NUMBER),
        Column(name="Conversations", kind=Kind.NUMBER),
    )
    rows = [
        (row.name, WEEKDAYS[column - 1] if across is Across.WEEKDAYS else column, rate.whole, rate.part)
        for row in board.rows
        for column, rate in sorted(row.cells.items())
    ]
    days = WEEKDAYS[board.weekday - 1] if board.weekday else "all"
    shown = about(asked, (METRICS["calls"], METRICS["conversations"]), notes=[("Days of the week", days)])
    return Sheet(title="Heatmap by agent", columns=columns, rows=rows, about=shown)


def trend_sheet(session: Session, asked: Asked) -> Sheet:
    """A metric over time: the one the parameter `metric` names, calls without it."""
    shown = metric(asked.params.get("metric", DEFAULT_TREND))
    (line,) = trends(session, asked.viewer, asked.selection, [shown.key], asked.today)
    currency = currency_of(session)
    columns = (
        Column(name="From", kind=Kind.DAY),
        Column(name="Bucket"),
        _metric_column(shown, currency),
        Column(name="n", kind=Kind.NUMBER),
        Column(name="Unfinished"),
    )
    rows = [
        (point.start, point.label, figure(shown, point.value, currency), point.measure.sample, "yes" if point.unfinished else "")
        for point in line.points
    ]
    return Sheet(title=f"{shown.name} over time", columns=columns, rows=rows, about=about(asked, [shown]))


def readings_sheet(title: str, readings: Iterable[Reading], currency: str, asked: Asked) -> Sheet:
    """Figures as rows, each with what it is compared with and held against."""
    shown = list(readings)
    rows = [_reading_cells(reading, currency) for reading in shown]
    before = asked.selection.period.previous(asked.today)
    notes = [("Period before", f"{before.start.isoformat()} to {before.last_day.isoformat()}, both included")]
    return Sheet(title=title, columns=_READING_COLUMNS, rows=rows, about=about(asked, [each.metric for each in shown], notes=notes))


def _reading_cells(reading: Reading, currency: str) -> tuple[Cell, ...]:
    each = reading.metric
    before = reading.before.value if reading.before is not None else None
    return (
        each.name,
        {Unit.MONEY: currency, Unit.PERCENT: "share from 0 to 1"}.get(each.unit, each.unit.value),
        figure(each, reading.value, currency),
        reading.now.sample,
        figure(each, before, currency),
        figure(each, reading.target, currency),
        figure(each, reading.expected, currency),
        reading.status.word,
    )


def metric_columns(metrics: Iterable[Definition], currency: str) -> tuple[Column, ...]:
    """A column for each of the metrics, its unit in the heading."""
    return tuple(_metric_column(each, currency) for each in metrics)


def _metric_column(each: Definition, currency: str) -> Column:
    unit = {Unit.MONEY: f" ({currency})", Unit.HOURS: " (hours)"}.get(each.unit, "")
    return Column(name=f"{each.name}{unit}", kind=kind_of(each))


def figure(each: Definition, value: float | None, currency: str) -> float | Decimal | None:
    """A figure as a cell: money exact in major units, shares from 0 to 1, unknown empty."""
    if value is None or each.unit is not Unit.MONEY:
        return value
    return from_minor(round(value), currency)
