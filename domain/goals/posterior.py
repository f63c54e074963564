"""What is known of a link's rate and of a sale's worth: an agent's own records, with the team's as a few records more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

import numpy as np

from domain.goals.beta import Values, middle, shares
from domain.goals.chain import Chain, parts
from domain.metrics.intervals import USUAL, Interval

PRIOR_RECORDS: Final = 20
"""How many imagined records of the team's (or the usual) rate every rate begins with: own records count for more from the 21st on."""
PRIOR_SALES: Final = 5
"""How many of the team's sales stand beside the own ones: amounts say more about their size than a yes or no about a rate."""
ENOUGH_OF_A_TEAM: Final = 20
"""With fewer records a team's rate says less than the usual one."""
LEAST_SHARE: Final = 0.005
"""No rate is taken for impossible or certain beforehand."""
MOST_AMOUNTS: Final = 60
"""Amounts kept of own and of the team's sales each; more are represented by their quantiles."""
USUAL_SPREAD: Final = 0.6
"""Deviation of the logarithm of an amount where no sale is known: most lie between half and twice the middle one."""


class Source(StrEnum):
    """Where an assumption comes from."""

    YOURS = "yours"
    TEAM = "team"
    DEFAULT = "default"
    """The product's own; not yours."""
    YOU_SAID = "you_said"


@dataclass(frozen=True, slots=True, kw_only=True)
class RatePosterior:
    """The rate of a link as a Beta distribution, or exactly known."""

    a: float
    b: float
    source: Source
    """What weighs most in it."""
    own_part: int = 0
    own_whole: int = 0
    prior: Source | None = None
    """Whose rate the imagined records have."""
    known: float | None = None
    """The rate where somebody has said what it is."""

    @classmethod
    def exactly(cls, rate: float, source: Source = Source.YOU_SAID) -> "RatePosterior":
        """A rate without doubt."""
        return cls(a=0.0, b=0.0, source=source, known=rate)

    @property
    def mean(self) -> float:
        """What is expected of it."""
        return self.a / (self.a + self.b) if self.known is None else self.known

    def interval(self, level: float = USUAL) -> Interval:
        """Where the true rate lies with this chance."""
        return middle(self.a, self.b, level) if self.known is None else (self.known, self.known)

    def values(self) -> Values:
        """Equally likely values of it."""
        return shares(self.a, self.b) if self.known is None else np.array([self.known])

    def drawn(self, dice: np.random.Generator, draws: int) -> Values:
        """Values at random."""
        return dice.beta(self.a, self.b, draws) if self.known is None else np.full(draws, self.known)


def posterior(part: int, whole: int, prior_rate: float, prior: Source) -> RatePosterior:
    """Own records beside `PRIOR_RECORDS` of the prior's rate; part beyond whole counts as whole."""
    rate = min(max(prior_rate, LEAST_SHARE), 1 - LEAST_SHARE)
    hits = min(part, whole)
    return RatePosterior(
        a=hits + PRIOR_RECORDS * rate,
        b=whole - hits + PRIOR_RECORDS * (1 - rate),
        source=Source.YOURS if whole >= PRIOR_RECORDS else prior,
        own_part=hits,
        own_whole=whole,
        prior=prior,
    )


def posteriors(chain: Chain, own: Mapping[str, int], team: Mapping[str, int] | None = None) -> dict[str, RatePosterior]:
    """The rate of every link but the first, from counts by link key; the team's are those of the others."""
    mine, theirs = parts(chain, own), parts(chain, team or {})
    found = {}
    for _, link in pairwise(chain.links):
        part, whole = theirs[link.key]
        has_team = whole >= ENOUGH_OF_A_TEAM and part <= whole
        prior, rate = (Source.TEAM, part / whole) if has_team else (Source.DEFAULT, link.rate)
        found[link.key] = posterior(*mine[link.key], rate, prior)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class DealValues:
    """What a sale may bring: amounts in minor units, each with the number of records it stands for."""

    values: tuple[float, ...]
    weights: tuple[float, ...]
    own: int
    """How many own sales it rests on."""
    source: Source

    @classmethod
    def exactly(cls, amount: float, source: Source = Source.YOU_SAID) -> "DealValues":
        """Every sale brings this."""
        return cls(values=(amount,), weights=(1.0,), own=0, source=source)

    @property
    def mean(self) -> float:
        """What a sale brings on average."""
        return float(np.average(self.values, weights=self.weights))

    @property
    def square(self) -> float:
        """The mean of the squared amounts."""
        return float(np.average(np.square(self.values), weights=self.weights))

    def chances(self, dice: np.random.Generator, draws: int) -> Values:
        """How likely each amount is, anew for every draw: a Bayesian bootstrap (Rubin 1981), so that few sales leave much open."""
        if len(self.values) == 1:
            return np.ones((draws, 1))
        weights = dice.standard_gamma(np.array(self.weights), (draws, len(self.weights))) + np.finfo(float).tiny
        drawn: Values = weights / weights.sum(axis=1, keepdims=True)
        return drawn


def deal_values(own: Sequence[int], team: Sequence[int], *, default_minor: int) -> DealValues:
    """Own won amounts, each one record, beside `PRIOR_SALES` records of the team's amounts, or of the usual ones where it has none.

    Sales whose amount is unknown are left out by the caller.
    """
    theirs = np.array(team, float) if len(team) else _usual(default_minor)
    prior = Source.TEAM if len(team) else Source.DEFAULT
    amounts = [_few(np.array(own, float)), _few(theirs)]
    weights = [_spread(len(own), len(amounts[0])), _spread(PRIOR_SALES, len(amounts[1]))]
    return DealValues(
        values=tuple(np.concatenate(amounts).tolist()),
        weights=tuple(np.concatenate(weights).tolist()),
        own=len(own),
        source=Source.YOURS if len(own) >= PRIOR_SALES else prior,
    )


def _few(amounts: Values) -> Values:
    """At most `MOST_AMOUNTS` of them that have the same mean."""
    ordered = np.sort(amounts)
    if len(ordered) <= MOST_AMOUNTS:
        return ordered
    return np.array([part.mean() for part in np.array_split(ordered, MOST_AMOUNTS)])


def _spread(records: float, places: int) -> Values:
    return np.full(places, records / places) if places else np.empty(0)


def _usual(mean: float) -> Values:
    """Log-normal amounts of this mean, scaled so that their own mean is it."""
    heights = np.sort(np.random.default_rng(0).standard_normal(MOST_AMOUNTS))
    raw = np.exp(USUAL_SPREAD * (heights - heights.mean()) / heights.std())
    scaled: Values = raw * mean / raw.mean()
    return scaled
