"""What a goal takes: three plans from a coin flip to a safe hand, with the number at every link, the cost and the worth of each.

Nobody's luck is average: the target divided by all rates is reached only about every other time. A plan counts the luck of the numbers
and what is unknown of the rates, and says how often it works.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import ceil
from types import MappingProxyType
from typing import Final

import numpy as np

from domain.goals.amounts import sales_needed
from domain.goals.beta import Values
from domain.goals.chain import REVENUE, Chain, Link
from domain.goals.cost import Assumption, Verdict, Worth, assumptions, expected_counts, worth
from domain.goals.posterior import DealValues, RatePosterior, Source
from domain.goals.way import MOST, Target, Way, certain, mean_yield, ways

SEED: Final = 20_261
"""The same facts give the same plans."""
ALMOST: Final = 1e-9
"""A quotient this little above a whole number is that number."""


class PlanKey(StrEnum):
    """How sure a plan is."""

    COIN_FLIP = "coin_flip"
    SAFE = "safe"
    STRETCH = "stretch"


CHANCES: Final[Mapping[PlanKey, float]] = MappingProxyType({PlanKey.COIN_FLIP: 0.5, PlanKey.SAFE: 0.8, PlanKey.STRETCH: 0.95})
"""How likely each plan must be to reach the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLink:
    """A link's part in a plan."""

    key: str
    name: str
    is_controllable: bool
    expected: float
    """How many come of the plan's activities on average."""
    needed: int | None
    """How many of them alone lead to the target with the plan's chance; None behind the target's link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """So many of the first link, and what follows from them."""

    key: PlanKey
    chance: float
    """That the target is reached: at least what the plan promises."""
    activities: int
    links: tuple[PlanLink, ...]
    worth: Worth


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """A target seen through a chain."""

    chain: Chain
    target: Target
    naive: int | None
    """The target divided by all rates, as if luck were always average; None beyond reason."""
    naive_chance: float | None
    plans: tuple[Plan, ...]
    """Those within reason, the easiest first."""
    assumptions: tuple[Assumption, ...]
    way: Way = field(repr=False, compare=False)
    """From the first link to the target."""

    def plan(self, key: PlanKey) -> Plan | None:
        """The plan of this kind, if it is within reason."""
        return next((plan for plan in self.plans if plan.key is key), None)

    @property
    def advised(self) -> Plan | None:
        """The safe plan, or the surest there is."""
        return self.plan(PlanKey.SAFE) or (self.plans[-1] if self.plans else None)

    @property
    def roi(self) -> float | None:
        """Of the advised plan."""
        return self.advised.worth.roi if self.advised else None

    @property
    def verdict(self) -> Verdict | None:
        """On the advised plan; None without one."""
        return self.advised.worth.verdict if self.advised else None

    def chance_of(self, activities: float) -> float:
        """That so many of the first link reach the target."""
        return self.way.chance(activities)


def analyse(
    chain: Chain,
    target: Target,
    posteriors: Mapping[str, RatePosterior],
    deal_values: DealValues,
    said: Mapping[str, float] = MappingProxyType({}),
    *,
    seed: int = SEED,
) -> Analysis:
    """The plans for the target from what is known; `said` are assumptions somebody overrides, by key. Raises InputError for a wrong one."""
    assumed = assumptions(chain, posteriors, deal_values, said)
    known = {each.key: each.value for each in assumed}
    rates = {key: _rate(key, posteriors[key], said) for key in chain.keys[1:]}
    values = DealValues.exactly(said["deal_value"], Source.YOU_SAID) if "deal_value" in said else deal_values
    found = ways(chain, target, rates, needs(target, values, seed=seed))
    way = found[chain.keys[0]]
    naive = _naive(chain, target, rates, values)
    plans = (_plan(key, chain, found, rates, values, known, seed) for key in PlanKey)
    return Analysis(
        chain=chain,
        target=target,
        naive=naive,
        naive_chance=None if naive is None else way.chance(naive),
        plans=tuple(plan for plan in plans if plan is not None),
        assumptions=assumed,
        way=way,
    )


def needs(target: Target, values: DealValues, *, seed: int = SEED) -> Values:
    """How many of the target's last link it takes: a number, for money equally likely numbers of sales."""
    if target.key != REVENUE:
        return certain(target.amount)
    if len(values.values) == 1:
        return certain(target.amount / values.values[0] - ALMOST)
    return sales_needed(values, target.amount, np.random.default_rng(seed))


def _rate(key: str, known: RatePosterior, said: Mapping[str, float]) -> RatePosterior:
    return RatePosterior.exactly(said[f"rate.{key}"]) if f"rate.{key}" in said else known


def _naive(chain: Chain, target: Target, rates: Mapping[str, RatePosterior], values: DealValues) -> int | None:
    money = target.key == REVENUE
    end = len(chain.keys) if money else chain.keys.index(target.key) + 1
    each = mean_yield([rates[key] for key in chain.keys[1:end]]) * (values.mean if money else 1)
    number = target.amount / each
    return ceil(number - ALMOST) if number <= MOST else None


def _plan(
    key: PlanKey,
    chain: Chain,
    found: Mapping[str, Way],
    rates: Mapping[str, RatePosterior],
    values: DealValues,
    known: Mapping[str, float],
    seed: int,
) -> Plan | None:
    fewest = {link: way.fewest(CHANCES[key]) for link, way in found.items()}
    activities = fewest[chain.keys[0]]
    if activities is None:
        return None
    expected = expected_counts(chain, activities, rates)
    return Plan(
        key=key,
        chance=found[chain.keys[0]].chance(activities),
        activities=activities,
        links=tuple(_plan_link(link, float(number), fewest.get(link.key)) for link, number in zip(chain.links, expected, strict=True)),
        worth=worth(chain, activities, rates, values, known, seed=seed),
    )


def _plan_link(link: Link, expected: float, needed: int | None) -> PlanLink:
    return PlanLink(key=link.key, name=link.name, is_controllable=link.is_controllable, expected=expected, needed=needed)
