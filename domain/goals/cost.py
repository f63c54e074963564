"""What a plan costs and brings: hours, money, the return, and how likely it pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from domain.errors import InputError
from domain.goals.amounts import DRAWS, Purses
from domain.goals.beta import Values
from domain.goals.chain import Chain, Link
from domain.goals.posterior import DealValues, RatePosterior, Source

WORTH_IT: Final = 0.7
NOT_WORTH_IT: Final = 0.4
"""From seven chances in ten on a plan is called worth it, below four not; between them it is a bet nobody should be talked into."""
HOUR: Final = 60
MOST_MINOR: Final = 1e14


class AssumptionUnit(StrEnum):
    """What an assumption is counted in."""

    SHARE = "share"
    MINUTES = "minutes"
    MONEY = "money"
    """Minor units."""
    MONEY_PER_HOUR = "money_per_hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """One number an analysis rests on, where it comes from, and what anybody may change."""

    key: str
    name: str
    value: float
    unit: AssumptionUnit
    source: Source
    detail: str = ""
    """The records behind it."""


class Verdict(StrEnum):
    """Whether a plan is worth its cost."""

    WORTH_IT = "worth_it"
    UNCLEAR = "unclear"
    NOT_WORTH_IT = "not_worth_it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a plan asks for and gives back. Money in minor units."""

    hours: float
    cost_minor: int
    """The hours at what one is worth, and what is spent."""
    revenue_minor: int
    """Expected of all sales that come of it, also those beyond the goal."""
    profit_minor: int
    """What is left of the revenue after margin and cost."""
    roi: float | None
    """Profit ÷ cost; None where nothing is spent."""
    chance: float
    """That more is left than it cost."""

    @property
    def verdict(self) -> Verdict:
        """By the chance that it pays."""
        if self.chance >= WORTH_IT:
            return Verdict.WORTH_IT
        return Verdict.NOT_WORTH_IT if self.chance < NOT_WORTH_IT else Verdict.UNCLEAR


def assumptions(chain: Chain, rates: Mapping[str, RatePosterior], values: DealValues, said: Mapping[str, float]) -> tuple[Assumption, ...]:
    """All of them, with what somebody said in the place of what was known; raises InputError for one there is not."""
    found = (*_money(chain, values), *_rates(chain, rates), *_work(chain))
    unknown = next((key for key in said if key not in {each.key for each in found}), None)
    if unknown is not None:
        raise InputError(f"There is no assumption “{unknown[:40]}”.", code="unknown_assumption")
    return tuple(_said(each, said[each.key]) if each.key in said else each for each in found)


def _said(known: Assumption, value: float) -> Assumption:
    most = {AssumptionUnit.SHARE: 1.0, AssumptionUnit.MINUTES: 10_000.0}.get(known.unit, MOST_MINOR)
    needs_some = known.key == "deal_value" or known.key.startswith("rate.")
    if not (0 <= value <= most) or (needs_some and not value):
        raise InputError(
            f"{known.name}: name a number {'above' if needs_some else 'from'} 0 up to {most:,.0f}.", code="assumption_out_of_bounds"
        )
    return Assumption(key=known.key, name=known.name, value=value, unit=known.unit, source=Source.YOU_SAID)


def _money(chain: Chain, values: DealValues) -> tuple[Assumption, ...]:
    sales = chain.links[-1].words.counted(values.own)
    return (
        Assumption(
            key="deal_value",
            name="What a sale brings",
            value=values.mean,
            unit=AssumptionUnit.MONEY,
            source=values.source,
            detail=f"{sales} of your own" if values.own else "",
        ),
        Assumption(key="margin", name="What you keep of it", value=chain.margin_share, unit=AssumptionUnit.SHARE, source=Source.DEFAULT),
        Assumption(
            key="hourly",
            name="What your hour is worth",
            value=chain.hourly_minor,
            unit=AssumptionUnit.MONEY_PER_HOUR,
            source=Source.DEFAULT,
        ),
    )


def _rates(chain: Chain, rates: Mapping[str, RatePosterior]) -> tuple[Assumption, ...]:
    return tuple(
        Assumption(
            key=f"rate.{link.key}",
            name=f"{before.name} → {link.name.lower()}",
            value=rates[link.key].mean,
            unit=AssumptionUnit.SHARE,
            source=rates[link.key].source,
            detail=f"{rates[link.key].own_part} of {rates[link.key].own_whole} of your own" if rates[link.key].own_whole else "",
        )
        for before, link in zip(chain.links, chain.links[1:], strict=False)
    )


def _work(chain: Chain) -> tuple[Assumption, ...]:
    return (*(_minutes(link) for link in chain.links), *(_spend(link) for link in chain.links))


def _minutes(link: Link) -> Assumption:
    return Assumption(
        key=f"minutes.{link.key}",
        name=f"Minutes for {link.name.lower()}, each",
        value=link.minutes,
        unit=AssumptionUnit.MINUTES,
        source=Source.DEFAULT,
    )


def _spend(link: Link) -> Assumption:
    return Assumption(
        key=f"spend.{link.key}",
        name=f"Spent on {link.name.lower()}, each",
        value=link.spend_minor,
        unit=AssumptionUnit.MONEY,
        source=Source.DEFAULT,
    )


def worth(
    chain: Chain, activities: int, rates: Mapping[str, RatePosterior], values: DealValues, known: Mapping[str, float], *, seed: int
) -> Worth:
    """What so many of the first link cost and bring; `known` are the assumptions' values by key.

    cost = Σ over links of their number · (minutes · hourly value + spend); ROI = (E[revenue] · margin − cost) ÷ cost. The chance is
    that of ROI > 0 over `DRAWS` possible outcomes, in each of which rates, counts and amounts are drawn.
    """
    costs = np.array([known[f"minutes.{key}"] / HOUR * known["hourly"] + known[f"spend.{key}"] for key in chain.keys])
    expected = expected_counts(chain, activities, rates)
    cost, revenue = float(costs @ expected), float(expected[-1]) * values.mean
    profit = revenue * known["margin"] - cost
    return Worth(
        hours=float(np.array([known[f"minutes.{key}"] for key in chain.keys]) @ expected) / HOUR,
        cost_minor=round(cost),
        revenue_minor=round(revenue),
        profit_minor=round(profit),
        roi=profit / cost if cost else None,
        chance=_chance(chain, activities, rates, values, costs, known["margin"], np.random.default_rng(seed)),
    )


def expected_counts(chain: Chain, activities: float, rates: Mapping[str, RatePosterior]) -> Values:
    """How many of each link so many of the first bring on average."""
    return np.asarray(activities * np.cumprod([1.0, *(rates[key].mean for key in chain.keys[1:])]), float)


def _chance(
    chain: Chain,
    activities: int,
    rates: Mapping[str, RatePosterior],
    values: DealValues,
    costs: Values,
    margin: float,
    dice: np.random.Generator,
) -> float:
    counts = [np.full(DRAWS, activities)]
    for key in chain.keys[1:]:
        counts.append(dice.binomial(counts[-1], rates[key].drawn(dice, DRAWS)))
    earned = Purses(values, dice).totals(counts[-1]) * margin
    return float((earned > costs @ np.array(counts)).mean())
