"""The single list of metrics, and how to find one."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from domain.errors import InputError
from domain.metrics.deals import DEAL_METRICS
from domain.metrics.definition import Definition, Metric
from domain.metrics.index import INDEX_METRICS
from domain.metrics.leads import LEAD_METRICS
from domain.metrics.response import RESPONSE_METRICS
from domain.metrics.work import WORK_METRICS

METRICS: Final[Mapping[str, Metric]] = MappingProxyType(
    {metric.key: metric for metric in (*WORK_METRICS, *LEAD_METRICS, *DEAL_METRICS, *INDEX_METRICS)}
)
"""Every metric by its key, in the order in which screens list them."""

DEFINITIONS: Final[Mapping[str, Definition]] = MappingProxyType({**METRICS, **{each.key: each for each in RESPONSE_METRICS}})
"""The metrics, and what cannot be measured from sums and is measured from single facts."""


def metric(key: str) -> Metric:
    """The metric of this key; raises InputError naming the nearest key."""
    if key in METRICS:
        return METRICS[key]
    nearest = get_close_matches(key, METRICS, n=1, cutoff=0.0)[0]
    raise InputError(f"There is no metric “{key}”. Did you mean “{nearest}”?", code="unknown_metric")


def on_screen(screen: str) -> tuple[Metric, ...]:
    """The metrics a screen shows whatever the team's profile, in order."""
    return tuple(each for each in METRICS.values() if screen in each.screens)
