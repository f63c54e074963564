"""Which link of the chain the change of the sales rests on: days, volume, a conversion, or the size of a sale; the parts sum exactly.

What is sold is a product: working days × calls a day × conversations a call × … × revenue a sale. How much of its change each factor
makes is the logarithmic mean of the two results times the logarithm of the factor's ratio: the one division that leaves no remainder
and does not depend on an order (LMDI-I; B. W. Ang, Energy Policy 33, 2005).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isclose, log
from typing import Final

from domain.coaching.comparison import Stretch, tier_of
from domain.coaching.patterns.pattern import Tier
from domain.goals.chain import REVENUE, Chain, Link, link_counts
from domain.metrics.measures import Rate

DAYS: Final = "workdays"
LEAST_EVENTS: Final = 10
"""Of a link in both stretches together: whether fewer moved nobody can tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one factor adds to the change."""

    key: str
    """`workdays`, the metric that counts a link, or `revenue` for the size of a sale."""
    name: str
    per: str
    """The link before it, of which it is a rate; empty for the days."""
    before: float
    now: float
    events: tuple[int, int]
    """What it rests on, then and now."""
    amount: float
    """In what the change is told in: sales, or minor units of money."""
    tier: Tier | None
    """How sure it is that the factor itself moved; None where that is no question of luck."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelChange:
    """The change of the sales, or of what they brought where all have an amount, in parts."""

    key: str
    """`revenue`, or the metric that counts sales."""
    before: float
    now: float
    parts: tuple[Part, ...]
    """Along the chain."""

    @property
    def change(self) -> float:
        """What the parts sum to."""
        return self.now - self.before

    @property
    def main(self) -> Part | None:
        """The part that weighs most in the direction of the change; None where nothing changed."""
        same_way = [part for part in self.parts if part.amount * self.change > 0]
        return max(same_way, key=lambda part: abs(part.amount), default=None)


def shares(before: Sequence[float], now: Sequence[float]) -> list[float]:
    """How much each factor makes of the change of their product; all of them are positive."""
    ratios = [log(late / early) for early, late in zip(before, now, strict=True)]
    weight = _logarithmic_mean(_product(before), _product(now))
    return [weight * ratio for ratio in ratios]


def _logarithmic_mean(one: float, other: float) -> float:
    return one if isclose(one, other, rel_tol=1e-12) else (other - one) / log(other / one)


def _product(factors: Sequence[float]) -> float:
    product = 1.0
    for factor in factors:
        product *= factor
    return product


def funnel_change(chain: Chain, before: Stretch, now: Stretch) -> FunnelChange | None:
    """The change between the stretches; None where one of them has no sale or no working day: nothing grows from nothing by a factor.

    Links too rarely recorded, and those without any in one of the stretches, are passed over: their neighbours meet.
    """
    counts = link_counts(chain, before.sums), link_counts(chain, now.sums)
    kept = chain.recorded({key: counts[0][key] + counts[1][key] for key in chain.keys})
    links = [link for link in kept.links if counts[0][link.key] and counts[1][link.key]]
    if not links or links[-1].key != chain.links[-1].key or not before.workdays or not now.workdays:
        return None
    factors = [_days(before, now), *_rates(links, counts, before, now), *_size(links[-1], counts, before, now)]
    amounts = shares([each.before for each in factors], [each.now for each in factors])
    parts = tuple(replace(each, amount=amount) for each, amount in zip(factors, amounts, strict=True))
    return FunnelChange(
        key=REVENUE if parts[-1].key == REVENUE else links[-1].key,
        before=_product([each.before for each in parts]),
        now=_product([each.now for each in parts]),
        parts=parts,
    )


def _days(before: Stretch, now: Stretch) -> Part:
    days = before.workdays, now.workdays
    return Part(key=DAYS, name="Working days", per="", before=days[0], now=days[1], events=days, amount=0.0, tier=None)


def _rates(links: Sequence[Link], counts: tuple[dict[str, int], dict[str, int]], before: Stretch, now: Stretch) -> list[Part]:
    first = links[0]
    volume = _rate(first, "working day", Rate(counts[0][first.key], before.workdays), Rate(counts[1][first.key], now.workdays))
    steps = [
        _rate(link, prior.one, Rate(counts[0][link.key], counts[0][prior.key]), Rate(counts[1][link.key], counts[1][prior.key]))
        for prior, link in pairwise(links)
    ]
    return [volume, *steps]


def _rate(link: Link, per: str, before: Rate, now: Rate) -> Part:
    events = before.events, now.events
    tier = tier_of(now, before) if sum(events) >= LEAST_EVENTS else Tier.TOO_EARLY
    return Part(key=link.key, name=link.name, per=per, before=before.value or 0, now=now.value or 0, events=events, amount=0.0, tier=tier)


def _size(sales: Link, counts: tuple[dict[str, int], dict[str, int]], before: Stretch, now: Stretch) -> list[Part]:
    """Revenue a sale, where every sale of both stretches has an amount; how amounts spread is not kept, so no luck is reckoned."""
    events = before.sums.deals_won, now.sums.deals_won
    known = before.sums.deals_won_valued, now.sums.deals_won_valued
    money = before.sums.revenue_minor, now.sums.revenue_minor
    if events != known or not all(money) or (counts[0][sales.key], counts[1][sales.key]) != events:
        return []
    each = money[0] / events[0], money[1] / events[1]
    return [Part(key=REVENUE, name="Revenue", per="sale", before=each[0], now=each[1], events=events, amount=0.0, tier=None)]
