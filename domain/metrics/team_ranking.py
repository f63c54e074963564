"""The team ranking: conversion, satisfaction and response time as one score, with bands as wide as the luck in it.

The three have different units, so each becomes its percentile among the team's eligible agents, after shrinking it towards the team:
three ratings of five stars are not yet the best service in the house. The interval of a score comes from drawing everybody's figures
anew from what is known of them, with a fixed seed, so that the same facts always give the same bands.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import ceil
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from domain.metrics.intervals import USUAL, Interval
from domain.metrics.measures import Mean, Median, Ratio
from domain.metrics.ranking import MIN_PEERS, Place, places

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType({"conversion_rate": 0.40, "satisfaction": 0.35, "median_response_time": 0.25})
"""By metric key: what becomes of leads counts most, how fast they hear from us least, because speed shows in the other two."""
MIN_LEADS: Final = 20
"""With fewer leads assigned, three conversions more or less move somebody through the whole team."""
PRIOR_LEADS: Final = 20
PRIOR_RATINGS: Final = 10
PRIOR_WAITS: Final = 10
"""How many imagined leads, ratings and waits of the team's average each agent is given."""
HALF_MINUTE: Final = 30.0
"""Added to a wait before its logarithm is taken: nobody is better for answering in five seconds than in ten."""
MEDIAN_SPREAD: Final = 1.2533
"""A median varies by √(π/2) times as much as a mean of as many normal values."""
DRAWS: Final = 2_000
SEED: Final = 20_261
LADDER: Final = tuple(round(hours * 3600) for hours in (24, 12, 8, 6, 4, 3, 2, 1.5, 1, 0.5, 0.25, 1 / 6, 1 / 12))
"""Waits a way up is told in, coarse on purpose: an exact one would be a colleague's figure."""
ALONE: Final = 50.0
"""The percentile of somebody who has nobody to be compared with."""
MOST_RATINGS: Final = 30
"""More new ratings than this are no plan."""
Values: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the ranking weighs of one agent's period."""

    agent_id: int
    conversion: Ratio
    """Of the leads assigned in the period, those converted by now."""
    satisfaction: Mean
    """Ratings given in the period, with the sum of their squares."""
    response: Median
    """Single waits in seconds."""


class Quarter(StrEnum):
    """A part of the ranked team, as fine as an agent learns where they stand in one component: a percentile of six is a place."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One component of a score."""

    key: str
    weight: float
    """Its share of the score after missing components gave theirs to the others; 0 for a missing one."""
    percentile: float | None
    """From 0 (last) to 100 (first) among those who have the component; None where there is nothing to measure, or it is not told."""
    peers: int = 0
    """How many of the others who are ranked have the component: among few of them a percentile is a colleague's figure."""

    @property
    def quarter(self) -> Quarter | None:
        """Which quarter of the team the percentile falls in, the better one on a boundary."""
        if self.percentile is None:
            return None
        return list(Quarter)[max(0, ceil((100 - self.percentile) / 25) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Somebody's score from 0 to 100; a measure, so that places can be given by it."""

    parts: tuple[Part, ...]
    value: float
    low: float
    high: float
    sample: int

    def interval(self, level: float = USUAL) -> Interval:
        """Where the score lies if everybody's luck is drawn again, at the usual level, which is the only one kept."""
        del level
        return self.low, self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class WayUp:
    """What one component alone would have to be for the next better band; exactly one of the three is set."""

    conversions: int | None = None
    """So many more of the same leads."""
    ratings: int | None = None
    """So many more ratings of five stars."""
    seconds: int | None = None
    """This median wait, from a coarse ladder."""

    @property
    def key(self) -> str:
        """The metric key of the component."""
        if self.conversions is not None:
            return "conversion_rate"
        return "satisfaction" if self.ratings is not None else "median_response_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRanking:
    """Everybody eligible, best first, with their scores."""

    places: tuple[Place, ...]
    scores: Mapping[int, Score]

    def place(self, agent_id: int) -> Place | None:
        """The agent's place; None for somebody who is not ranked."""
        return next((each for each in self.places if each.agent_id == agent_id), None)


@lru_cache(maxsize=256)
def team_ranking(team: tuple[Standing, ...]) -> TeamRanking:
    """Rank the team's eligible agents; kept by its very facts, so that it is worked out again exactly when one of them moved."""
    ranked = eligible(team)
    if not ranked:
        return TeamRanking(places=(), scores={})
    components = _components(ranked)
    low, high = np.quantile(_scores(_drawn(ranked, components)), [(1 - USUAL) / 2, (1 + USUAL) / 2], axis=0)
    parts = _parts(ranked, components)
    scores = {each.agent_id: _score(each, parts[each.agent_id], float(low[i]), float(high[i])) for i, each in enumerate(ranked)}
    return TeamRanking(places=tuple(places(scores)), scores=MappingProxyType(scores))


def eligible(team: Sequence[Standing]) -> tuple[Standing, ...]:
    """Those with enough leads to be ranked."""
    return tuple(each for each in team if each.conversion.whole >= MIN_LEADS)


@lru_cache(maxsize=256)
def ways_up(team: tuple[Standing, ...], agent_id: int) -> tuple[WayUp, ...]:
    """What would take the agent to the place above their band, one component at a time; nothing at the top or among few colleagues."""
    ranking, ranked = team_ranking(team), eligible(team)
    place = ranking.place(agent_id)
    if place is None or place.best == 1 or len(ranked) - 1 < MIN_PEERS:
        return ()
    above = next(i for i, each in enumerate(ranked) if each.agent_id == ranking.places[place.best - 2].agent_id)
    own = next(i for i, each in enumerate(ranked) if each.agent_id == agent_id)
    ranks = tuple(_percentiles(each.centre) for each in _components(ranked))
    found = (_way_up(ranked, own, above, ranks, component) for component in range(len(ranks)))
    return tuple(way for way in found if way is not None)


def _way_up(ranked: tuple[Standing, ...], own: int, above: int, ranks: tuple[Values, ...], component: int) -> WayUp | None:
    """The least of one component that brings `own` up to `above`, both by their number among the ranked; the others stay as they are."""
    for way, changed in _tries(ranked[own])[component]:
        centre = COMPONENTS[component]((*ranked[:own], changed, *ranked[own + 1 :])).centre
        scores = _weighted([*ranks[:component], _percentiles(centre), *ranks[component + 1 :]])
        if scores[own] >= scores[above]:
            return way
    return None


def _tries(own: Standing) -> tuple[list[tuple[WayUp, Standing]], ...]:
    """Per component, better and better figures."""
    part, whole = own.conversion.part, own.conversion.whole
    rated, waited = own.satisfaction, own.response
    return (
        [(WayUp(conversions=n), replace(own, conversion=Ratio(part + n, whole))) for n in range(1, whole - part + 1)],
        [(WayUp(ratings=n), replace(own, satisfaction=rated + Mean(5 * n, n, 1, 25 * n))) for n in range(1, MOST_RATINGS + 1)],
        [
            (WayUp(seconds=wait), replace(own, response=Median((wait,) * waited.sample)))
            for wait in LADDER
            if waited.value is not None and wait < waited.value
        ],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Component:
    """A component of everybody after shrinking, higher is better, with how far luck moves it; nan where there is nothing."""

    centre: Values
    spread: Values


def _components(ranked: Sequence[Standing]) -> tuple[_Component, ...]:
    """In the order of the weights."""
    return tuple(component(ranked) for component in COMPONENTS)


def _conversion(ranked: Sequence[Standing]) -> _Component:
    """Mean and deviation of the Beta posterior; the prior is the team's own rate (plus one of each, so that it is never 0 or 1)."""
    parts = np.array([each.conversion.part for each in ranked], float)
    wholes = np.array([each.conversion.whole for each in ranked], float)
    rate = (parts.sum() + 1) / (wholes.sum() + 2)
    centre = (parts + PRIOR_LEADS * rate) / (wholes + PRIOR_LEADS)
    return _Component(centre=centre, spread=np.sqrt(centre * (1 - centre) / (wholes + PRIOR_LEADS + 1)))


def _satisfaction(ranked: Sequence[Standing]) -> _Component:
    n = np.array([each.satisfaction.n for each in ranked], float)
    points = np.array([each.satisfaction.total for each in ranked], float)
    squares = float(sum(each.satisfaction.squares or 0 for each in ranked))
    if not n.sum():
        return _nothing(len(ranked))
    mean = points.sum() / n.sum()
    deviation = np.sqrt(max(0.0, squares / n.sum() - mean * mean))
    centre = np.where(n > 0, (points + PRIOR_RATINGS * mean) / (n + PRIOR_RATINGS), np.nan)
    return _Component(centre=centre, spread=deviation / np.sqrt(n + PRIOR_RATINGS))


def _response(ranked: Sequence[Standing]) -> _Component:
    """Minus the logarithm of the median wait: an hour instead of two is worth as much as a day instead of two."""
    n = np.array([each.response.sample for each in ranked], float)
    if not n.sum():
        return _nothing(len(ranked))
    waits = [np.log(np.array(each.response.values, float) + HALF_MINUTE) for each in ranked]
    together = np.concatenate(waits)
    usual = float(np.median(together))
    own = np.array([float(np.median(each)) if each.size else usual for each in waits])
    centre = np.where(n > 0, -(n * own + PRIOR_WAITS * usual) / (n + PRIOR_WAITS), np.nan)
    return _Component(centre=centre, spread=MEDIAN_SPREAD * float(together.std()) / np.sqrt(n + PRIOR_WAITS))


def _nothing(size: int) -> _Component:
    return _Component(centre=np.full(size, np.nan), spread=np.zeros(size))


COMPONENTS: Final[tuple[Callable[[Sequence[Standing]], _Component], ...]] = (_conversion, _satisfaction, _response)


def _drawn(ranked: Sequence[Standing], components: Sequence[_Component]) -> list[Values]:
    """Everybody's components, drawn from normal distributions around what is known; rows are draws, columns agents."""
    dice = np.random.default_rng(SEED)
    return [each.centre + each.spread * dice.standard_normal((DRAWS, len(ranked))) for each in components]


def _scores(components: Sequence[Values]) -> Values:
    """The score of every column in every row."""
    return _weighted([_percentiles(each) for each in components])


def _weighted(ranks: Sequence[Values]) -> Values:
    """The weighted mean of the percentiles that are there, component by component."""
    weights = np.array([np.where(np.isnan(rank), 0.0, weight) for rank, weight in zip(ranks, WEIGHTS.values(), strict=True)])
    total: Values = (weights * np.nan_to_num(np.array(ranks))).sum(axis=0) / weights.sum(axis=0)
    return total


def _percentiles(values: Values) -> Values:
    """Per row, how many of the others lie below, equals half, from 0 to 100; somebody alone is in the middle."""
    rows = np.atleast_2d(values)
    others = np.count_nonzero(~np.isnan(rows), axis=1, keepdims=True) - 1
    ranks = pd.DataFrame(rows).rank(axis="columns").to_numpy() - 1
    percentiles = np.where(others > 0, 100 * ranks / np.maximum(others, 1), ranks + ALONE)
    return percentiles.reshape(values.shape)


def _parts(ranked: Sequence[Standing], components: Sequence[_Component]) -> dict[int, tuple[Part, ...]]:
    ranks = [_percentiles(each.centre) for each in components]
    having = [int(np.count_nonzero(~np.isnan(rank))) for rank in ranks]
    return {each.agent_id: _parts_of([float(rank[i]) for rank in ranks], having) for i, each in enumerate(ranked)}


def _parts_of(ranks: Sequence[float], having: Sequence[int]) -> tuple[Part, ...]:
    known = sum(weight for weight, rank in zip(WEIGHTS.values(), ranks, strict=True) if not np.isnan(rank))
    return tuple(
        Part(key=key, weight=0.0, percentile=None, peers=count)
        if np.isnan(rank)
        else Part(key=key, weight=weight / known, percentile=rank, peers=count - 1)
        for (key, weight), rank, count in zip(WEIGHTS.items(), ranks, having, strict=True)
    )


def _value(parts: Sequence[Part]) -> float:
    return sum(part.weight * (part.percentile or 0.0) for part in parts)


def _score(standing: Standing, parts: tuple[Part, ...], low: float, high: float) -> Score:
    value = _value(parts)
    return Score(parts=parts, value=value, low=min(low, value), high=max(high, value), sample=standing.conversion.whole)
