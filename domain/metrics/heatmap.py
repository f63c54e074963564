"""When calls are made and when they reach somebody: weekday by hour, in the agents' local time."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from domain.counters import HOURS
from domain.metrics.measures import Ratio

MIN_CALLS: Final = 10
"""A cell with fewer calls shows its calls and no rate: too early."""
BEST_LEVEL: Final = 0.9
"""How sure the best hour must be after looking at all cells (Bonferroni), so that a heatmap of pure luck names one in ten times at most."""
WEEKDAYS: Final = range(1, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One hour of the week; weekday is ISO (Monday 1), hour is local."""

    weekday: int
    hour: int
    rate: Ratio
    """Conversations of calls."""

    @property
    def calls(self) -> int:
        """Calls started in the hour."""
        return self.rate.whole

    @property
    def conversations(self) -> int:
        """Of these, the calls that reached somebody."""
        return self.rate.part

    @property
    def is_judged(self) -> bool:
        """Whether there are enough calls to show a rate."""
        return self.calls >= MIN_CALLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Heatmap:
    """All hours of the week, Monday midnight first."""

    cells: tuple[Cell, ...]
    whole: Ratio
    best: Cell | None
    """The hour that clearly reaches more people than the others; None when none does clearly."""

    def cell(self, weekday: int, hour: int) -> Cell:
        """The cell of this hour of the week."""
        return self.cells[(weekday - 1) * HOURS + hour]

    @property
    def busy_hours(self) -> range:
        """From the first to the last hour of the day in which anybody called; empty without calls."""
        hours = [cell.hour for cell in self.cells if cell.calls]
        return range(min(hours), max(hours) + 1) if hours else range(0)


def heatmap(counts: Iterable[tuple[int, int, int, int]]) -> Heatmap:
    """The heatmap of (weekday, hour, calls, conversations); hours that are not named had no calls."""
    rates = {(weekday, hour): Ratio(conversations, calls) for weekday, hour, calls, conversations in counts}
    cells = tuple(
        Cell(weekday=weekday, hour=hour, rate=rates.get((weekday, hour), Ratio(0, 0))) for weekday in WEEKDAYS for hour in range(HOURS)
    )
    whole = sum((cell.rate for cell in cells), Ratio(0, 0))
    return Heatmap(cells=cells, whole=whole, best=_best(cells, whole))


def _best(cells: Iterable[Cell], whole: Ratio) -> Cell | None:
    judged = [cell for cell in cells if cell.is_judged]
    level = 1 - 2 * (1 - BEST_LEVEL) / max(2, len(judged))
    clear = [cell for cell in judged if _lower_end(cell, level) > _others(cell, whole)]
    return max(clear, key=lambda cell: _lower_end(cell, level), default=None)


def _lower_end(cell: Cell, level: float) -> float:
    found = cell.rate.interval(level)
    return found[0] if found else 0.0


def _others(cell: Cell, whole: Ratio) -> float:
    """The rate of all other hours; 1 when there are none, so that a single hour is never the best."""
    rest = Ratio(whole.part - cell.conversations, whole.whole - cell.calls).value
    return 1.0 if rest is None else rest
