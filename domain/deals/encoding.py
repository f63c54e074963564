"""Deals as a matrix: every fact in bands, so that a model needs no straight lines and each weight can be read."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from domain.deals.as_of import NUMBERS, DealAsOf

Matrix: TypeAlias = NDArray[np.float64]

DAYS: Final = (1.0, 2.0, 4.0, 7.0, 10.0, 14.0, 21.0, 30.0, 45.0, 60.0, 90.0, 180.0)
"""Edges of bands of days: finer in the first weeks, in which most is decided."""
COUNTS: Final = (1.0, 2.0, 3.0, 5.0, 8.0, 13.0)
MOVES: Final = (2.0, 3.0, 5.0, 7.0, 9.0, 10.0, 11.0, 13.0, 16.0)
EDGES: Final[Mapping[str, tuple[float, ...]]] = MappingProxyType(
    {
        "age_days": DAYS,
        "days_in_stage": DAYS,
        "quiet_days": DAYS,
        "moves": MOVES,
        "calls": COUNTS,
        "calls_7d": COUNTS,
        "messages_7d": COUNTS,
        "tasks_7d": COUNTS,
    }
)
"""Of all but the amount, whose bands are fifths of the amounts it learns from."""
IN_STAGE: Final = ("age_days", "days_in_stage", "quiet_days")
"""What means something else in each stage: two quiet weeks after an offer are not two quiet weeks of a new lead."""
ENOUGH: Final = 30
"""Deals of a label or a stage from which it gets a weight of its own; rarer ones get none."""
UNKNOWN: Final = -1
FIFTHS: Final = (0.2, 0.4, 0.6, 0.8)


@dataclass(frozen=True, slots=True)
class Column:
    """One band of one fact, perhaps within one stage."""

    fact: str
    """A name of `NUMBERS`, "stage", or the name of a label."""
    band: int | str
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """The columns, learnt from the deals a model is trained on."""

    edges: Mapping[str, tuple[float, ...]]
    kept: Mapping[str, frozenset[str]]
    """By "stage" and the labels' names: values frequent enough for weights of their own."""
    columns: tuple[Column, ...]

    def matrix(self, deals: Sequence[DealAsOf]) -> Matrix:
        """A row per deal, a column per band: 1 where the deal is in it."""
        codes = {name: {word: code for code, word in enumerate(sorted(kept))} for name, kept in self.kept.items()}
        bands = {name: _bands(name, deals, edges) for name, edges in self.edges.items()}
        values = bands | {name: np.array([known.get(_word(deal, name), UNKNOWN) for deal in deals], int) for name, known in codes.items()}
        found = np.zeros((len(deals), len(self.columns)))
        for place, column in enumerate(self.columns):
            inside = values[column.fact] == codes.get(column.fact, {}).get(str(column.band), column.band)
            found[:, place] = inside if column.stage is None else inside & (values["stage"] == codes["stage"][column.stage])
        return found


def learnt(deals: Sequence[DealAsOf]) -> Encoding:
    """The bands and labels of these deals; a fact that is the same for all of them gets no column."""
    names = ["stage", *sorted({label for deal in deals for label in deal.labels})]
    kept = {name: _frequent(name, deals) for name in names}
    edges = dict(EDGES) | {"amount": _fifths(deals)}
    stages = sorted(kept["stage"]) if len(kept["stage"]) > 1 else []
    plain = [Column(name, band) for name in edges for band in _seen(name, deals, edges[name])]
    words = [Column(name, word) for name in names for word in sorted(kept[name])]
    within = [Column(column.fact, column.band, stage) for stage in stages for column in plain if column.fact in IN_STAGE]
    return Encoding(edges=edges, kept=kept, columns=(*plain, *words, *within))


def _bands(name: str, deals: Sequence[DealAsOf], edges: tuple[float, ...]) -> NDArray[np.int_]:
    values = np.array([np.nan if (value := NUMBERS[name](deal)) is None else value for deal in deals], float)
    return np.where(np.isnan(values), UNKNOWN, np.searchsorted(edges, values, side="right"))


def _seen(name: str, deals: Sequence[DealAsOf], edges: tuple[float, ...]) -> list[int]:
    found: list[int] = np.unique(_bands(name, deals, edges)).tolist()
    return found if len(found) > 1 else []


def _word(deal: DealAsOf, name: str) -> str:
    return deal.stage if name == "stage" else deal.labels.get(name, "")


def _frequent(name: str, deals: Sequence[DealAsOf]) -> frozenset[str]:
    counted = Counter(_word(deal, name) for deal in deals)
    return frozenset(word for word, times in counted.items() if times >= ENOUGH)


def _fifths(deals: Sequence[DealAsOf]) -> tuple[float, ...]:
    amounts = [deal.amount for deal in deals if deal.amount is not None]
    return tuple(sorted({float(edge) for edge in np.quantile(amounts, FIFTHS)})) if amounts else ()
