"""Words of the Targets screen."""

from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from domain.formatting import value_text
from domain.metrics.catalog import METRICS
from domain.metrics.definition import Metric, Unit
from domain.money import to_minor
from domain.periods import Grain
from services.target_setting import TargetEntry

EVERYBODY: Final = "Everybody"
PER: Final = MappingProxyType({grain: f"a {grain.value}" for grain in Grain})


def row(entry: TargetEntry, currency: str) -> dict[str, str]:
    """Whom it is for and what is asked."""
    metric = METRICS[entry.metric_key]
    return {
        "For": entry.holder or EVERYBODY,
        "Figure": metric.name,
        "Target": amount(metric, entry.target, currency),
        "Per": PER[entry.grain] if metric.prorated else "throughout",
    }


def amount(metric: Metric, target: Decimal, currency: str) -> str:
    """The target as figures are shown everywhere."""
    return value_text(metric, float(to_minor(target, currency) if metric.unit is Unit.MONEY else target), currency)


def day(on: date) -> str:
    """`1 Mar 2026`: a target may be older than the year."""
    return f"{on.day} {on:%b %Y}"


def days(entry: TargetEntry, today: date) -> str:
    """`1 Mar to 30 Jun 2026`; `from 1 Dec 2026 on`."""
    if entry.until_on is None:
        return f"from {day(entry.from_on)} on"
    verb = "from " if entry.from_on > today else ""
    return f"{verb}{day(entry.from_on)} to {day(entry.until_on - timedelta(days=1))}"


def author(entry: TargetEntry) -> str:
    """Who set it; what nobody did is what a new team starts with."""
    return entry.set_by or "from the start"
