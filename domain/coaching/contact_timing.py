"""When somebody picks up: a contact's own calls, drawn towards those of leads like them, and told only where luck is ruled out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import NormalDist
from typing import Final

from domain.activity_analytics.evidence import FLOOR_SHARE, MIN_SIDE, at_least
from domain.coaching.insights.words import counted
from domain.metrics.intervals import Interval, wilson, z_score
from domain.metrics.measures import Ratio
from domain.working_hours import DAY_ENDS, DAY_STARTS

NO_CALLS: Final = Ratio(0, 0)
BAND_HOURS: Final = 2
"""Shorter and a contact has no calls in it, longer and it is no advice."""
ALIKE_WEIGHT: Final = 6
"""What leads like this one do counts in each band as much as so many own calls, about what is tried before somebody is given up."""
USUAL_WEIGHT: Final = 20
"""The same for a band of theirs beside all their bands: as many calls as a rate needs to be judged at all."""
ENOUGH: Final = 6
"""Own calls in working hours before anything is said of this contact."""
ENOUGH_IN_BAND: Final = 3
"""Own calls in the band that is named: one answered call is a chance, not a habit."""
LUCK: Final = 0.05 / 2
"""How often luck may name a band in either look, at the contact and at leads like them: one contact in twenty altogether. It is shared out
among the bands; with the whole of it for each look, simulation has luck name one for up to 7.5 of 100 contacts."""


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """Hours of the day on the clock of whoever calls, from `since` up to but not including `until`."""

    since: int
    until: int

    def __contains__(self, hour: int) -> bool:
        """Whether the hour (0–23) lies in it."""
        return self.since <= hour < self.until

    def __str__(self) -> str:
        """As a person says it."""
        return f"between {self.since}:00 and {self.until}:00"


BANDS: Final = tuple(
    Band(hour, hour + BAND_HOURS) for hour in range(DAY_STARTS.hour, DAY_ENDS.hour, BAND_HOURS) if hour + BAND_HOURS <= DAY_ENDS.hour
)
"""Working hours alone: no evidence makes an evening a time to call."""


class Basis(StrEnum):
    """What the advice rests on."""

    OWN = "own"
    """The contact's own calls, drawn towards those of leads like them."""
    ALIKE = "alike"
    """Leads of the same source alone: of this one too little is known, or nothing stands out."""
    NOT_CLEAR = "not_clear"
    TOO_EARLY = "too_early"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactTiming:
    """When a contact picks up, as far as it is known."""

    basis: Basis
    tries: int
    """Own calls in working hours."""
    band: Band | None = None
    inside: Ratio = NO_CALLS
    """Calls answered of those made in the band, by the contact or by leads like them as the basis says."""
    outside: Ratio = NO_CALLS
    share: float | None = None
    """The chance of an answer in the band; for the contact's own drawn towards leads like them."""
    interval: Interval | None = None
    """Where that chance lies in 80 of 100 cases."""
    needed: int = 0
    """Own calls that are missing before something can be said."""

    @property
    def is_told(self) -> bool:
        """Whether there is a time to advise."""
        return self.band is not None


@dataclass(frozen=True, slots=True)
class _Chance:
    """A share not known exactly: a Beta distribution by its two counts."""

    answered: float
    unanswered: float

    def __add__(self, other: "_Chance") -> "_Chance":
        return _Chance(self.answered + other.answered, self.unanswered + other.unanswered)

    @property
    def mean(self) -> float:
        return self.answered / (self.answered + self.unanswered)

    @property
    def variance(self) -> float:
        return self.mean * (1 - self.mean) / (self.answered + self.unanswered + 1)


def contact_timing(own: Mapping[int, Ratio], alike: Mapping[int, Ratio]) -> ContactTiming:
    """The band in which a contact picks up most, from calls answered of calls made by local hour.

    `own` are the calls to the contact, `alike` those to other leads of the same source. A beta-binomial model: in each band the contact's
    chance is a Beta whose mean is that of leads like them and whose weight is `ALIKE_WEIGHT`, plus the own calls. A band is told when its
    chance is a fifth above that of all others together and luck (both as normal, one-sided, times the bands tried) stays below `LUCK`;
    failing that, a band of leads like them by Fisher's exact test under the same rule.
    """
    calls, others = _by_band(own), _by_band(alike)
    tries = sum(each.whole for each in calls.values())
    told = (_own(calls, others) if tries >= ENOUGH else None) or _alike(others, tries)
    if told is not None:
        return told
    needed = max(0, ENOUGH - tries)
    return ContactTiming(basis=Basis.TOO_EARLY if needed else Basis.NOT_CLEAR, tries=tries, needed=needed)


def timing_words(timing: ContactTiming) -> str:
    """The same as a sentence, without a name."""
    if timing.band is None or timing.interval is None:
        return _nothing_words(timing)
    low, high = (round(100 * bound) for bound in timing.interval)
    inside, outside = timing.inside, timing.outside
    whose = "Picks up most" if timing.basis is Basis.OWN else "Leads of the same source pick up most"
    counts = f"{inside.part} of {counted(inside.whole, 'call')}, at other times {outside.part} of {outside.whole}"
    return f"{whose} {timing.band}: {counts}; likely {low}–{high} %."


def _nothing_words(timing: ContactTiming) -> str:
    if timing.basis is Basis.TOO_EARLY:
        return f"Too early to say when they pick up: {counted(timing.needed, 'more call')} in working hours."
    return f"No time of day stands out in {counted(timing.tries, 'call')}."


def _by_band(calls: Mapping[int, Ratio]) -> dict[Band, Ratio]:
    return {band: _sum(ratio for hour, ratio in calls.items() if hour in band) for band in BANDS}


def _sum(ratios: Iterable[Ratio]) -> Ratio:
    return sum(ratios, start=NO_CALLS)


def _rest(calls: Mapping[Band, Ratio], band: Band) -> Ratio:
    return _sum(ratio for each, ratio in calls.items() if each != band)


def _own(calls: Mapping[Band, Ratio], others: Mapping[Band, Ratio]) -> ContactTiming | None:
    tried = [band for band in BANDS if calls[band].whole >= ENOUGH_IN_BAND and _rest(calls, band).whole >= ENOUGH_IN_BAND]
    if not tried:
        return None
    chances = _chances(calls, others)
    best = max(tried, key=lambda band: chances[band].mean)
    inside, outside = chances[best], _rest_of_chances(chances, best)
    if not _stands_out(inside.mean, outside.mean, _luck(inside, outside), len(tried)):
        return None
    return ContactTiming(
        basis=Basis.OWN,
        tries=_sum(calls.values()).whole,
        band=best,
        inside=calls[best],
        outside=_rest(calls, best),
        share=inside.mean,
        interval=_interval(inside),
    )


def _chances(calls: Mapping[Band, Ratio], others: Mapping[Band, Ratio]) -> dict[Band, _Chance]:
    everything = _sum(others.values()) + _sum(calls.values())
    usual = (everything.part + 1) / (everything.whole + 2)
    return {band: _chance(calls[band], _drawn(others[band], usual)) for band in BANDS}


def _drawn(ratio: Ratio, usual: float) -> float:
    return (ratio.part + usual * USUAL_WEIGHT) / (ratio.whole + USUAL_WEIGHT)


def _chance(own: Ratio, expected: float) -> _Chance:
    return _Chance(own.part + ALIKE_WEIGHT * expected, own.whole - own.part + ALIKE_WEIGHT * (1 - expected))


def _rest_of_chances(chances: Mapping[Band, _Chance], band: Band) -> _Chance:
    return sum((each for other, each in chances.items() if other != band), start=_Chance(0, 0))


def _luck(inside: _Chance, outside: _Chance) -> float:
    return NormalDist().cdf((outside.mean - inside.mean) / sqrt(inside.variance + outside.variance))


def _interval(chance: _Chance) -> Interval:
    reach = z_score(0.8) * sqrt(chance.variance)
    return max(0.0, chance.mean - reach), min(1.0, chance.mean + reach)


def _alike(others: Mapping[Band, Ratio], tries: int) -> ContactTiming | None:
    tried = [band for band in BANDS if others[band].whole >= MIN_SIDE and _rest(others, band).whole >= MIN_SIDE]
    if not tried:
        return None
    best = min(tried, key=lambda band: at_least(others[band], _rest(others, band)))
    inside, outside = others[best], _rest(others, best)
    if not _stands_out(inside.value or 0.0, outside.value or 0.0, at_least(inside, outside), len(tried)):
        return None
    interval = wilson(inside.part, inside.whole)
    return ContactTiming(basis=Basis.ALIKE, tries=tries, band=best, inside=inside, outside=outside, share=inside.value, interval=interval)


def _stands_out(inside: float, outside: float, luck: float, tried: int) -> bool:
    return luck * tried <= LUCK and inside >= (1 + FLOOR_SHARE) * outside
