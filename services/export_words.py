"""What a download was asked for, and how the file says so: the filters and the definitions of what it shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from domain.access import Selection
from domain.formatting import span_text
from domain.metrics.definition import Definition, Unit
from services.access import Viewer
from services.choices import Choices
from services.sheets import Kind

EVERYBODY: Final = "all you may see"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for what, on which of their days."""

    viewer: Viewer
    selection: Selection
    params: Mapping[str, str]
    """All parameters of the page, for what is not a filter."""
    today: date
    now: datetime
    offered: Choices | None = None
    """The names behind the selection's ids."""

    def narrowed(self, allowed: Selection, offered: Choices) -> "Asked":
        """The same within the viewer's scope."""
        return replace(self, selection=allowed, offered=offered)


def about(asked: Asked, metrics: Iterable[Definition] = (), *, notes: Iterable[tuple[str, str]] = ()) -> tuple[tuple[str, str], ...]:
    """The filters in words, then the definition of each metric."""
    definitions = ((metric.name, definition(metric)) for metric in metrics)
    return (*_filters(asked), *notes, *definitions)


def definition(metric: Definition) -> str:
    """Question, formula and what counts, in one line."""
    return f"{metric.question} {metric.formula[:1].upper()}{metric.formula[1:]}. {metric.counts}"


def _filters(asked: Asked) -> tuple[tuple[str, str], ...]:
    selection, offered = asked.selection, asked.offered
    teams = _named(selection.team_ids, offered.teams if offered else {})
    agents = _named(selection.agent_ids, offered.agents if offered else {})
    return (
        ("Period", span_text(selection.period.start, selection.period.last_day)),
        ("Teams", teams),
        ("Agents", agents),
        ("Categories", ", ".join(sorted(selection.categories)) or "all"),
        *downloaded(asked),
    )


def downloaded(asked: Asked) -> tuple[tuple[str, str], ...]:
    """Who made the file, and when."""
    return ("Downloaded by", asked.viewer.name), ("Downloaded on", asked.today.isoformat())


def _named(chosen: frozenset[int], names: Mapping[int, str]) -> str:
    return ", ".join(name for key, name in names.items() if key in chosen) or EVERYBODY


def kind_of(metric: Definition) -> Kind:
    """How a metric's figures are written; a count that is a mean ("partners per list") keeps its decimals."""
    whole = Kind.NUMBER if metric.prorated else Kind.DECIMAL
    return {Unit.PERCENT: Kind.SHARE, Unit.MONEY: Kind.MONEY, Unit.COUNT: whole}.get(metric.unit, Kind.DECIMAL)
