"""How far the leads assigned in a period have come: a cohort, so every step contains the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.counters import Counters
from domain.metrics.measures import Ratio

STEPS: Final[Mapping[str, str]] = {
    "leads_assigned": "Assigned",
    "leads_contacted": "Contacted",
    "leads_interested": "Interested",
    "leads_converted": "Converted",
}
"""The steps by counter, with the names screens use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the funnel. Lost leads stay in the steps they reached; nobody is counted twice."""

    key: str
    name: str
    count: int
    of_assigned: Ratio
    of_previous: Ratio
    """Of those who reached the step before; the first step is measured against itself."""


def funnel(sums: Counters) -> tuple[Step, ...]:
    """The steps of the leads assigned in the period, as far as they have come by now."""
    counts = [getattr(sums, key) for key in STEPS]
    previous = [counts[0], *counts[:-1]]
    return tuple(
        Step(key=key, name=name, count=count, of_assigned=Ratio(count, counts[0]), of_previous=Ratio(count, before))
        for (key, name), count, before in zip(STEPS.items(), counts, previous, strict=True)
    )
