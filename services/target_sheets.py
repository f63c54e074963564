"""The Targets screen as a sheet: what is, was and will be asked of whom."""

from typing import Final

from sqlalchemy.orm import Session

from domain.metrics.catalog import METRICS
from domain.metrics.definition import Unit
from services.export_words import Asked, definition, downloaded
from services.sheets import Cell, Column, Kind, Sheet
from services.target_setting import TargetEntry, board

COLUMNS: Final = (
    *(Column(name=name) for name in ("For", "Metric", "Unit")),
    Column(name="Target", kind=Kind.DECIMAL),
    Column(name="Per"),
    *(Column(name=name, kind=Kind.DAY) for name in ("From", "Until, not included")),
    Column(name="Set by"),
)
MEANS: Final = (
    "Of each agent. The narrowest holds: an agent's own before their team's before everybody's. Counts and revenue are asked for by "
    "working days, less holidays, absences and days before somebody joined; averages and shares are not."
)


def targets_sheet(session: Session, asked: Asked) -> Sheet:
    """What applies first, then the rest."""
    found = board(session, asked.viewer, asked.today)
    entries = (*found.now, *found.other)
    shown = {each.metric_key: METRICS[each.metric_key] for each in entries}
    about = (*downloaded(asked), ("Target", MEANS), *((each.name, definition(each)) for each in shown.values()))
    return Sheet(title="Targets", columns=COLUMNS, rows=[_cells(each, found.currency) for each in entries], about=about)


def _cells(entry: TargetEntry, currency: str) -> tuple[Cell, ...]:
    metric = METRICS[entry.metric_key]
    unit = {Unit.MONEY: currency, Unit.PERCENT: "share from 0 to 1"}.get(metric.unit, metric.unit.value)
    days = (entry.from_on, entry.until_on)
    return (entry.holder or "Everybody", metric.name, unit, entry.target, entry.grain.value, *days, entry.set_by or "the product")
