"""Values that add up honestly: each keeps its parts, and divides only when asked for its value."""

from dataclasses import dataclass
from math import inf
from statistics import median
from typing import Protocol, Self

from domain.metrics.intervals import USUAL, Interval, median_ranks, normal_mean, poisson, weighted_poisson, wilson


class Measure(Protocol):
    """What a metric measures over some agents and days."""

    @property
    def value(self) -> float | None:
        """The figure in the metric's unit, or None when there was nothing to measure."""

    @property
    def sample(self) -> int:
        """How many facts the figure rests on; a verdict needs the metric's `min_sample` of them."""

    def interval(self, level: float = USUAL) -> Interval | None:
        """Where the figure behind the luck lies with this probability, or None when the parts do not tell."""


@dataclass(frozen=True, slots=True)
class Total:
    """A count of events. No events is a known zero; a span without any data is for the caller to leave out."""

    count: int

    @property
    def value(self) -> float:
        """The count."""
        return float(self.count)

    @property
    def sample(self) -> int:
        """The events themselves."""
        return self.count

    def interval(self, level: float = USUAL) -> Interval:
        """Poisson: how the count would vary at the same pace of work."""
        return poisson(self.count, level)

    def __add__(self, other: Self) -> Self:
        """Both counts together."""
        return type(self)(self.count + other.count)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of sizes, such as money or talk time, with the events it came from; `scale` parts make one unit of the figure."""

    total: int
    events: int
    scale: int = 1

    @property
    def value(self) -> float:
        """The sum in the metric's unit."""
        return self.total / self.scale

    @property
    def sample(self) -> int:
        """The events whose size is known."""
        return self.events

    def interval(self, level: float = USUAL) -> None:
        """Unknown: the sum alone does not tell how the sizes spread."""
        del level

    def __add__(self, other: Self) -> Self:
        """Both sums together."""
        return type(self)(self.total + other.total, self.events + other.events, self.scale)


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share kept as its two counts, so that a team's rate comes from the team's facts, never from averaging percentages."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, or None when there was nothing to measure."""
        return self.part / self.whole if self.whole else None

    @property
    def sample(self) -> int:
        """The whole."""
        return self.whole

    def interval(self, level: float = USUAL) -> Interval | None:
        """Wilson's interval; None without a whole."""
        return wilson(self.part, self.whole, level) if self.whole else None

    def __add__(self, other: Self) -> Self:
        """Parts and wholes together."""
        return type(self)(self.part + other.part, self.whole + other.whole)


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per other event where neither contains the other, so that it may exceed 1: proposals per call of the same days."""

    events: int
    per: int

    @property
    def value(self) -> float | None:
        """Events for each of the others, or None when there was none of these."""
        return self.events / self.per if self.per else None

    @property
    def sample(self) -> int:
        """How many of the others there were."""
        return self.per

    def interval(self, level: float = USUAL) -> Interval | None:
        """The events' Poisson interval, divided; the divisor counts as given."""
        if not self.per:
            return None
        low, high = poisson(self.events, level)
        return low / self.per, high / self.per

    def __add__(self, other: Self) -> Self:
        """Both kinds of events together."""
        return type(self)(self.events + other.events, self.per + other.per)


@dataclass(frozen=True, slots=True)
class Mean:
    """An average kept as sum and number; `scale` parts make one unit of the figure, `squares` is the sum of squares where known.

    `limits` are the lowest and the highest figure there can be, such as 1 and 5 stars.
    """

    total: int
    n: int
    scale: int = 1
    squares: int | None = None
    limits: Interval | None = None

    @property
    def value(self) -> float | None:
        """The average, or None when there was nothing to average."""
        return self.total / self.n / self.scale if self.n else None

    @property
    def sample(self) -> int:
        """How many values went in."""
        return self.n

    def interval(self, level: float = USUAL) -> Interval | None:
        """Normal interval of the mean, within its limits; None where the values' spread is unknown or there are fewer than two."""
        found = None if self.squares is None else normal_mean(self.total, self.squares, self.n, level)
        if found is None:
            return None
        lowest, highest = self.limits or (-inf, inf)
        return max(found[0] / self.scale, lowest), min(found[1] / self.scale, highest)

    def __add__(self, other: Self) -> Self:
        """Sums and numbers together; the spread is known only when both are."""
        squares = None if self.squares is None or other.squares is None else self.squares + other.squares
        return type(self)(self.total + other.total, self.n + other.n, self.scale, squares, self.limits)


@dataclass(frozen=True, slots=True)
class Median:
    """The middle of some values, which it keeps, because medians of parts do not add up; `scale` parts make one unit of the figure."""

    values: tuple[int, ...]
    scale: int = 1

    @property
    def value(self) -> float | None:
        """The middle one of the values by size, half way between the two middle ones, or None when there are none."""
        return median(self.values) / self.scale if self.values else None

    @property
    def sample(self) -> int:
        """How many values there are."""
        return len(self.values)

    def interval(self, level: float = USUAL) -> Interval | None:
        """From order statistics, whatever the values' distribution; None for values too few to have such a pair."""
        ranks = median_ranks(len(self.values), level)
        if ranks is None:
            return None
        ordered = sorted(self.values)
        return ordered[ranks[0] - 1] / self.scale, ordered[ranks[1] - 1] / self.scale

    def __add__(self, other: Self) -> Self:
        """The middle of all values together."""
        return type(self)(self.values + other.values, self.scale)


@dataclass(frozen=True, slots=True)
class Weighted:
    """Points: counts of different events, each worth its weight. Terms are (weight, count), always in the same order."""

    terms: tuple[tuple[float, int], ...]

    @property
    def value(self) -> float:
        """Σ weight · count."""
        return float(sum(weight * count for weight, count in self.terms))

    @property
    def sample(self) -> int:
        """All events together."""
        return sum(count for _, count in self.terms)

    def interval(self, level: float = USUAL) -> Interval:
        """Interval of a weighted sum of Poisson counts."""
        return weighted_poisson(self.terms, level)

    def __add__(self, other: Self) -> Self:
        """Term by term."""
        pairs = zip(self.terms, other.terms, strict=True)
        return type(self)(tuple((weight, count + more) for (weight, count), (_, more) in pairs))
