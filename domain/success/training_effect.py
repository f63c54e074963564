"""What followed completed training or a held 1:1: the weeks after against the weeks before, held against colleagues alike before.

Not proof: people who take training or are talked with differ from those who are not, whatever is matched.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import sqrt
from typing import Final

from domain.metrics.intervals import Interval, z_score
from domain.periods import Period

WEEKS: Final = 8
"""Two months on each side: long enough for an appointment to come of a call, short enough for the same season."""
SPAN: Final = timedelta(weeks=WEEKS)
PEERS: Final = 3
"""The nearest colleagues; their mean is steadier than the nearest alone."""
NEAR_SHARE: Final = 0.5
"""A peer did at least half and at most double as much before, give or take a few: others are too different to compare with."""
NEAR_EVENTS: Final = 3
FEWEST: Final = 10
"""With fewer completions the mean of their differences says nothing."""
SURE: Final = 0.95
"""Level of the interval: a decision about money may hang on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed:
    """That somebody finished a module, or had a 1:1, on a day."""

    agent_id: int
    day: date
    minutes: int
    """By the module's own length; 0 for a 1:1, whose length nobody keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What followed, for one figure."""

    key: str
    completions: int
    """Those that could be compared."""
    own: float | None
    """Mean of after − before, of those who completed training; None without any."""
    peers: float | None
    """The same of their peers."""
    difference: float | None
    interval: Interval | None
    """Where the mean difference likely lies; None for fewer than two."""

    @property
    def is_early(self) -> bool:
        """Whether too few completions could be compared."""
        return self.completions < FEWEST

    @property
    def is_beyond_luck(self) -> bool:
        """Whether the interval leaves out no difference."""
        return not self.is_early and self.interval is not None and not self.interval[0] <= 0 <= self.interval[1]


def comparable(completed: Sequence[Completed], today: date) -> list[Completed]:
    """The first completion of every agent in any eight weeks, once the weeks after it are over; later ones would count its weeks twice."""
    kept: list[Completed] = []
    for each in sorted(completed, key=lambda one: (one.agent_id, one.day)):
        is_same_weeks = kept and kept[-1].agent_id == each.agent_id and each.day < kept[-1].day + SPAN
        if not is_same_weeks and each.day + SPAN < today:
            kept.append(each)
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """One completion, with its peers' changes by agent."""

    agent_id: int
    own: int
    peers: Mapping[int, int]

    @property
    def peers_mean(self) -> float:
        return sum(self.peers.values()) / len(self.peers)


def effect(key: str, counts: Mapping[int, Mapping[date, int]], completed: Sequence[Completed], trained: Sequence[Completed]) -> Effect:
    """One figure: `counts` are everybody's by agent and day, `completed` what is compared, `trained` every completion there is."""
    everybody = {agent_id: _Running(by_day) for agent_id, by_day in counts.items()}
    asked = [
        _Compared(agent_id=each.agent_id, own=everybody[each.agent_id].change(each.day), peers=_peers(everybody, each, trained))
        for each in completed
        if each.agent_id in everybody
    ]
    found = [each for each in asked if each.peers]
    own, peers = _mean([each.own for each in found]), _mean([each.peers_mean for each in found])
    return Effect(
        key=key,
        completions=len(found),
        own=own,
        peers=peers,
        difference=None if own is None or peers is None else own - peers,
        interval=None if own is None or peers is None else _interval(found, own, peers),
    )


def _interval(found: Sequence[_Compared], own: float, peers: float) -> Interval | None:
    """By agent, because one agent is a peer of many: everything somebody adds to the mean moves together (Liang and Zeger 1986).

    Student's quantile, by how many trained; None for fewer than two of them.
    """
    trained = len({each.agent_id for each in found})
    if trained < 2:  # noqa: PLR2004 - one agent has no spread
        return None
    parts: dict[int, float] = defaultdict(float)
    for each in found:
        parts[each.agent_id] += (each.own - own) / len(found)
        for agent_id, change in each.peers.items():
            parts[agent_id] -= (change - peers) / (len(found) * len(each.peers))
    spread = sqrt(sum(part * part for part in parts.values()) * trained / (trained - 1))
    reach = t_score(SURE, trained - 1) * spread
    return own - peers - reach, own - peers + reach


def t_score(level: float, freedom: int) -> float:
    """Student's two-sided quantile by Fisher's expansion (Abramowitz and Stegun 1972, 26.7.5); within 1 % from four degrees on."""
    z = z_score(level)
    first, second, third = z**3 + z, 5 * z**5 + 16 * z**3 + 3 * z, 3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z
    return z + first / (4 * freedom) + second / (96 * freedom**2) + third / (384 * freedom**3)


class _Running:
    """An agent's counts, to be added up over many spans."""

    def __init__(self, by_day: Mapping[date, int]) -> None:
        self.days = sorted(by_day)
        self.totals = [0, *accumulate(by_day[day] for day in self.days)]

    def within(self, days: Period) -> int:
        return self.totals[bisect_left(self.days, days.end)] - self.totals[bisect_left(self.days, days.start)]

    def change(self, day: date) -> int:
        before, after = around(day)
        return self.within(after) - self.within(before)


def _peers(everybody: Mapping[int, _Running], each: Completed, trained: Sequence[Completed]) -> dict[int, int]:
    """The changes of those nearest before who completed nothing in these weeks, by agent; empty where nobody is near."""
    before, after = around(each.day)
    busy = {one.agent_id for one in trained if before.start <= one.day < after.end} | {each.agent_id}
    mine = everybody[each.agent_id].within(before)
    theirs = {agent_id: one.within(before) for agent_id, one in everybody.items() if agent_id not in busy}
    near = sorted((abs(was - mine), agent_id) for agent_id, was in theirs.items() if _is_near(was, mine))
    return {agent_id: everybody[agent_id].change(each.day) for _, agent_id in near[:PEERS]}


def _is_near(was: int, mine: int) -> bool:
    return NEAR_SHARE * mine - NEAR_EVENTS <= was <= mine / NEAR_SHARE + NEAR_EVENTS


def around(day: date) -> tuple[Period, Period]:
    """The weeks before a day, and those after it; the day itself belongs to neither."""
    return Period(day - SPAN, day), Period(day + timedelta(days=1), day + timedelta(days=1) + SPAN)


def _mean(values: Collection[float]) -> float | None:
    return sum(values) / len(values) if values else None
