"""The performance index: calls, agreements, lists and sales as points, raw and against target, with every point accounted for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from domain.counters import Counters
from domain.metrics.definition import Direction, Metric, Unit, Words
from domain.metrics.measures import Weighted

INDEX_WEIGHTS: Final[Mapping[str, int]] = {"calls": 1, "agreements": 3, "lists_sent": 2, "deals_won": 5}
"""Points per event by metric key: a sale is worth five calls. Defaults of the sales team this product grew up with."""
FULL_SCORE: Final = 100
"""The target-normalised index of somebody exactly on every target."""
LEAST_EXPECTED: Final = 1.0
"""Nobody makes a third of a sale: a target of less than one event so far counts as one, or a single sale would be worth hundreds."""


def index_points(sums: Counters) -> Weighted:
    """The raw index: each event times its points."""
    return Weighted(tuple((weight, getattr(sums, key)) for key, weight in INDEX_WEIGHTS.items()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One line of the index's account: units × points, and what it adds to the score against target."""

    key: str
    units: int
    weight: int
    target: float | None
    """What was expected of the agent so far; None without a target."""
    score: float | None
    """Its part of the target-normalised index; None without a target."""

    @property
    def points(self) -> int:
        """What it adds to the raw index."""
        return self.units * self.weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """An agent's index with its account."""

    components: tuple[Component, ...]
    measure: Weighted
    """The raw index, with its interval."""
    score: Weighted | None
    """Against target: 100 is exactly on every target; None when there is no target at all."""

    @property
    def raw(self) -> int:
        """The points of all components."""
        return sum(each.points for each in self.components)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Components without a target; their weight is spread over the others."""
        return tuple(each.key for each in self.components if each.score is None)


def index_of(sums: Counters, targets: Mapping[str, float | None]) -> Index:
    """The index of these sums against the targets expected so far, by metric key.

    Against target: Σ 100 · weight · actual ÷ target ÷ Σ weight over the components that have a target above zero, so that
    a team that sends no lists is judged by what it does; a target below `LEAST_EXPECTED` counts as that. On raw counts calls
    are about four fifths of the index; against target a sale weighs what its weight says.
    """
    aims = {key: aim for key, aim in targets.items() if key in INDEX_WEIGHTS and aim}
    weights = sum(INDEX_WEIGHTS[key] for key in aims)
    worth = {key: FULL_SCORE * INDEX_WEIGHTS[key] / weights / max(aim, LEAST_EXPECTED) for key, aim in aims.items()}
    components = tuple(_component(key, getattr(sums, key), aims.get(key), worth.get(key)) for key in INDEX_WEIGHTS)
    terms = tuple((worth.get(key, 0.0), getattr(sums, key) if key in worth else 0) for key in INDEX_WEIGHTS)
    return Index(components=components, measure=index_points(sums), score=Weighted(terms) if aims else None)


def _component(key: str, units: int, target: float | None, worth: float | None) -> Component:
    score = None if worth is None else worth * units
    return Component(key=key, units=units, weight=INDEX_WEIGHTS[key], target=target, score=score)


INDEX_METRICS: Final = (
    Metric(
        key="performance_index",
        name="Performance index",
        unit=Unit.POINTS,
        direction=Direction.HIGHER_IS_BETTER,
        question="Taken together, how much was done and achieved?",
        formula="calls × 1 + agreements × 3 + lists out × 2 + sales × 5",
        counts="The four counts as defined for each of them. Next to it stands the index against target: each count as a share of "
        "its target, weighted alike, 100 when all targets are met exactly; a component without a target leaves its weight to the others, "
        "and a target of less than one so far counts as one.",
        measure=index_points,
        words=Words(singular="point", plural="points", past="earned"),
        screens=frozenset({"leaderboard"}),
    ),
)
