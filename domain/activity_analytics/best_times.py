"""The hour and the weekday in which a type of activity works best, as hypotheses that luck must be ruled out for."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.activity_analytics.evidence import MIN_SIDE, Comparison, at_least, thinned
from domain.activity_analytics.practice import Practice
from domain.activity_analytics.tally import NOTHING, Tally, success, success_by
from domain.metrics.measures import Ratio

MIN_DAYS: Final = 4
"""An hour or weekday is judged from four different days on: three good Tuesdays are a story, not a pattern."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BestTime:
    """The hour (0–23) or ISO weekday (Monday 1) with the most evidence for it, and how its rate compares with all other times."""

    at: int | None
    """None where no time has enough activities to be looked at."""
    comparison: Comparison


def by_hour(tally: Tally) -> int:
    """The local hour."""
    return tally.hour


def by_weekday(tally: Tally) -> int:
    """The local ISO weekday."""
    return tally.on.isoweekday()


def best_time(practice: Practice, tallies: Sequence[Tally], when: Callable[[Tally], int], *, spread: float = 1.0) -> BestTime:
    """The time whose success rate beats the rest's with the least luck.

    Every time with at least `MIN_SIDE` judged activities on `MIN_DAYS` days is tried, one-sided by Fisher's exact test against all
    others together, and what the best of them shows is multiplied by how many were tried (Bonferroni): of ten hours without a
    difference one always looks best. With less than two such times there is nothing to compare and it is too early.
    """
    rates = success_by(practice, tallies, when)
    days = _days(practice, tallies, when)
    tried = [time for time in sorted(rates) if rates[time].whole >= MIN_SIDE and days[time] >= MIN_DAYS]
    whole = success(practice, tallies)
    tried = [time for time in tried if whole.whole - rates[time].whole >= MIN_SIDE]
    if not tried:
        return BestTime(at=None, comparison=_too_early(rates.values()))
    tests = {time: _luck(rates[time], _rest(whole, rates[time]), spread) for time in tried}
    best = min(tried, key=lambda time: (tests[time], -(rates[time].value or 0.0)))
    one, other = rates[best], _rest(whole, rates[best])
    return BestTime(at=best, comparison=Comparison(one=one, other=other, p_value=min(1.0, tests[best] * len(tried))))


def _days(practice: Practice, tallies: Iterable[Tally], when: Callable[[Tally], int]) -> Counter[int]:
    """On how many different days each time has something to judge."""
    seen: set[tuple[int, date]] = {
        (when(each), each.on) for each in tallies if each.type is practice.type and each.outcome in practice.judged
    }
    return Counter(time for time, _ in seen)


def _rest(whole: Ratio, part: Ratio) -> Ratio:
    return Ratio(whole.part - part.part, whole.whole - part.whole)


def _luck(one: Ratio, other: Ratio, spread: float) -> float:
    return at_least(thinned(one, spread), thinned(other, spread))


def _too_early(rates: Iterable[Ratio]) -> Comparison:
    """What the two fullest times still lack until they could be compared; more days where the numbers would do."""
    fullest = sorted((rate.whole for rate in rates), reverse=True)[:2]
    missing = sum(max(0, MIN_SIDE - count) for count in [*fullest, 0, 0][:2])
    return Comparison(one=NOTHING, other=NOTHING, p_value=None, missing=missing)
